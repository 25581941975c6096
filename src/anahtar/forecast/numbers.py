"""Arrays as they go through this room, and the few special functions it needs."""

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Real: TypeAlias = npt.NDArray[np.float64]
Whole: TypeAlias = npt.NDArray[np.int64]
Truth: TypeAlias = npt.NDArray[np.bool_]

_SHIFT: Final = 10
"""Stirling's series is used beyond this many; below it the recurrence climbs there."""


def log_gamma(values: Real) -> Real:
    """Tell ln Γ of numbers above zero, to some 1e-14.

    References
    ----------
    Stirling's series with the recurrence Γ(z + 1) = z Γ(z); Abramowitz and Stegun 6.1.40.
    """
    product, high = np.ones_like(values), values.copy()
    for _ in range(_SHIFT):
        low = high < _SHIFT
        product = np.where(low, product * high, product)
        high = np.where(low, high + 1, high)
    inverse = 1 / high
    square = inverse * inverse
    series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))))
    told: Real = (high - 0.5) * np.log(high) - high + 0.5 * np.log(2 * np.pi) + series - np.log(product)
    return told


def digamma(values: Real) -> Real:
    """Tell the slope of `log_gamma`, to some 1e-13.

    References
    ----------
    Abramowitz and Stegun 6.3.18 with the recurrence ψ(z + 1) = ψ(z) + 1/z.
    """
    taken, high = np.zeros_like(values), values.copy()
    for _ in range(_SHIFT):
        low = high < _SHIFT
        taken = np.where(low, taken + 1 / high, taken)
        high = np.where(low, high + 1, high)
    square = 1 / (high * high)
    series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))))
    told: Real = np.log(high) - 0.5 / high - series - taken
    return told


def running(values: Real) -> Real:
    """Sums of the first 0, 1, 2 … values: the logarithm of a rising product at each whole number."""
    sums = np.empty(len(values) + 1)
    sums[0] = 0.0
    np.cumsum(values, out=sums[1:])
    return sums


def dot(weights: Real, values: Real) -> float:
    """Sum of products, in one thread: the library's own wakes a second one that costs a hundred times the sum."""
    return float(np.einsum("i,i->", weights, values))
