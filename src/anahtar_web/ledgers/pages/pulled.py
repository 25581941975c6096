"""What an import that was pulled of a table does to its months."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from anahtar_web.ledgers.models import Change, Import, Portion
from anahtar_web.ledgers.pulled import Held

_TONES: Final = {Change.NEW: "good", Change.CHANGED: "info", Change.GONE: "bad"}


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month: what it had, and what it has."""

    portion: Portion
    label: Any
    tone: str


@dataclass(frozen=True, slots=True)
class PulledPart:
    """The months of a pull.

    Parameters
    ----------
    shrunk, gone
        Months with less than before, and months that are in the table no more: named, whatever else there is.
    reasons
        Why it waits for a person, in words.
    new, changed
        How many months.
    """

    rows: Sequence[MonthRow]
    shrunk: Sequence[Portion]
    gone: Sequence[Portion]
    reasons: Sequence[Any]
    new: int
    changed: int

    @classmethod
    def of(cls, of: Import) -> Self | None:
        """Tell it of an import that was pulled; None for files."""
        if not of.is_pulled:
            return None
        portions = list(of.portions.all())
        rows = [_row(portion) for portion in portions]
        by_change = {change: sum(one.change == change for one in portions) for change in Change.values}
        return cls(
            rows=rows,
            shrunk=[one for one in portions if one.shrank],
            gone=[one for one in portions if one.change == Change.GONE],
            reasons=[Held(reason).label for reason in of.held if reason in Held.values],
            new=by_change[Change.NEW],
            changed=by_change[Change.CHANGED],
        )


def _row(portion: Portion) -> MonthRow:
    change = Change(portion.change)
    return MonthRow(portion, change.label, "warn" if portion.shrank else _TONES[change])
