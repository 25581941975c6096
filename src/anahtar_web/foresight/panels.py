"""What apps above tell on the page of foresight (what became of warnings people dismissed): they register here."""

from dataclasses import dataclass
from typing import Final

from anahtar_web.insight.models import Run
from anahtar_web.ui.panels import Looks


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel; `value` stands at its end, `note` in grey below."""

    text: str
    value: str
    note: str = ""


LOOKS: Final[Looks[Run, Line]] = Looks()
