"""Check digits of Turkish tax numbers."""

import pytest

from anahtar_web.accounts.tax_numbers import is_turkish, plain


# Published on the companies' own pages, and the identity number that official examples use.
@pytest.mark.parametrize("number", ["8770013406", "8760047464", "0730018000", "6220529513", "10000000146"])
def test_published_numbers_pass(number: str) -> None:
    assert is_turkish(number)


@pytest.mark.parametrize("number", ["8770013406", "8760047464", "10000000146"])
def test_one_wrong_digit_anywhere_fails(number: str) -> None:
    wrong = [number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :] for at in range(len(number))]
    assert [each for each in wrong if is_turkish(each)] == []


@pytest.mark.parametrize(
    "number", ["", "877001340", "87700134066", "00000000000", "877001340x", "٨٧٧٠٠١٣٤٠٦", "-770013406"]
)
def test_what_is_no_such_number_fails(number: str) -> None:
    assert not is_turkish(number)


def test_a_turkish_number_is_kept_without_blanks_and_dots_and_a_foreign_one_as_it_is_written() -> None:
    assert plain(" 877 001.34-06 ", "TR") == "8770013406"
    assert plain("877 001 3406", "") == "8770013406"
    assert plain("DE 811  907 980", "DE") == "DE 811 907 980"
    assert plain("TR-8770013406", "TR") == "TR-8770013406"
