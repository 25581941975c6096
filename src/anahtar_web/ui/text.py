"""Turkish text: one folded form for searching, one key for sorting, the same on every database."""

import unicodedata
from collections.abc import Callable
from typing import Final

from django.utils.translation import get_language

_FOLD: Final = str.maketrans({"ı": "i", "İ": "i", "I": "i"})
_LOWER: Final = str.maketrans({"İ": "i", "I": "ı"})
_ALPHABET: Final = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
_DIGITS: Final = dict(zip("0123456789", "abcdefghij", strict=True))
_PLACE: Final = {letter: f"{at:02}" for at, letter in enumerate(_ALPHABET, 10)}


def capfirst(text: object) -> str:
    """Begin with a capital letter as the reader's language has it: istenen is İstenen in Turkish."""
    said = str(text)
    turkish = said[:1] == "i" and (get_language() or "").startswith("tr")
    return ("İ" if turkish else said[:1].upper()) + said[1:]


def fold(text: str) -> str:
    """Text for searching: case, accents and the dots of İ and ı do not count (ILGAZ finds Ilgaz, cig finds çığ)."""
    folded = text.translate(_FOLD).casefold()
    if folded.isascii():
        return folded
    return unicodedata.normalize("NFKD", folded).translate(_WITHOUT_MARKS)


def sort_key(text: str) -> str:
    """Text that sorts, letter by letter, in the order of the Turkish alphabet (… c ç d … h ı i j … s ş t …).

    Each letter becomes its two-digit place, anything else stays before all letters, so that comparing bytes is enough:
    a collation in the database would sort 100,000 names for every page.
    """
    lower = text.translate(_LOWER).lower()
    # Composed first: an i with a combining dot is two characters, of which the second is no letter.
    return unicodedata.normalize("NFC", lower).translate(_PLACES)


class _Letters(dict[int, str]):
    """What stands for each letter, worked out once: an import folds millions of them."""

    def __init__(self, worked_out: Callable[[str], str]) -> None:
        self._worked_out = worked_out

    def __missing__(self, point: int) -> str:
        self[point] = found = self._worked_out(chr(point))
        return found


def _without_mark(letter: str) -> str:
    return "" if unicodedata.combining(letter) else letter


def _place(letter: str) -> str:
    return _PLACE.get(letter) or _other(letter)


def _other(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter)[0]
    if plain in _DIGITS:
        # Not as they are: a zero would be "00", like a blank, and "Depot 10" would stand before "Depot 1 Ltd.".
        return f"0{_DIGITS[plain]}"
    return _PLACE.get(plain) or (f"0{letter}" if letter.isalnum() else "00")


_WITHOUT_MARKS: Final = _Letters(_without_mark)
_PLACES: Final = _Letters(_place)
