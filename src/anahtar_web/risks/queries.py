"""Reading cases; every read starts from the accounts the person sees, or from an account that was found so."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Window
from django.db.models.functions import Coalesce, RowNumber

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries.teams import nearest_managers
from anahtar_web.foresight.models import DirectionOutlook, Outlook
from anahtar_web.risks.asked import NONE
from anahtar_web.risks.models import CLOSED, Case, LossRecord, Move, Reason
from anahtar_web.risks.stakes import Stake
from anahtar_web.risks.told import reasons_in
from anahtar_web.ui.text import fold

if TYPE_CHECKING:
    from anahtar_web.people.models import User

Silent = Outlook | DirectionOutlook
"""What is foreseen of what a case is about: the account, or one of its directions."""


def cases_of(account: Account) -> list[Case]:
    """Give the cases of an account and of those merged into it: open ones first, the latest first."""
    rows = Case.objects.of(account).select_related("account", "reason", "owner", "opened_by")
    found: list[Case] = list(rows.order_by("-pk"))
    return sorted(found, key=lambda case: case.stage in CLOSED)


def open_cases(user: "User") -> "QuerySet[Case]":
    """Give the open cases of the accounts a person sees."""
    found: QuerySet[Case] = Case.objects.visible_to(user).exclude(stage__in=CLOSED)
    return found.select_related("account", "reason", "owner")


def open_cases_of(account: Account, user: "User") -> list[Case]:
    """Give the open cases of an account and of those merged into it, as far as a person sees them; one query.

    The latest stand first. It is asked above every page of an account: of merges it follows two in a row, not all.
    """
    own = Q(account=account) | Q(account__merged_into=account) | Q(account__merged_into__merged_into=account)
    return list(Case.objects.visible_to(user).filter(own).exclude(stage__in=CLOSED).order_by("-pk"))


def board(user: "User", filters: Mapping[str, Any]) -> "QuerySet[Case]":
    """Give the cases a person sees, narrowed.

    Parameters
    ----------
    filters
        Any of `stage`, `owner`, `reason` (keys of rows) and `direction`, where `-` means none; `severity`: the least;
        `q`: words that account, title or direction hold; `accounts`, `not_of`: keys of accounts; `lost_for`: key of
        a reason the loss was put down to; `overdue`: a day before which the next step was to be done.
    """
    found: QuerySet[Case] = Case.objects.visible_to(user).select_related("account", "reason", "owner")
    for name, nothing in (("stage", ""), ("owner", None), ("reason", None), ("direction", "")):
        if filters.get(name):
            found = found.filter(**{name: nothing if filters[name] == NONE else filters[name]})
    for condition in _conditions(filters):
        found = found.filter(condition)
    return found.order_by("-severity", "-likelihood", "-pk")


def _conditions(filters: Mapping[str, Any]) -> Iterable[Q]:
    for word in str(filters.get("q") or "").split()[:8]:
        # As it is typed, and with the first letter as a title or a name has it: SQLite folds no letter beyond ASCII.
        typed = Q(title__icontains=word) | Q(title__contains=word.capitalize()) | Q(direction__icontains=word)
        yield typed | Q(account__search_key__contains=fold(word))
    if filters.get("severity"):
        yield Q(severity__gte=filters["severity"])
    if filters.get("accounts") is not None:
        yield Q(account__in=filters["accounts"])
    if filters.get("not_of") is not None:
        yield ~Q(account__in=filters["not_of"])
    if filters.get("lost_for"):
        yield Q(loss__reasons=filters["lost_for"])
    if filters.get("overdue"):
        yield ~Q(stage__in=CLOSED) & Q(next_on__lt=filters["overdue"])


class Weight(NamedTuple):
    """What sums need of one case; `is_late`: whether its next step is overdue."""

    stage: str
    stake: Stake
    is_late: bool


def _staked(rows: "QuerySet[Case]") -> "QuerySet[Any]":
    """Give each case with `stake`: what is at stake as the current run foresees it."""
    of = {"run__current": True, "account": OuterRef("account")}
    whole = Outlook.objects.filter(**of).values("at_stake")[:1]
    # A name that is a product group and a region too is meant as the product group.
    parts = DirectionOutlook.objects.filter(**of, direction=OuterRef("direction")).order_by("dimension")
    part = parts.values("at_stake")[:1]
    stake = models.Case(
        models.When(direction="", then=Subquery(whole)), default=Subquery(part), output_field=models.BigIntegerField()
    )
    return rows.annotate(stake=Coalesce(stake, 0))


def weights(rows: "QuerySet[Case]", on: date) -> list[Weight]:
    """Give what sums need of every case; one query.

    Parameters
    ----------
    on
        The day before which a next step is overdue.
    """
    found = _staked(rows).order_by().values_list("stage", "account", "direction", "stake", "next_on")
    return [
        Weight(stage, Stake(account, direction, stake), stage not in CLOSED and next_on is not None and next_on < on)
        for stage, account, direction, stake, next_on in found
    ]


def stakes_of(cases: Iterable[Case], foreseen: Mapping[int, Silent]) -> list[Stake]:
    """Say what is at stake in each case, by what is foreseen of it (`outlooks`)."""
    return [
        Stake(case.account_id, case.direction, foreseen[case.pk].at_stake if case.pk in foreseen else 0)
        for case in cases
    ]


def first_of_each_stage(rows: "QuerySet[Case]", most: int) -> list[Case]:
    """Give the first cases of each stage: the latest closed, of open ones those with most at stake; one query.

    Each carries `is_recorded`: whether it is written down why the account was lost.
    """
    order = [F("closed_on").desc(nulls_first=True), F("stake").desc(), F("severity").desc(), F("pk").desc()]
    place = Window(RowNumber(), partition_by="stage", order_by=order)
    ranked = _staked(rows).order_by().annotate(place=place).filter(place__lte=most)
    recorded = Exists(LossRecord.objects.filter(case=OuterRef("pk")))
    found: list[Case] = list(ranked.annotate(is_recorded=recorded).order_by("place"))
    return found


def latest_moves(cases: Collection[Case]) -> dict[int, Move]:
    """Give the last move of each case, by the case's key; one query."""
    own = Move.objects.filter(case=OuterRef("case")).order_by("-pk").values("pk")[:1]
    rows = Move.objects.filter(case__in=[case.pk for case in cases], pk=Subquery(own))
    return {move.case_id: move for move in rows}


