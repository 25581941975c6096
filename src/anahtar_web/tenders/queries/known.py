"""A tender as it was known, with names and for one reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from anahtar_web.competitors.models import Competitor
from anahtar_web.files.models import Attachment
from anahtar_web.people.models import User
from anahtar_web.tenders.models import LOST, LotOutcome, Outcome, Reason, Stage, WonBy
from anahtar_web.ui.markdown import render

if TYPE_CHECKING:
    from anahtar_web.accounts.models import Account


@dataclass(frozen=True, slots=True)
class KnownLot:
    """A lot for one reader; prices None where unknown or not for them."""

    name: str
    quantity: Decimal | None
    unit: str
    our_price: int | None
    rank: int | None
    outcome: str
    won_by: str
    winner: Competitor | None
    winner_price: int | None

    @property
    def outcome_label(self) -> Any:
        """What became of it, in a word."""
        return LotOutcome(self.outcome).label if self.outcome else ""

    @property
    def gap(self) -> float | None:
        """Our price over the winner's, less one."""
        if self.won_by == WonBy.US or not self.our_price or not self.winner_price:
            return None
        return self.our_price / self.winner_price - 1


@dataclass(frozen=True, slots=True)
class KnownCriterion:
    """A criterion and its weight."""

    name: str
    weight: Decimal | None


@dataclass(frozen=True, slots=True)
class KnownParticipant:
    """A competitor that took part."""

    competitor: Competitor | None
    lots: str
    price: int | None
    rank: int | None
    remark: str


@dataclass(frozen=True, slots=True)
class Known:
    """A tender as it was known, for one reader.

    Parameters
    ----------
    sees_prices
        Whether the reader sees offers; where not, every price is None.
    version
        The version of the tender it is.
    """

    pk: int
    account: "Account"
    version: int
    recorded_at: datetime
    sees_prices: bool
    title: str
    reference: str
    direction: str
    stage: str
    announced_on: date | None
    questions_until: date | None
    deadline: date | None
    expected_on: date | None
    decided_on: date | None
    currency: str
    estimate: int | None
    owner: User | None
    notes: str
    lessons: str
    outcome: str
    their_reason: Reason | None
    their_words: str
    our_reason: Reason | None
    our_words: str
    lots: Sequence[KnownLot]
    criteria: Sequence[KnownCriterion]
    participants: Sequence[KnownParticipant]
    papers: Sequence[Attachment]

    @property
    def day(self) -> date | None:
        """The last day that is known of it."""
        return self.decided_on or self.deadline or self.announced_on

    @property
    def is_open(self) -> bool:
        """Whether it is not decided."""
        return self.stage != Stage.DECIDED

    @property
    def is_lost(self) -> bool:
        """Whether it has to say why."""
        return self.outcome in LOST

    @property
    def stage_label(self) -> Any:
        """How far it is, in a word."""
        return Stage(self.stage).label

    @property
    def outcome_label(self) -> Any:
        """What became of it, in a word."""
        return Outcome(self.outcome).label if self.outcome else ""

    @property
    def weights(self) -> Decimal | None:
        """The sum of the weights; None where none is known."""
        known_ones = [one.weight for one in self.criteria if one.weight is not None]
        return sum(known_ones, Decimal(0)) if known_ones else None

    @property
    def is_whole(self) -> bool:
        """Whether it has no lots but the tender itself."""
        return len(self.lots) == 1 and not self.lots[0].name

    @property
    def our_price(self) -> int | None:
        """What we ask for all lots together; None where one is unknown."""
        prices = [lot.our_price for lot in self.lots]
        return None if None in prices or not prices else sum(price for price in prices if price is not None)

    @property
    def worth(self) -> int | None:
        """What is at stake: our price, or the estimate."""
        return self.our_price if self.our_price is not None else self.estimate

    @property
    def winners(self) -> Sequence[Competitor]:
        """Competitors that won a lot, each once."""
        return list({lot.winner.pk: lot.winner for lot in self.lots if lot.winner is not None}.values())

    @property
    def notes_html(self) -> SafeString:
        """The notes as they are shown."""
        return render(self.notes)

    @property
    def lessons_html(self) -> SafeString:
        """The lessons as they are shown."""
        return render(self.lessons)
