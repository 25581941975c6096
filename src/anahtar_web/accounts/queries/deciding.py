"""What people decided about key accounts; whoever sees an account sees what was decided of it."""

from collections.abc import Collection

from django.db.models import QuerySet

from anahtar_web.accounts.models import Account, KeyDecision, KeyStatus
from anahtar_web.accounts.queries.groups import went_into
from anahtar_web.people.models import User


def decision_on(account: Account) -> KeyDecision | None:
    """Give the decision that holds; None: nobody has decided."""
    return KeyDecision.objects.select_related("by").filter(account=account, current=True).first()


def decisions_on(account: Account) -> list[KeyDecision]:
    """Give every decision on an account and on those merged into it, the last one first."""
    of = [account, *went_into(account)]
    return list(KeyDecision.objects.filter(account__in=of).select_related("by", "account").order_by("-at", "-pk"))


def decisions_of(accounts: Collection[int]) -> dict[int, KeyDecision]:
    """Give the decisions that hold for several accounts, by account."""
    rows = KeyDecision.objects.filter(account__in=accounts, current=True).select_related("by")
    return {row.account_id: row for row in rows}


def decided(user: User, status: KeyStatus | None = None) -> "QuerySet[Account]":
    """Give the visible accounts on which a decision holds, of one kind or of any."""
    holds = KeyDecision.objects.filter(current=True)
    if status is not None:
        holds = holds.filter(status=status)
    seen: QuerySet[Account] = Account.objects.visible_to(user).standing_alone()
    return seen.filter(pk__in=holds.values("account"))