def names_of_reasons(moves: Iterable[Move]) -> dict[int, str]:
    """Give what the reasons are called for which cases were moved, by their keys; one query."""
    keys = {key for move in moves for key in reasons_in(move.why)}
    return {one.pk: str(one) for one in Reason.objects.filter(pk__in=keys)}


def kams_of_cases(user: "User", on: date) -> dict[int, int]:
    """Account with a case -> key of its KAM on a day, those without one left out; one query."""
    accounts = Account.objects.filter(pk__in=Case.objects.visible_to(user).order_by().values("account"))
    return {account: person for account, (person, _far) in nearest_managers(accounts, on).items()}


class ByReason(NamedTuple):
    """Losses put down to one reason (its key); `revenue`: of their last twelve months, in ten-thousandths."""

    reason: int
    losses: int
    revenue: int


def by_reason(user: "User") -> list[ByReason]:
    """Count the losses a person sees by reason, the most first; one with two reasons counts in both."""
    seen = LossRecord.objects.filter(case__in=Case.objects.visible_to(user).values("pk"))
    rows = seen.order_by().values("reasons").annotate(losses=Count("pk"), revenue=Sum("revenue"))
    told = [ByReason(row["reasons"], row["losses"], row["revenue"]) for row in rows if row["reasons"]]
    return sorted(told, key=lambda one: (-one.losses, -one.revenue, one.reason))


def outlooks(cases: Iterable[Case]) -> dict[int, Silent]:
    """Give what the current run foresees of what each case is about, by the case's key; two queries."""
    some = list(cases)
    whole = {
        one.account_id: one
        for one in Outlook.objects.filter(
            run__current=True, account__in={case.account_id for case in some if not case.direction}
        )
    }
    parts = {
        (one.account_id, one.direction): one
        for one in DirectionOutlook.objects.filter(
            run__current=True,
            account__in={case.account_id for case in some if case.direction},
            direction__in={case.direction for case in some if case.direction},
        ).order_by("-dimension")
    }
    found: dict[int, Silent] = {}
    for case in some:
        one = parts.get((case.account_id, case.direction)) if case.direction else whole.get(case.account_id)
        if one is not None:
            found[case.pk] = one
    return found


def outlook_of(case: Case) -> Silent | None:
    """Give what the current run foresees of what a case is about; None where it never bought, or has no rhythm."""
    return outlooks([case]).get(case.pk)


def offered_reasons(chosen: Iterable[int] = ()) -> "QuerySet[Reason]":
    """Give the reasons that may be chosen, and those that were."""
    return Reason.objects.filter(Q(offered=True) | Q(pk__in=list(chosen)))
