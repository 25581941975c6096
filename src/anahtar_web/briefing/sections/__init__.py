"""The parts of a briefing, in the order in which somebody wants to know them; each is one function."""

from collections.abc import Callable, Sequence
from typing import Final

from django.utils.translation import gettext as _

from anahtar_web.briefing.blocks import Pairs, Section
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
    people,
    touches,
    conduct,
    bids,
    rivals,
    arrivals,
    facts,
)


def sections_of(reading: Reading) -> list[Section]:
    """Read every part but those that are none for this account or person; what must be known of them goes first."""
    found = [part for section in SECTIONS if (part := section(reading)) is not None]
    first = [pair for part in found for pair in part.first]
    return [Section("first", _("In short"), "list-checks", [Pairs(first)], wide=True), *found] if first else found
