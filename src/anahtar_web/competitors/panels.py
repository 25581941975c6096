"""What apps above tell of a competitor on its page (tenders met, letters that name it): they register here."""

from dataclasses import dataclass
from typing import Final

from anahtar_web.competitors.models import Competitor
from anahtar_web.ui.panels import Looks


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel: a link, and what stands behind it.

    Parameters
    ----------
    note
        Grey text below.
    word, tone
        A chip at the end (`won`, good).
    """

    text: str
    address: str
    note: str = ""
    word: str = ""
    tone: str = ""


LOOKS: Final[Looks[Competitor, Line]] = Looks()
