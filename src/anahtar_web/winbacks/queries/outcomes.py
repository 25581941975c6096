"""What came of it, as the ledger says: who bought again, and how much more of those who were made an offer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from anahtar.rules.uplift import ReturnRate, Uplift, uplift
from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import Right
from anahtar_web.insight.models import Run, Standing
from anahtar_web.losses.models import Lapse
from anahtar_web.risks.models import LossRecord
from anahtar_web.winbacks.models import Campaign, Draw, Offer, OfferState

if TYPE_CHECKING:
    from anahtar_web.people.models import User

HORIZON: Final = 180
"""Days within which a return counts for an offer that belongs to no campaign."""

_SENT: Final = (OfferState.SENT, OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a campaign, among the accounts that somebody sees.

    Parameters
    ----------
    uplift
        Counted from the day of the draw for both groups, whether or not an offer was sent.
    spent
        What offers come to that were sent or accepted.
    cost_per_return
        Of a return among the offered; None while there is none.
    revenue, margin
        What those who were offered and returned have bought since the month of their return; margin by what each
        account earned us. None: not known.
    seen_until
        The last day of the ledger, or the end of the horizon.
    is_over
        Whether the ledger reaches to the end of the horizon.
    """

    uplift: Uplift
    sent: int
    spent: int
    cost_per_return: int | None
    revenue: int
    margin: int | None
    seen_until: date | None
    is_over: bool


def outcomes_of(user: "User", campaigns: Sequence[Campaign], run: Run | None) -> dict[int, Outcome]:
    """Give the outcome of each campaign that was drawn; as many queries for many as for one."""
    drawn = [one for one in campaigns if one.drawn_on is not None]
    draws: dict[int, list[Draw]] = defaultdict(list)
    for one in _visible(user, campaigns=[one.pk for one in drawn]):
        draws[one.campaign_id].append(one)
    sent: dict[int, list[Offer]] = defaultdict(list)
    gone = Offer.objects.filter(campaign__in=[one.pk for one in drawn], sent_on__isnull=False)
    for offer in gone.select_related("case"):
        sent[offer.campaign_id or 0].append(offer)
    every = {_home(one) for rows in draws.values() for one in rows}
    ledger = Ledger.read(run, every)
    return {one.pk: _outcome(one, draws[one.pk], sent[one.pk], ledger) for one in drawn}


def _visible(user: "User", campaigns: Sequence[int]) -> Iterable[Draw]:
    rows = Draw.objects.filter(campaign__in=campaigns).select_related("account")
    if user.may(Right.SEE_ALL_ACCOUNTS):
        return rows
    return rows.filter(account__in=Account.objects.visible_to(user))


def _home(draw: Draw) -> int:
    """Under which account it buys now."""
    return draw.account.merged_into_id or draw.account_id


def _outcome(campaign: Campaign, draws: Sequence[Draw], sent: Sequence[Offer], ledger: "Ledger") -> Outcome:
    start, until = campaign.drawn_on, campaign.measured_until
    assert start is not None, "only drawn campaigns are asked about"
    assert until is not None, "only drawn campaigns are asked about"
    offered = [_home(one) for one in draws if not one.held_out]
    alone = [_home(one) for one in draws if one.held_out]
    came = {key: day for key in offered if (day := ledger.returned(key, start, until))}
    rates = (
        ReturnRate.counted(len(came), len(offered)),
        ReturnRate.counted(_back(alone, start, until, ledger), len(alone)),
    )
    here = {*offered, *(one.account_id for one in draws)}
    mine = [one for one in sent if one.case.account_id in here]
    spent = sum(one.cost for one in mine if one.state in (OfferState.SENT, OfferState.ACCEPTED))
    bought = [ledger.bought_since(key, day) for key, day in came.items()]
    margins = [margin for _revenue, margin in bought]
    return Outcome(
        uplift=uplift(offered=rates[0], left_alone=rates[1]),
        sent=len(mine),
        spent=spent,
        cost_per_return=round(spent / len(came)) if came else None,
        revenue=sum(revenue for revenue, _margin in bought),
        margin=None if any(one is None for one in margins) else sum(one or 0 for one in margins),
        seen_until=None if ledger.until is None else min(ledger.until, until),
        is_over=ledger.until is not None and ledger.until >= until,
    )


