"""Reading cases; every read starts from the accounts the person sees, or from an account that was found so."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from anahtar_web.accounts.models import Account
from anahtar_web.foresight.models import DirectionOutlook, Outlook
from anahtar_web.risks.models import CLOSED, Case, LossRecord, Reason

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


def board(user: "User", filters: Mapping[str, Any]) -> "QuerySet[Case]":
    """Give the cases a person sees, narrowed.

    Parameters
    ----------
    filters
        Any of `stage`, `owner` and `reason` (keys of rows), `direction`, `lost_for` (key of a reason the loss was put
        down to), and `overdue`: a day before which the next step was to be done.
    """
    found: QuerySet[Case] = Case.objects.visible_to(user).select_related("account", "reason", "owner")
    exact = {name: filters[name] for name in ("stage", "owner", "reason", "direction") if filters.get(name)}
    found = found.filter(**exact)
    if filters.get("lost_for"):
        found = found.filter(loss__reasons=filters["lost_for"])
    if filters.get("overdue"):
        found = found.filter(~Q(stage__in=CLOSED), next_on__lt=filters["overdue"])
    return found.order_by("-severity", "-likelihood", "-pk")


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
        )
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
