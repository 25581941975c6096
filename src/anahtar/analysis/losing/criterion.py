"""The criterion by which a silence is a loss: flat days, or the account's own rhythm.

Any other (a probability fitted elsewhere) is a function of the same form: `anahtar.metrics.loss.lapses.Borders`.
"""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from anahtar.metrics.loss.lapses import Doubles, Numbers
from anahtar.rules.lapse_state import DEFAULT_INTERVAL, FLOOR_DAYS, State, borders
from anahtar.words import Message, say

if TYPE_CHECKING:
    from anahtar.forecast.shutdowns import Shutdowns

_PLACES: Final = 9


@dataclass(frozen=True, slots=True)
class FlatDays:
    """So many days without a purchase, whoever it is: the border beyond which states call it lapsed by the same days.

    See `anahtar.rules.lapse_criterion.flat_borders`.
    """

    days: int

    def __call__(self, owners: Numbers, days: Numbers) -> Doubles:
        """The same border after every purchase."""
        return np.full(len(owners), float(self.days))

    def opened(self, _closed: "Shutdowns", _base_interval: float | None) -> "FlatDays":
        """The same without shutdowns: as many days."""
        return self

    @property
    def words(self) -> Message:
        """The criterion, said."""
        return say(
            "silence beyond the {n} day allowed to everybody",
            "silence beyond the {n} days allowed to everybody",
            n=self.days,
        )


@dataclass(frozen=True, slots=True)
class OwnRhythm:
    """Silence beyond the account's own rhythm as it was known after each purchase (`anahtar.rules.lapse_state`).

    Parameters
    ----------
    base_interval
        Median of all accounts' mean gaps in days, of the whole ledger; None where nobody bought on three days.
    state
        `LAPSED` (beyond 3 expected intervals) or `LOST` (beyond 4, and a year).
    """

    base_interval: float | None
    state: State = State.LAPSED

    def __call__(self, owners: Numbers, days: Numbers) -> Doubles:
        """The border after each purchase, by the gaps up to it; nan where the next purchase came too soon to ask."""
        found = np.full(len(owners), np.nan)
        gaps = np.diff(days, append=0)
        last = np.append(owners[1:] != owners[:-1], True)
        # No border is below the floor, so a shorter gap needs none: most purchases of most accounts.
        asked = (last | (gaps > FLOOR_DAYS)).tolist()
        known: list[int] = []
        for at, (ends, gap) in enumerate(zip(last.tolist(), gaps.tolist(), strict=True)):
            if asked[at]:
                found[at] = self._border(known)
            if ends:
                known = []
            else:
                insort(known, gap)
        return found

    def opened(self, _closed: "Shutdowns", base_interval: float | None) -> "OwnRhythm":
        """The same without shutdowns, by the interval in which the base buys without them."""
        return replace(self, base_interval=base_interval)

    def _border(self, gaps: Sequence[int]) -> float:
        told = borders(
            purchase_days=len(gaps) + 1,
            gap_mean=sum(gaps) / len(gaps) if gaps else None,
            gap_p95=_percentile(gaps) if gaps else None,
            base_interval=DEFAULT_INTERVAL if self.base_interval is None else self.base_interval,
        )
        return told.lost if self.state is State.LOST else told.lapsed

    @property
    def words(self) -> Message:
        """The criterion, said."""
        if self.state is State.LOST:
            return say("silence beyond 4 expected intervals of the account's own rhythm, and beyond a year")
        return say("silence beyond 3 expected intervals of the account's own rhythm")


def _percentile(gaps: Sequence[int]) -> float:
    """The 95th percentile of sorted gaps, between two of them by linear interpolation, as `metrics.rhythm` has it."""
    place = 0.95 * (len(gaps) - 1)
    low = int(place)
    high = min(low + 1, len(gaps) - 1)
    return round(gaps[low] + (gaps[high] - gaps[low]) * (place - low), _PLACES)
