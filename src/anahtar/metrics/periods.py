"""The equal periods over which regularity is judged; apart, because to count months needs no query compiler."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Span: TypeAlias = Literal["month", "quarter"]

MONTHS: Final[dict[str, int]] = {"month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True)
class Periods:
    """The equal periods of a window, counted back from its last month.

    Parameters
    ----------
    first_month, last_month
        Both inside, as year * 12 + month - 1.
    span
        `month` or `quarter`: three months, not the calendar's quarter, so the last one is never cut.
    """

    first_month: int
    last_month: int
    span: Span = "quarter"

    @property
    def count(self) -> int:
        """How many whole periods the window holds; 0 where it is shorter than one."""
        return (self.last_month - self.first_month + 1) // MONTHS[self.span]

    @property
    def dropped_months(self) -> int:
        """Oldest months of the window that fill no whole period and are left out: to be said to the reader."""
        return (self.last_month - self.first_month + 1) % MONTHS[self.span]

    @property
    def since(self) -> int:
        """The first month that counts."""
        return self.first_month + self.dropped_months

    @property
    def new_since(self) -> int:
        """First month with fewer than half of the periods left: too late for a first buyer to show a rhythm."""
        return self.last_month + 1 - MONTHS[self.span] * ((self.count - 1) // 2)
