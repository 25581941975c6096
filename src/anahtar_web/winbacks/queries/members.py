"""Who is on a win-back list now, the most worth trying first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Field
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.queries import standings_of
from anahtar_web.losses.models import Lapse, WayBack
from anahtar_web.risks.models import CLOSED, Case, LossRecord
from anahtar_web.winbacks.asked import STATES, Narrow
from anahtar_web.winbacks.models import Draw, Offer, WinbackList
from anahtar_web.winbacks.queries.budgets import counted

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Member:
    """One account of a list.

    Parameters
    ----------
    way
        What winning it back would be worth; None where the analysis says nothing of it.
    cost
        Of its offers that are open, else what trying costs by the list.
    value
        P(return) x margin, less the cost; None where it is not known, or not for this person.
    case
        The latest open one.
    draw
        Of the campaign that measures it now.
    """

    account: Account
    state: str
    silence: int | None
    last_purchase: date | None
    revenue: int
    times_lost: int
    way: WayBack | None
    cost: int
    value: int | None
    case: Case | None
    draw: Draw | None


def sees_worth(user: "User") -> bool:
    """Whether somebody reads what accounts are worth: it tells margin and what is offered."""
    return user.sees(Field.PROFIT) and user.sees(Field.MARGIN) and user.sees(Field.OFFER)


def rank(user: "User", run: Run | None, narrow: Narrow, cost: int) -> "QuerySet[Standing]":
    """Give the standings of the members, the greatest P(return) x margin - cost first; unknown ones last, by revenue.

    For who does not read margins and offers they go by revenue: an order tells as much as a number.
    """
    if run is None:
        return Standing.objects.none()
    ways = WayBack.objects.filter(run=run, account=OuterRef("account"))
    found: QuerySet[Any, Any] = standings_of(user, run).filter(state__in=[narrow.state] if narrow.state else STATES)
    found = found.annotate(worth=Coalesce(Subquery(ways.values("revenue")[:1]), F("revenue"), 0))
    found = _narrowed(found, run, narrow)
    if not sees_worth(user):
        by_revenue: QuerySet[Standing] = found.order_by("-worth", "account")
        return by_revenue
    open_offers = Offer.objects.filter(counted(), case__account=OuterRef("account")).order_by()
    costs = open_offers.values("case__account").annotate(sum=Sum("cost")).values("sum")
    trying = Coalesce(Subquery(costs), cost)
    found = found.annotate(gain=Subquery(ways.values("value")[:1]) - trying, trying=trying)
    by_gain: QuerySet[Standing] = found.order_by(F("gain").desc(nulls_last=True), "-worth", "account")
    return by_gain


def _narrowed(found: "QuerySet[Any]", run: Run, narrow: Narrow) -> "QuerySet[Any]":
    if narrow.silence_from is not None:
        found = found.filter(silence__gte=narrow.silence_from)
    if narrow.silence_to is not None:
        found = found.filter(silence__lte=narrow.silence_to)
    if narrow.revenue is not None:
        found = found.filter(worth__gte=narrow.revenue)
    losses = LossRecord.objects.filter(case__account=OuterRef("account"))
    if narrow.reason is not None:
        found = found.filter(Exists(losses.filter(reasons=narrow.reason)))
    if narrow.would_return:
        found = found.filter(Exists(losses.filter(would_return=narrow.would_return)))
    if narrow.direction:
        cases = Case.objects.filter(account=OuterRef("account"), direction=narrow.direction)
        found = found.filter(Exists(cases))
    if narrow.times_lost is not None:
        found = found.annotate(lost_times=Coalesce(_lapses(run), 0)).filter(lost_times__gte=narrow.times_lost)
    return found


def _lapses(run: Run) -> Subquery:
    rows = Lapse.objects.filter(run=run, account=OuterRef("account")).order_by()
    counted = rows.values("account").annotate(n=Count("pk")).values("n")
    return Subquery(counted, output_field=IntegerField())


def members(standings: Sequence[Standing], user: "User") -> list[Member]:
    """Give the members of a page of standings as they are shown; as many queries for many as for one."""
    if not standings:
        return []
    run, keys = standings[0].run_id, [one.account_id for one in standings]
    accounts = Account.objects.in_bulk(keys)
    ways = {one.account_id: one for one in WayBack.objects.filter(run=run, account__in=keys)}
    lapses = Lapse.objects.filter(run=run, account__in=keys).order_by()
    times = dict(lapses.values_list("account").annotate(n=Count("pk")))
    cases = {one.account_id: one for one in open_cases(keys)}
    drawn, day = Draw.objects.filter(account__in=keys).select_related("campaign").order_by("pk"), today()
    draws = {one.account_id: one for one in drawn if one.campaign.measures(day)}
    return [
        Member(
            account=accounts[one.account_id],
            state=one.state or "",
            silence=one.silence,
            last_purchase=one.last_purchase,
            revenue=getattr(one, "worth", 0),
            times_lost=ways[one.account_id].times_lost if one.account_id in ways else times.get(one.account_id, 0),
            way=ways.get(one.account_id),
            cost=getattr(one, "trying", 0),
            value=getattr(one, "gain", None),
            case=cases.get(one.account_id),
            draw=draws.get(one.account_id),
        )
        for one in standings
    ]


def first_of(kept: WinbackList, user: "User", run: Run | None, *, most: int, without: Collection[int]) -> list[Account]:
    """Give the first accounts of a list, as somebody sees it, without some; two queries."""
    ranked = rank(user, run, Narrow.kept(kept.query), kept.cost).exclude(account__in=without)
    keys = list(ranked.values_list("account", flat=True)[:most])
    found = Account.objects.in_bulk(keys)
    return [found[key] for key in keys]


def open_cases(accounts: Sequence[int]) -> "QuerySet[Case]":
    """Give the open cases of accounts as a whole, the latest last; one of a direction tells of no other."""
    return Case.objects.filter(account__in=accounts, direction="").exclude(stage__in=CLOSED).order_by("pk")
