"""How often a strategy wants an account touched and visited, in days, so that conduct can be held against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.ui.templatetags.shown import number

LONGEST: Final = 730


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A touch at least every so many days, a visit or meeting at least every so many; 0: not asked for."""

    touch: int = 0
    visit: int = 0

    @property
    def asks(self) -> bool:
        """Whether it asks for anything."""
        return bool(self.touch or self.visit)

    @property
    def words(self) -> str:
        """Say it."""
        said = []
        if self.touch:
            said.append(
                ngettext("a touch every day", "a touch at least every %(n)s days", self.touch)
                % {"n": number(self.touch)}
            )
        if self.visit:
            said.append(
                ngettext("a visit every day", "a visit at least every %(n)s days", self.visit)
                % {"n": number(self.visit)}
            )
        return ", ".join(said) or _("no rhythm is asked for")


SHIPPED: Final[Mapping[str, Rhythm]] = {
    "AX": Rhythm(30, 31),
    "AY": Rhythm(14, 31),
    "AZ": Rhythm(14, 92),
    "BX": Rhythm(31, 92),
    "BY": Rhythm(31, 92),
    "BZ": Rhythm(92, 0),
    "CX": Rhythm(183, 0),
    "CY": Rhythm(366, 0),
    "CZ": Rhythm(366, 0),
    "breadwinner": Rhythm(14, 31),
    "prospective": Rhythm(14, 92),
    "image_maker": Rhythm(31, 183),
    "expert": Rhythm(31, 183),
}
"""What the texts that come with the program say under "how often", in days; where they go by tier, the second one."""


def rhythm_of(subject: str, touch_days: int | None, visit_days: int | None) -> Rhythm:
    """Give the rhythm of a version; what it does not say is as the program's own text has it."""
    shipped = SHIPPED[subject]
    return Rhythm(
        shipped.touch if touch_days is None else touch_days, shipped.visit if visit_days is None else visit_days
    )
