"""The room of win-backs: what waits, lists, campaigns, offers that are out, and what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from django.db.models import Q, Sum

from anahtar_web.accounts.figures import figures
from anahtar_web.gate.rights import Field, Right
from anahtar_web.insight.queries import current_run
from anahtar_web.winbacks.asked import Narrow
from anahtar_web.winbacks.models import Campaign, CampaignState, Kind, Offer, OfferState, WinbackList
from anahtar_web.winbacks.pages.campaigns import TONES, Budget
from anahtar_web.winbacks.pages.offers import ShownOffer
from anahtar_web.winbacks.queries import (
    GONE,
    Cell,
    Member,
    Outcome,
    by_reason_and_kind,
    counted,
    members,
    offers,
    outcomes_of,
    rank,
    waiting_for,
)

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SHOWN: Final = 20
_OPEN: Final = (OfferState.DRAFT, OfferState.WAITING, OfferState.APPROVED, OfferState.REFUSED, OfferState.SENT)


@dataclass(frozen=True, slots=True)
class ShownCampaign:
    """A campaign in a table; `budget` None: not for this person."""

    campaign: Campaign
    budget: Budget | None
    outcome: Outcome | None

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES[CampaignState(self.campaign.state)]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A return rate in the table of reasons and kinds."""

    cell: Cell

    @property
    def kind(self) -> str:
        """What was offered."""
        return str(Kind(self.cell.kind).label)


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The template's contract.

    Parameters
    ----------
    waiting
        Offers this person may decide.
    open
        Offers under way, the latest first, at most `SHOWN`.
    again
        Accounts that were lost at least twice, at most ten of them; `lost_again` is how many there are.
    """

    waiting: Sequence[ShownOffer]
    open: Sequence[ShownOffer]
    open_count: int
    lists: Sequence[WinbackList]
    campaigns: Sequence[ShownCampaign]
    cells: Sequence[ShownCell]
    again: Sequence[Member]
    lost_again: int
    currency: str
    own: bool
    sees: bool
    may_run: bool
    may_limit: bool

    @classmethod
    def build(cls, user: "User") -> Self:
        """Read it; as many queries for a large house as for a small one."""
        run, sees = current_run(), user.sees(Field.OFFER)
        under_way = offers(user).filter(state__in=_OPEN).order_by("-pk")
        again = rank(user, run, Narrow(times_lost=2), 0)
        return cls(
            waiting=[ShownOffer(one) for one in waiting_for(user).order_by("pk")[:SHOWN]],
            open=[ShownOffer(one) for one in under_way[:SHOWN]],
            open_count=under_way.count(),
            lists=list(WinbackList.objects.select_related("owner")),
            campaigns=_campaigns(user, sees),
            cells=[ShownCell(one) for one in by_reason_and_kind(user, run)] if sees else [],
            again=members(list(again[:10]), user),
            lost_again=again.count(),
            currency=figures().currency,
            own=not user.may(Right.SEE_ALL_ACCOUNTS),
            sees=sees,
            may_run=user.may(Right.RUN_WINBACKS),
            may_limit=user.may(Right.CHANGE_THRESHOLDS),
        )


def _campaigns(user: "User", sees: bool) -> list[ShownCampaign]:
    found = list(Campaign.objects.select_related("list").order_by("-pk")[:SHOWN])
    outcomes = outcomes_of(user, found, current_run())
    bound = Sum("cost", filter=counted())
    gone = Sum("cost", filter=Q(state__in=GONE))
    rows = Offer.objects.filter(campaign__in=[one.pk for one in found]).order_by()
    sums: dict[int, Any] = {row["campaign"]: row for row in rows.values("campaign").annotate(bound=bound, gone=gone)}

    def budget(one: Campaign) -> Budget | None:
        row = sums.get(one.pk, {})
        return Budget(one.budget, row.get("bound") or 0, row.get("gone") or 0) if sees else None

    return [ShownCampaign(one, budget(one), outcomes.get(one.pk)) for one in found]
