"""Amounts that a ledger does not write: quantity x unit price, less the discount."""

from math import gcd
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.money import UNITS

Units: TypeAlias = "npt.NDArray[np.int64]"
Mask: TypeAlias = "npt.NDArray[np.bool_]"

_LARGEST: Final = 2**63 - 1


def multiply(
    quantity: pa.Array, unit_price: pa.Array, discount: pa.Array | None = None, discount_is_percent: bool = False
) -> pa.Array:
    """The amount of each line: quantity x unit price, less the discount; exact, rounded once, at the end.

    Parameters
    ----------
    quantity, unit_price, discount
        int64 ten-thousandths, one per line (`read_numbers`). An empty discount is none.
    discount_is_percent
        Whether a discount of 5 means 5 % (then five of a hundred is taken off), or a fraction of one.

    Returns
    -------
    pa.Array
        int64 ten-thousandths, half a unit rounded away from zero; null where quantity or price is null, and null
        where the product does not fit 64 bits (it is refused, never wrapped).
    """
    whole = 100 * UNITS if discount_is_percent else UNITS
    factors = [_filled(quantity), _filled(unit_price)]
    divisor = UNITS
    if discount is not None:
        factors.append(whole - _filled(discount))
        divisor *= whole
    missing = pc.or_(quantity.is_null(), unit_price.is_null()).to_numpy(zero_copy_only=False)
    return _product(factors, divisor, missing)


def _filled(units: pa.Array) -> Units:
    return np.array(pc.fill_null(units, 0).to_numpy(zero_copy_only=False), dtype=np.int64)


def _product(factors: list[Units], divisor: int, missing: Mask) -> pa.Array:
    if _large(factors).any():
        factors, divisor = _reduced(factors, divisor)
    with np.errstate(over="ignore"):
        product: Units = np.prod(factors, axis=0, dtype=np.int64)
        units = np.sign(product) * ((np.abs(product) + divisor // 2) // divisor)
    for i in np.flatnonzero(_large(factors)).tolist():
        exact = _divided([int(factor[i]) for factor in factors], divisor)
        missing[i] |= exact is None
        units[i] = exact or 0
    return pa.array(units, mask=missing)


def _large(factors: list[Units]) -> Mask:
    """Which products might not fit 64 bits."""
    sizes = np.prod([np.abs(factor.astype(np.float64)) for factor in factors], axis=0)
    return np.asarray(sizes > 2**62, dtype=np.bool_)


def _reduced(factors: list[Units], divisor: int) -> tuple[list[Units], int]:
    """The same product with smaller numbers: whole quantities and whole percents need no places."""
    smaller = []
    for factor in factors:
        common = gcd(int(np.gcd.reduce(factor)), divisor)
        smaller.append(factor // common)
        divisor //= common
    return smaller, divisor


def _divided(factors: list[int], divisor: int) -> int | None:
    product = 1
    for factor in factors:
        product *= factor
    units = (abs(product) + divisor // 2) // divisor
    return None if units > _LARGEST else units if product >= 0 else -units