def _back(accounts: Sequence[int], start: date, until: date, ledger: "Ledger") -> int:
    return sum(ledger.returned(key, start, until) is not None for key in accounts)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the shown analysis knows of some accounts' purchases.

    Parameters
    ----------
    until
        Its last day; None without an analysis.
    returns
        Account -> the days on which it bought again after a silence that was too long.
    last_month
        First day of the last of the twelve months of a standing.
    """

    until: date | None
    last_month: date | None
    returns: Mapping[int, Sequence[date]]
    standings: Mapping[int, Standing]

    @classmethod
    def read(cls, run: Run | None, accounts: Iterable[int]) -> "Ledger":
        """Read it; two queries."""
        keys = sorted(accounts)
        if run is None or not keys:
            return cls(run.last_date if run else None, None, {}, {})
        returns: dict[int, list[date]] = defaultdict(list)
        rows = Lapse.objects.filter(run=run, account__in=keys, returned_on__isnull=False)
        for account, day in rows.order_by("returned_on").values_list("account", "returned_on"):
            assert day is not None, "asked for"
            returns[account].append(day)
        told = Standing.objects.filter(run=run, account__in=keys)
        standings = {one.account_id: one for one in told}
        return cls(run.last_date or run.as_of, run.last_month, returns, standings)

    def returned(self, account: int, after: date, until: date) -> date | None:
        """Give the first day an account bought again after a day, if it lies not after another.

        Lapses name the day of every return. Where no lapse had come about, the last purchase is what is known: the
        first one cannot have been later.
        """
        day = next((day for day in self.returns.get(account, ()) if day > after), None)
        if day is None and (standing := self.standings.get(account)) is not None:
            last = standing.last_purchase
            day = last if last is not None and last > after else None
        return day if day is not None and day <= until else None

    def bought_since(self, account: int, day: date) -> tuple[int, int | None]:
        """Give revenue since the month of a day, of the last twelve full months, and the margin in it."""
        standing = self.standings.get(account)
        if standing is None or self.last_month is None:
            return 0, None
        ago = (self.last_month.year - day.year) * 12 + self.last_month.month - day.month
        months = list(standing.last12)
        revenue = sum(months[max(len(months) - 1 - ago, 0) :]) if ago >= 0 else 0
        if not revenue:
            return 0, 0
        return revenue, None if standing.margin is None else round(revenue * standing.margin)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many offers of a kind brought an account back that was lost for a reason; `reason` None: not written down."""

    reason: str | None
    kind: str
    rate: ReturnRate


def by_reason_and_kind(user: "User", run: Run | None) -> list[Cell]:
    """Give the return rate of sent offers by reason of the loss and kind; an offer counts for each reason.

    Counted from the day of sending over the campaign's horizon, or half a year. A second offer for the same case within
    that time counts by itself.
    """
    rows = Offer.objects.filter(sent_on__isnull=False, state__in=_SENT).select_related("case", "campaign")
    if not user.may(Right.SEE_ALL_ACCOUNTS):
        rows = rows.filter(case__account__in=Account.objects.visible_to(user))
    sent = list(rows.order_by("pk"))
    reasons: dict[int, list[str]] = defaultdict(list)
    for loss in LossRecord.objects.filter(case__in={one.case_id for one in sent}).prefetch_related("reasons"):
        reasons[loss.case_id] = [str(reason) for reason in loss.reasons.all()]
    ledger = Ledger.read(run, {one.case.account_id for one in sent})
    counts: dict[tuple[str | None, str], list[bool]] = defaultdict(list)
    for offer in sent:
        came = _came(offer, ledger)
        written: list[str | None] = [*reasons[offer.case_id]] or [None]
        for reason in written:
            counts[reason, offer.kind].append(came)
    cells = [Cell(reason, kind, ReturnRate.counted(sum(came), len(came))) for (reason, kind), came in counts.items()]
    return sorted(cells, key=lambda cell: (-cell.rate.of, cell.reason or "", cell.kind))


def _came(offer: Offer, ledger: Ledger) -> bool:
    assert offer.sent_on is not None, "asked for"
    horizon = offer.campaign.horizon if offer.campaign else HORIZON
    return ledger.returned(offer.case.account_id, offer.sent_on, offer.sent_on + timedelta(days=horizon)) is not None
