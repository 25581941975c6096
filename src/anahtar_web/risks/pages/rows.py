"""A case as lists, columns and its own page show it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from anahtar_web.risks.models import CLOSED, Case
from anahtar_web.risks.queries import Silent

GRAVE: Final = 15
SERIOUS: Final = 9
"""From which severity times likelihood a case is marked so."""


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list; `outlook`: what the current run foresees of it."""

    case: Case
    outlook: Silent | None
    today: date

    @property
    def is_open(self) -> bool:
        """Whether something can still be done."""
        return self.case.stage not in CLOSED

    @property
    def is_overdue(self) -> bool:
        """Whether its next step was to be done before today."""
        return self.is_open and self.case.next_on is not None and self.case.next_on < self.today

    @property
    def weight_tone(self) -> str:
        """Colour of severity times likelihood."""
        weight = self.case.severity * self.case.likelihood
        return "bad" if weight >= GRAVE else "warn" if weight >= SERIOUS else ""
