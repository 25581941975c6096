"""The parts of a briefing, in the order in which somebody wants to know them; each is one function."""

from collections.abc import Callable, Sequence
from typing import Final

from anahtar_web.briefing.blocks import Section
from anahtar_web.briefing.reading import Reading
from anahtar_web.briefing.sections.arrivals import arrivals
from anahtar_web.briefing.sections.bids import bids
from anahtar_web.briefing.sections.conduct import conduct
from anahtar_web.briefing.sections.facts import facts
from anahtar_web.briefing.sections.people import people
from anahtar_web.briefing.sections.rivals import rivals
from anahtar_web.briefing.sections.touches import touches
from anahtar_web.briefing.sections.worth import worth

SECTIONS: Final[Sequence[Callable[[Reading], Section | None]]] = (
    worth,
    facts,
    people,
    touches,
    conduct,
    bids,
    rivals,
    arrivals,
)


def sections_of(reading: Reading) -> list[Section]:
    """Read every part; one that is none for this account or person is left out."""
    return [found for section in SECTIONS if (found := section(reading)) is not None]
