"""What apps above tell of the losses of a run on their page (why accounts were lost): they register here."""

from dataclasses import dataclass
from typing import Final

from anahtar_web.insight.models import Run
from anahtar_web.ui.panels import Looks


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel: a link, how many accounts stand behind it, and what they came to.

    Parameters
    ----------
    accounts
        How many.
    amount
        Revenue lost, in ten-thousandths; None: not told.
    part
        Of the longest line, from 0 to 1, for its bar; None: without one.
    """

    text: str
    address: str
    accounts: int
    amount: int | None = None
    part: float | None = None


LOOKS: Final[Looks[Run, Line]] = Looks()
