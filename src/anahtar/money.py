"""Money as whole numbers: ten-thousandths of the currency unit.

Cents are not enough: an ERP that multiplies 12 pieces by 14.95 less 5 % keeps 170.4300, and the
well-known Northwind total is 1,265,793.04 only if each line keeps four places (rounding each line to
cents first gives 1,265,793.02). Four places hold every price x quantity x discount met in real ledgers;
64 bits still hold nine hundred trillion. See docs/decisions/0002-money-is-ten-thousandths.md.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

PLACES: Final = 4
UNITS: Final = 10**PLACES
"""How many money units make one unit of the currency (one lira, one euro)."""

_CENT: Final = Decimal("0.01")
_UNIT: Final = Decimal(1).scaleb(-PLACES)


def to_units(amount: Decimal) -> int:
    """Whole money units of a decimal amount; what lies beyond four places is rounded half up, away from zero."""
    return int(amount.quantize(_UNIT, ROUND_HALF_UP).scaleb(PLACES))


def to_decimal(units: int) -> Decimal:
    """The exact decimal amount of whole money units, with four places."""
    return Decimal(units).scaleb(-PLACES)


def to_cents(units: int) -> Decimal:
    """The amount a person reads: two places, rounded half up, away from zero."""
    return to_decimal(units).quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount to be said: whole money units and the code of their currency (empty where the ledger names none)."""

    units: int
    currency: str = ""
