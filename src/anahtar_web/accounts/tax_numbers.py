"""Tax numbers: Turkey's carry check digits, those of other countries are taken as they are written."""

from typing import Final

TURKEY: Final = "TR"
_COMPANY: Final = 10
_PERSON: Final = 11


def is_turkish(number: str) -> bool:
    """Whether a number can be a Turkish one: ten digits of a company or eleven of a person, checked."""
    if not (number.isascii() and number.isdecimal()):
        return False
    digits = [int(digit) for digit in number]
    if len(digits) == _COMPANY:
        return digits[9] == _company_check(digits)
    return len(digits) == _PERSON and digits[0] != 0 and digits[9:] == _person_checks(digits)


def _company_check(digits: list[int]) -> int:
    total = 0
    for place, digit in enumerate(digits[:9]):
        shifted = (digit + 9 - place) % 10
        folded = shifted * 2 ** (9 - place) % 9
        total += 9 if shifted and not folded else folded
    return -total % 10


def _person_checks(digits: list[int]) -> list[int]:
    tenth = (sum(digits[0:9:2]) * 7 - sum(digits[1:8:2])) % 10
    return [tenth, (sum(digits[:9]) + tenth) % 10]


def plain(number: str, country: str) -> str:
    """Write a number as it is kept: a Turkish one without blanks and dots."""
    number = " ".join(number.split())
    if country not in ("", TURKEY):
        return number
    bare = number.replace(" ", "").replace(".", "").replace("-", "")
    return bare if bare.isdecimal() else number
