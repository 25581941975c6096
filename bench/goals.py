"""What is claimed, as ratios within one run, and how each claim is read from the results."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.measure import Ratio
from bench.results import Result

MILLION, TEN, HUNDRED = 1_000_000, 10_000_000, 100_000_000


@dataclass(frozen=True)
class Goal:
    """One claim.

    Parameters
    ----------
    rows
        The ledger at which it is judged.
    said
        What is measured, for a reader.
    read
        The figure, or None where it was not measured.
    limit, at_most
        The border, and on which side of it the goal lies.
    unit
        Behind the figure.
    """

    rows: int
    said: str
    read: Callable[[Result], Ratio | None]
    limit: float
    at_most: bool = True
    unit: str = "×"

    def reached(self, found: Ratio) -> bool:
        """Judged by the median."""
        return found.median <= self.limit if self.at_most else found.median >= self.limit

    @property
    def border(self) -> str:
        """The goal as it is written."""
        return f"{'≤' if self.at_most else '≥'} {self.limit:g} {self.unit}"


def _over(name: str, other: str, figure: str = "cpu", of_other: str | None = None) -> Callable[[Result], Ratio | None]:
    return lambda result: result.ratio(name, other, figure, of_other)


def plain(name: str, figure: str, scale: float = 1.0) -> Callable[[Result], Ratio | None]:
    """A figure by itself, with its spread."""

    def read(result: Result) -> Ratio | None:
        found = [value * scale for value in result.figures(name, figure)]
        return Ratio.of(found, [1.0] * len(found)) if found else None

    return read


def _rows_a_second(result: Result) -> Ratio | None:
    found = [result.rows / cpu / 1e6 for cpu in result.figures("ingest", "cpu")]
    return Ratio.of(found, [1.0] * len(found)) if found else None


_WHOLE = "whole analysis, CPU against the hand-written SQL of the short job"
_SAME = "figures of all accounts, CPU against hand-written SQL of the same figures"
_AGAIN = "analysis made anew from its facts, CPU against the hand-written SQL from the lines"

GOALS: Sequence[Goal] = (
    Goal(TEN, _SAME, _over("figures", "hand_figures"), 1.15),
    Goal(HUNDRED, _SAME, _over("figures", "hand_figures"), 1.1),
    Goal(TEN, _WHOLE, _over("whole", "hand_sql"), 1.15),
    Goal(HUNDRED, _WHOLE, _over("whole", "hand_sql"), 1.1),
    Goal(TEN, _AGAIN, _over("again", "hand_sql"), 0.4),
    Goal(HUNDRED, _AGAIN, _over("again", "hand_sql"), 0.4),
    Goal(
        HUNDRED, "one new month, CPU against the facts of all months", _over("facts", "facts", "month", "facts"), 0.04
    ),
    Goal(TEN, "whole analysis, largest process", plain("whole", "mib"), 307.2, unit="MiB"),
    Goal(HUNDRED, "whole analysis, largest process", plain("whole", "mib"), 1536, unit="MiB"),
    Goal(TEN, "pandas as in a notebook, CPU against the whole analysis", _over("notebook", "whole"), 8, at_most=False),
    Goal(TEN, "pandas with care, CPU against the whole analysis", _over("pandas", "whole"), 1.7, at_most=False),
    Goal(MILLION, "`anahtar --help`, CPU", plain("help", "cpu"), 0.35, unit="s"),
    Goal(MILLION, "`anahtar analyze` of a file of 10,000 lines, CPU", plain("small_file", "cpu"), 1.5, unit="s"),
    Goal(TEN, "import of a CSV file, lines per CPU-second", _rows_a_second, 1.0, at_most=False, unit="M"),
    Goal(TEN, "import of a CSV file, largest process", plain("ingest", "mib"), 300, unit="MiB"),
)
