"""How urgent a deadline is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from anahtar_web.tenders.models import Stage

SOON: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as a page shows it.

    Parameters
    ----------
    days
        Until it; below zero: since it.
    tone
        `bad` where it has passed and nothing was handed in, `warn` where it is within a fortnight, else empty.
    """

    on: date
    days: int
    tone: str

    @property
    def since(self) -> int:
        """Days since it passed."""
        return -self.days


def due(stage: str, deadline: date | None, today: date) -> Due | None:
    """Say how urgent a deadline is; what is handed in or decided is not urgent any more."""
    if deadline is None:
        return None
    days = (deadline - today).days
    is_unsent = stage in (Stage.ANNOUNCED, Stage.PREPARING)
    tone = "" if not is_unsent or days > SOON.days else "bad" if days < 0 else "warn"
    return Due(deadline, days, tone)
