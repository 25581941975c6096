"""The dossier on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from django.utils.translation import get_language

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.briefing.blocks import Section
from anahtar_web.briefing.reading import Reading
from anahtar_web.briefing.sections import sections_of
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.insight.remembered import Memory, rows

if TYPE_CHECKING:
    from anahtar_web.insight.models import Run
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class BriefingPage:
    """What the template shows.

    Parameters
    ----------
    on
        As known at the end of this day; None: now.
    """

    head: Head
    sections: Sequence[Section]
    on: date | None
    today: date
    may_take: bool

    @classmethod
    def build(cls, account: Account, user: "User", run: "Run | None", on: date | None) -> Self:
        """Read every part."""
        return cls(
            Head.build(account, user, "briefing"),
            _sections(account, user, run, on),
            on,
            today(),
            user.may(Right.EXPORT),
        )


def _sections(account: Account, user: "User", run: "Run | None", on: date | None) -> Sequence[Section]:
    """Read every part, once for as long as nothing changes in the house: a briefing asks for all there is."""

    def make() -> Sequence[Section]:
        return sections_of(Reading.of(account, user, run, on))

    if run is None:
        return make()
    # Roles see different things: who sees all accounts need not see prices.
    question = ("briefing", account.pk, on, get_language(), user.role)
    return Memory.of(user, run).recall(*question, make=make, among=rows)
