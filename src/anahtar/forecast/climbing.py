"""Finding the parameters under which what was seen is likeliest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from anahtar.forecast.numbers import Real

Slope: TypeAlias = Callable[[Real], tuple[float, Real]]
"""From the logarithms of the parameters to a log-likelihood (of the average customer) and its gradient."""

WALL: Final = 11.0
"""How far a logarithm may go from its start before it is drawn back: a base of one habit has no best spread."""

_MOST: Final = 300
_FLAT: Final = 1e-9
_SAME: Final = 1e-14


@dataclass(frozen=True, slots=True)
class Top:
    """Where the climb ended.

    Parameters
    ----------
    place
        Logarithms of the parameters.
    height
        What the function has there.
    looks
        How often it was asked.
    """

    place: Real
    height: float
    looks: int


def climb(slope: Slope, start: Real, *, same: float = _SAME) -> Top:
    """Go up by BFGS with analytic gradients until the ground is flat; the same start ends at the same place.

    Parameters
    ----------
    slope
        What is climbed.
    start
        Logarithms of the parameters to begin at.
    same
        A step that gains no more than this part of the height is the last.

    References
    ----------
    Nocedal and Wright, Numerical Optimization (2006), chapter 6.
    """
    walled = _walled(slope, start)
    place, (height, gradient) = start, walled(start)
    curve, looks = np.eye(len(start)), 1
    for step in range(_MOST):
        way = curve @ gradient
        rise = float(way @ gradient)
        if rise <= 0:
            # Rounding has spoilt the curvature: begin again with the steepest way.
            curve, way = np.eye(len(start)), gradient
            rise = float(way @ gradient)
        longest = float(np.abs(way).max())
        scale = min(1.0, (0.5 if step == 0 else 2.0) / longest) if longest else 0.0
        found = _ahead(walled, place, height, way, rise, scale)
        looks += found[3]
        moved, turned = found[0] - place, gradient - found[2]
        gained = found[1] - height
        place, height, gradient = found[:3]
        if gained <= same * abs(height) or float(np.abs(gradient).max()) < _FLAT:
            break
        curve = _curved(curve, moved, turned, first=step == 0)
    return Top(place, height, looks)


def _ahead(
    slope: Slope, place: Real, height: float, way: Real, rise: float, scale: float
) -> tuple[Real, float, Real, int]:
    """The first point on the way that rises enough; the place itself where none does."""
    for look in range(1, 40):
        ahead = place + scale * way
        there, gradient = slope(ahead)
        if np.isfinite(there) and there >= height + 1e-4 * scale * rise:
            return ahead, there, gradient, look
        # The top of the parabola through both heights and the slope here, never out of a tenth to a half.
        lost = height + scale * rise - there
        scale *= min(0.5, max(0.1, 0.5 * scale * rise / lost)) if np.isfinite(lost) and lost > 0 else 0.25
    return place, height, np.zeros_like(place), look


def _curved(curve: Real, moved: Real, turned: Real, *, first: bool) -> Real:
    """BFGS: what was learnt of the ground's curvature on the last step."""
    along = float(moved @ turned)
    if along <= 1e-14 * float(np.linalg.norm(moved) * np.linalg.norm(turned)):
        return curve
    if first:
        curve = np.eye(len(moved)) * (along / float(turned @ turned))
    across = np.eye(len(moved)) - np.outer(moved, turned) / along
    told: Real = across @ curve @ across.T + np.outer(moved, moved) / along
    return told


def _walled(slope: Slope, start: Real) -> Slope:
    def told(place: Real) -> tuple[float, Real]:
        height, gradient = slope(place)
        beyond = np.sign(place - start) * np.maximum(np.abs(place - start) - WALL, 0)
        return height - 0.5 * float(beyond @ beyond), gradient - beyond

    return told
