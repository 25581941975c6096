"""What apps above tell of an import on its pages, before it is accepted, once it is in, and before it is taken back.

    LOOKS.register(look)

`look(moment, user)` gives a `Panel`, or None where there is nothing to tell.
"""

from dataclasses import dataclass
from typing import Final

from anahtar_web.ledgers.models import Import
from anahtar_web.ui.panels import Looks


@dataclass(frozen=True, slots=True)
class Moment:
    """An import on one of its pages.

    Parameters
    ----------
    leaving
        It is asked whether it is to be taken back.
    """

    of: Import
    leaving: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel: what it is about with its address (empty: none), and a sentence."""

    text: str
    address: str
    note: str


LOOKS: Final[Looks[Moment, Line]] = Looks()
