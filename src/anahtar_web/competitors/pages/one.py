"""One competitor: the accounts they attack, those they gave up, and what apps above tell of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from anahtar.rules.threat import Threat
from anahtar_web.accounts.figures import figures
from anahtar_web.competitors.models import Competitor, Presence
from anahtar_web.competitors.pages.shown import ShownAttack, at_stake, shown
from anahtar_web.competitors.panels import LOOKS, Line
from anahtar_web.competitors.queries import attacks
from anahtar_web.gate.rights import Right
from anahtar_web.ui.panels import Panel

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class CompetitorPage:
    """The template's contract.

    Parameters
    ----------
    here, gone
        Where they attack, the most feared first, and the accounts they gave up.
    merged
        Competitors that turned out to be this one.
    """

    competitor: Competitor
    here: Sequence[ShownAttack]
    gone: Sequence[ShownAttack]
    stake: int | None
    panels: Sequence[Panel[Line]]
    merged: Sequence[Competitor]
    currency: str
    on: date | None
    own: bool
    may_edit: bool

    @classmethod
    def build(cls, competitor: Competitor, user: "User", on: date | None = None) -> Self:
        """Read it, of the accounts a person sees; the number of queries does not depend on theirs."""
        presences = Presence.objects.visible_to(user).filter(competitor=competitor)
        rows = shown(attacks(presences, on=on))
        here = [row for row in rows if not row.attack.has_left]
        return cls(
            competitor=competitor,
            here=here,
            gone=[row for row in rows if row.attack.has_left],
            stake=at_stake(here),
            panels=LOOKS.panels(competitor, user),
            merged=list(competitor.merged.order_by("sort_key", "pk")),
            currency=figures().currency,
            on=on,
            own=not user.may(Right.SEE_ALL_ACCOUNTS),
            may_edit=user.may(Right.DEFINE_DOSSIER) and competitor.merged_into_id is None,
        )

    @property
    def accounts(self) -> int:
        """How many accounts they attack."""
        return len({row.account.pk for row in self.here})

    @property
    def high(self) -> int:
        """How many of them are in great danger."""
        return sum(row.attack.threat is Threat.HIGH for row in self.here)
