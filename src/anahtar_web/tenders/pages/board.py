"""The pipeline: tenders by stage, with their deadlines."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from django.db.models import Count, F

from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Field, Right
from anahtar_web.tenders.asked import Asked
from anahtar_web.tenders.due import Due, due
from anahtar_web.tenders.models import OPEN, Outcome, Stage, Tender
from anahtar_web.tenders.pages.choices import Choices
from anahtar_web.tenders.pages.tabs import Tab, tabs
from anahtar_web.tenders.pages.worth import worth

if TYPE_CHECKING:
    from anahtar_web.people.models import User

CARDS: Final = 40
"""In each column; what is beyond stands in the list."""
LATELY: Final = timedelta(days=90)
"""Decided ones stay on the board so long."""
_TONES: Final = {Outcome.WON: "good", Outcome.LOST: "bad", Outcome.PARTLY: "warn"}


@dataclass(frozen=True, slots=True)
class Card:
    """A tender on the board."""

    tender: Tender
    due: Due | None
    worth: int | None
    may_move: bool

    @property
    def tone(self) -> str:
        """Colour of its outcome."""
        return outcome_tone(self.tender.outcome)


def outcome_tone(outcome: str) -> str:
    """Give the colour of an outcome."""
    return next((tone for known, tone in _TONES.items() if known == outcome), "")


@dataclass(frozen=True, slots=True)
class Column:
    """A stage with its cards; `total`: how many there are beside those shown."""

    stage: Stage
    cards: Sequence[Card]
    total: int
    more_href: str

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.total - len(self.cards)


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The board of the tenders a person sees."""

    tabs: Sequence[Tab]
    columns: Sequence[Column]
    asked: Asked
    choices: Choices
    stages: Sequence[Stage]
    late: int
    may_write: bool
    sees_prices: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is no tender at all."""
        return not any(column.total for column in self.columns)

    @classmethod
    def build(cls, user: "User", asked: Asked) -> Self:
        """Read it; the number of queries does not depend on the number of tenders."""
        asked = asked.without("stage", "outcome", "sort")
        on = today()
        rows = asked.narrow(user).select_related("account", "owner").prefetch_related("lots")
        may_write = user.may(Right.WRITE_DOSSIER)

        def card(tender: Tender) -> Card:
            return _card(tender, on, may_write)

        totals = dict(asked.narrow(user).order_by().values_list("stage").annotate(Count("pk")))
        columns = [_column(stage, rows, asked, totals.get(stage, 0), card) for stage in OPEN]
        lately = rows.filter(stage=Stage.DECIDED, decided_on__gte=on - LATELY)
        shown = list(lately.order_by(F("decided_on").desc(), "-pk")[:CARDS])
        columns.append(
            Column(
                Stage.DECIDED,
                [card(tender) for tender in shown],
                lately.order_by().count(),
                asked.query(stage=Stage.DECIDED, sort="-decided"),
            )
        )
        late = Counter(card.due.tone for column in columns for card in column.cards if card.due)["bad"]
        return cls(
            tabs=tabs(user, "board", asked),
            columns=columns,
            asked=asked,
            choices=Choices.among(user, asked),
            stages=OPEN,
            late=late,
            may_write=may_write,
            sees_prices=user.sees(Field.OFFER),
        )


def _column(stage: Stage, rows: Any, asked: Asked, total: int, card: Callable[[Tender], Card]) -> Column:
    shown = rows.filter(stage=stage).order_by(F("deadline").asc(nulls_last=True), "pk")[:CARDS]
    return Column(stage, [card(tender) for tender in shown], total, asked.query(stage=stage, sort="deadline"))


def _card(tender: Tender, on: date, may_write: bool) -> Card:
    return Card(
        tender=tender,
        due=due(tender.stage, tender.deadline, on),
        worth=worth(tender),
        may_move=may_write and tender.account.merged_into_id is None,
    )
