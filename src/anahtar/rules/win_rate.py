"""Win rate: how many of the tenders that were decided between us and others we won, and how sure that is."""

from dataclasses import dataclass
from typing import Final

from anahtar.intervals import wilson

LEAST_DECIDED: Final = 10
"""Below so many decided tenders a rate says little: it is told, with a word that there are few."""


@dataclass(frozen=True, slots=True)
class WinRate:
    """A share of wins and the interval in which the true one lies with 95 %.

    Parameters
    ----------
    won, decided
        Tenders won, and tenders won or lost. Withdrawn, cancelled and never bid for are neither.
    rate, low, high
        Fractions of one; None where nothing is decided.
    """

    won: int
    decided: int
    rate: float | None
    low: float | None
    high: float | None

    @property
    def lost(self) -> int:
        """Tenders lost."""
        return self.decided - self.won

    @property
    def is_few(self) -> bool:
        """Whether there are too few to say much."""
        return self.decided < LEAST_DECIDED


def win_rate(*, won: int, lost: int) -> WinRate:
    """Say the share of wins with its interval (`anahtar.intervals.wilson`).

    Parameters
    ----------
    won, lost
        Counts of tenders; partly won ones are counted by whoever asks, as one or the other.
    """
    decided = won + lost
    sure = wilson(won, decided)
    if sure is None:
        return WinRate(0, 0, None, None, None)
    return WinRate(won, decided, won / decided, sure.low, sure.high)
