"""Countries by name, in the language of the moment."""

from functools import cache
from typing import Final

from babel import Locale
from django.utils.translation import get_language

from anahtar_web.accounts.tax_numbers import TURKEY
from anahtar_web.ui.text import sort_key

NONE: Final = ("", "–")


def countries() -> tuple[tuple[str, str], ...]:
    """Give code and name of every country: none, Turkey, then the others by name."""
    return _countries((get_language() or "en")[:2])


def country_name(code: str) -> str:
    """Give the name of a country; the code itself where there is no such country."""
    return dict(countries()).get(code, code)


@cache
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    named = {code: name for code, name in Locale(language).territories.items() if len(code) == 2 and code.isalpha()}
    others = sorted((pair for pair in named.items() if pair[0] != TURKEY), key=lambda pair: sort_key(pair[1]))
    return (NONE, (TURKEY, named[TURKEY]), *others)
