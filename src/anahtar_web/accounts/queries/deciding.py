"""What people decided about key accounts; whoever sees an account sees what was decided of it."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from anahtar_web.accounts.models import Account, KeyDecision, KeyStatus, Lineage
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


def codes_of_key_accounts() -> list[str]:
    """Give the codes of the accounts decided to be key and of every company below them, whoever sees them.

    A company on which, or on a nearer group of which, something else was decided is not among them. For sums over
    accounts that one sees anyway; names and numbers of these are not for showing.
    """
    holds = KeyDecision.objects.filter(current=True)
    otherwise = holds.exclude(status=KeyStatus.KEY).values("account")
    nearer = Lineage.objects.filter(account=OuterRef("account"), distance__lt=OuterRef("distance"))
    below = Lineage.objects.filter(ancestor__in=holds.filter(status=KeyStatus.KEY).values("account"))
    below = below.exclude(Exists(nearer.filter(ancestor__in=otherwise)))
    return list(below.order_by("account__code").values_list("account__code", flat=True).distinct())


def decided(user: User, status: KeyStatus | None = None) -> "QuerySet[Account]":
    """Give the visible accounts on which a decision holds, of one kind or of any."""
    holds = KeyDecision.objects.filter(current=True)
    if status is not None:
        holds = holds.filter(status=status)
    seen: QuerySet[Account] = Account.objects.visible_to(user).standing_alone()
    return seen.filter(pk__in=holds.values("account"))
