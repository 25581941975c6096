"""Tenders as a table: the board's other face, and what stands behind every count of the statistics."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.paginator import Page, Paginator

from anahtar_web.audit.leaving import WITHOUT_REASON, left_today
from anahtar_web.company.queries import today
from anahtar_web.competitors.models import Competitor
from anahtar_web.gate.rights import Field, Right
from anahtar_web.tenders.asked import Asked
from anahtar_web.tenders.due import Due, due
from anahtar_web.tenders.models import Tender
from anahtar_web.tenders.pages.board import outcome_tone
from anahtar_web.tenders.pages.choices import Choices, MoreChoices
from anahtar_web.tenders.pages.tabs import Tab, tabs
from anahtar_web.tenders.pages.worth import worth

if TYPE_CHECKING:
    from anahtar_web.people.models import User

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A tender as a line of the table."""

    tender: Tender
    due: Due | None
    worth: int | None
    winners: Sequence[Competitor]

    @property
    def tone(self) -> str:
        """Colour of its outcome."""
        return outcome_tone(self.tender.outcome)

    @classmethod
    def of(cls, tender: Tender, on: Any) -> Self:
        """Make a line of a tender whose lots are there already."""
        winners = {lot.winner_id: lot.winner for lot in tender.lots.all() if lot.winner is not None}
        return cls(tender, due(tender.stage, tender.deadline, on), worth(tender), list(winners.values()))


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the table."""

    tabs: Sequence[Tab]
    rows: Sequence[Row]
    page: "Page[Tender]"
    asked: Asked
    choices: Choices
    more: MoreChoices
    may_write: bool
    may_export: bool
    sees_prices: bool

    @classmethod
    def build(cls, user: "User", asked: Asked, number: str) -> Self:
        """Read it; the number of queries does not depend on the number of tenders."""
        found = asked.ordered(user).select_related("account", "owner", "our_reason")
        page = Paginator(found.prefetch_related("lots__winner"), PAGE).get_page(number)
        on = today()
        return cls(
            tabs=tabs(user, "list", asked),
            rows=[Row.of(tender, on) for tender in page],
            page=page,
            asked=asked,
            choices=Choices.among(user, asked),
            more=MoreChoices.among(user),
            may_write=user.may(Right.WRITE_DOSSIER),
            may_export=user.may(Right.EXPORT),
            sees_prices=user.sees(Field.OFFER),
        )


@dataclass(frozen=True, slots=True)
class ExportPage:
    """What is about to leave the house."""

    rows: int
    left: int
    asks_reason: bool
    address: str

    @classmethod
    def build(cls, user: "User", asked: Asked) -> Self:
        """Count it."""
        rows = asked.narrow(user).count()
        return cls(rows, left_today(user), rows > WITHOUT_REASON, asked.query())
