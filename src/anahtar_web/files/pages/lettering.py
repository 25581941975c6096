"""What stands on the company's letterhead, as paper shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from anahtar_web.audit.queries import TrailPage, history_of
from anahtar_web.company.pages import VERBS
from anahtar_web.company.queries import company, today
from anahtar_web.files.actions.lettering import ENDINGS, LARGEST
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Letterhead:
    """A section of the settings.

    Parameters
    ----------
    logo
        Digest of the picture; empty where the name stands alone.
    refusal
        Why the picture that was sent is not there.
    """

    section: str
    name: str
    logo: str
    may_change: bool
    refusal: str
    history: TrailPage
    today: date
    largest: int = LARGEST
    endings: str = ENDINGS

    @classmethod
    def build(cls, user: User, refusal: str = "") -> Self:
        """Gather the page."""
        house, history = company(), history_of("company", *VERBS["letterhead"], reader=user)
        return cls("letterhead", house.name, house.logo, user.may(Right.CHANGE_COMPANY), refusal, history, today())
