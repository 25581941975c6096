"""The windows of one analysis, each summed and classed once although several questions may ask for the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anahtar.analysis.dates import Dates
from anahtar.metrics.revenue import Months
from anahtar.metrics.stability import SHIFTS


@dataclass(frozen=True, slots=True)
class Spans:
    """Numbers of the windows in `all`; 0 is the window itself.

    Parameters
    ----------
    all
        Every window, without repetition.
    shifts
        Months earlier -> number: the window moved, as far as the ledger reaches (for stability).
    month_ends
        Numbers of the twelve months to each month end, oldest first (for migration).
    year_ago
        Number of the window a year earlier; None where the ledger is younger.
    """

    all: Sequence[Months]
    shifts: Mapping[int, int]
    month_ends: Sequence[int]
    year_ago: int | None

    @classmethod
    def of(cls, dates: Dates) -> "Spans":
        """The windows an analysis needs."""
        seen: dict[Months, int] = {dates.months: 0}
        shifts = {
            shift: seen.setdefault(dates.months.earlier(shift), len(seen))
            for shift in SHIFTS
            if not shift or dates.months.last - shift >= dates.ledger_from
        }
        ends = [seen.setdefault(months, len(seen)) for months in dates.month_ends]
        year_ago = None if dates.year_ago is None else seen.setdefault(dates.year_ago, len(seen))
        return cls(list(seen), shifts, ends, year_ago)
