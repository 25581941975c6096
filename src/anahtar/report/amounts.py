"""Amounts and changes as a page writes them: short enough for the eye, with their sign."""

from decimal import Decimal
from typing import Final

from anahtar.money import to_decimal
from anahtar.words import MINUS, Words, say

_MILLION: Final = Decimal(1_000_000)
_MILLIARD: Final = Decimal(1_000_000_000)
NOTHING: Final = "–"
"""What stands where there is no number: unknown is never zero."""


def rounded(words: Words, units: int | None, currency: str = "") -> str:
    """Write an amount for the eye: 301.2 M TRY; under a million in whole units, 84,500 TRY."""
    if units is None:
        return NOTHING
    amount = to_decimal(units)
    sign = f" {currency}" if currency else ""
    if abs(amount) >= _MILLIARD:
        return words(say("{amount} bn", amount=words.number(amount / _MILLIARD, places=2))) + sign
    if abs(amount) >= _MILLION:
        return words(say("{amount} M", amount=words.number(amount / _MILLION, places=1))) + sign
    return words.number(amount) + sign


def whole(words: Words, units: int | None) -> str:
    """Write an amount in whole units of the currency, without its code: 84,500."""
    return NOTHING if units is None else words.number(to_decimal(units))


def share(words: Words, fraction: float | None, places: int = 1) -> str:
    """Write a share, or the sign of nothing."""
    return NOTHING if fraction is None else words.share(fraction, places)


def change(words: Words, fraction: float | None, places: int = 1) -> str:
    """Write a change with its sign: +13.4 %, −2.0 %; a hundredfold and more is no percentage any more."""
    if fraction is None:
        return NOTHING
    if fraction >= 99:
        return words(say("×{times}", times=words.number(fraction + 1)))
    return f"{MINUS if fraction < 0 else '+'}{words.share(abs(fraction), places)}"
