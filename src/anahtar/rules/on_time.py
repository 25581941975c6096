"""On time in full: whether what was promised arrived whole by the promised day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from anahtar.words import Message, say


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What still counts as kept.

    Parameters
    ----------
    days
        Days after the promised one that still count as on time.
    short
        Share of the ordered quantity (0 to below 1) that may be missing from a line that still counts as in full.
    """

    days: int = 0
    short: float = 0.0


EXACT: Final = Tolerance()
"""The promised day itself, and the whole quantity."""


@dataclass(frozen=True, slots=True)
class Part:
    """One delivery towards a line; a return is a negative quantity."""

    on: date
    quantity: int


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of an order, as it was promised and delivered.

    Parameters
    ----------
    order
        The order it belongs to.
    promised
        The first promised day: a promise that was moved is still measured by what was said first.
    ordered
        Ordered quantity, in ten-thousandths, above zero.
    parts
        What was delivered towards it, in any order.
    """

    order: str
    promised: date
    ordered: int
    parts: Sequence[Part] = ()


class Standing(StrEnum):
    """How a line stands on a day."""

    KEPT = "kept"
    """On time and in full."""
    LATE = "late"
    """In full, after the promised day."""
    OVERDUE = "overdue"
    """Past its day and not in full yet."""
    OPEN = "open"
    """Not in full, and its day is still to come: it counts nowhere."""

    @property
    def label(self) -> Message:
        """The standing in words."""
        return _LABELS[self]


_LABELS: Final = {
    Standing.KEPT: say("on time and in full"),
    Standing.LATE: say("delivered late"),
    Standing.OVERDUE: say("overdue"),
    Standing.OPEN: say("not due yet"),
}


def needed(ordered: int, tolerance: Tolerance = EXACT) -> int:
    """Quantity from which a line of an ordered quantity is in full, rounded up to a ten-thousandth."""
    missing = round(tolerance.short * 1_000_000) * ordered // 1_000_000
    return ordered - missing


def filled_on(line: OrderLine, *, as_of: date, tolerance: Tolerance = EXACT) -> date | None:
    """Give the day on which the last part needed to fill a line arrived; None where it is not in full.

    Parts add up by their days. A line that was in full and is no longer, because goods came back, is not in full
    until they are replaced: the day that counts is the last one on which it became full.
    """
    wanted, total, full_since = needed(line.ordered, tolerance), 0, None
    by_day: dict[date, int] = {}
    for part in line.parts:
        if part.on <= as_of:
            by_day[part.on] = by_day.get(part.on, 0) + part.quantity
    for day in sorted(by_day):
        was_full, total = total >= wanted, total + by_day[day]
        if total < wanted:
            full_since = None
        elif not was_full:
            full_since = day
    return full_since


def late_days(line: OrderLine, *, as_of: date, tolerance: Tolerance = EXACT) -> int:
    """Count the days after the promised one: until the line was full, or until `as_of` while it is not; never below 0.

    Days of grace are not taken off: five days late is five days late, whatever still counts as kept.
    """
    until = filled_on(line, as_of=as_of, tolerance=tolerance) or as_of
    return max(0, (until - line.promised).days)


def standing(line: OrderLine, *, as_of: date, tolerance: Tolerance = EXACT) -> Standing:
    """Say how a line stands on a day. The promised day itself, and the days of grace after it, are in time."""
    last = line.promised + timedelta(days=tolerance.days)
    filled = filled_on(line, as_of=as_of, tolerance=tolerance)
    if filled is not None:
        return Standing.KEPT if filled <= last else Standing.LATE
    return Standing.OVERDUE if as_of > last else Standing.OPEN


@dataclass(frozen=True, slots=True)
class Score:
    """How many of what was due was kept.

    Parameters
    ----------
    due
        Lines (or orders) that were filled or whose day has passed.
    kept
        On time and in full.
    late, overdue
        In full after the day; past the day and not in full yet. `due == kept + late + overdue`.
    """

    due: int = 0
    kept: int = 0
    late: int = 0
    overdue: int = 0

    @property
    def missed(self) -> int:
        """Due and not kept."""
        return self.due - self.kept

    @property
    def share(self) -> float | None:
        """Kept of due, 0 to 1; None where nothing was due: no promise, no percentage."""
        return self.kept / self.due if self.due else None


def score(standings: Iterable[Standing]) -> Score:
    """Count standings; open ones are not due."""
    told = list(standings)
    kept, late, overdue = (told.count(one) for one in (Standing.KEPT, Standing.LATE, Standing.OVERDUE))
    return Score(kept + late + overdue, kept, late, overdue)


def score_of_orders(lines: Iterable[OrderLine], *, as_of: date, tolerance: Tolerance = EXACT) -> Score:
    """Count orders: one is kept when all its lines are, overdue as soon as a line is, open while nothing is amiss.

    An order with a line that is not due yet is judged by the others only where one of them is late or overdue.
    """
    found: dict[str, set[Standing]] = {}
    for line in lines:
        found.setdefault(line.order, set()).add(standing(line, as_of=as_of, tolerance=tolerance))
    return score(map(_worst, found.values()))


def _worst(standings: set[Standing]) -> Standing:
    gravest = (Standing.OVERDUE, Standing.LATE, Standing.OPEN, Standing.KEPT)
    return next(one for one in gravest if one in standings)
