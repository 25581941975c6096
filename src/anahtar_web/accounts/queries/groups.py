"""Groups: what the ledger says, what stands above an account and what below."""

import re
from collections.abc import Iterable
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from anahtar_web.accounts.managers import AccountQuerySet
from anahtar_web.accounts.models import Account, Lineage
from anahtar_web.gate.answers import asked_once
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User

_PROPOSED: Final = "NEW-"


def group_of_ledger(account: Account) -> Account | None:
    """Give the account that stands for the ledger's group now, past merges; None where it names none but itself."""
    group: Account | None = Account.objects.filter(code=account.ledger_group).first() if account.ledger_group else None
    group = survivor(group) if group else None
    return None if group == account else group


def survivor(account: Account) -> Account:
    """Give the account under which one goes on; itself where it was not merged."""
    while account.merged_into is not None:
        account = account.merged_into
    return account


def path_to(account: Account, user: User) -> list[Account]:
    """Give the visible accounts above one, the top first."""
    above = Lineage.objects.filter(account=account, distance__gt=0, ancestor__in=Account.objects.visible_to(user))
    return [line.ancestor for line in above.select_related("ancestor").order_by("-distance")]


def tree_above(account: Account, user: User) -> AccountQuerySet:
    """Give the visible accounts from the top of the tree down to one, itself last; of a merged one, its survivor's."""
    lines = Lineage.objects.filter(account=survivor(account))
    seen: AccountQuerySet = Account.objects.visible_to(user).filter(lineage_below__in=lines)
    ordered: AccountQuerySet = seen.annotate(distance=F("lineage_below__distance")).order_by("-distance", "pk")
    return ordered


def count_below(account: Account, user: User) -> int:
    """Count the visible accounts below one, at any depth."""
    below = Lineage.objects.filter(ancestor=account, distance__gt=0)
    seen: int = Account.objects.visible_to(user).standing_alone().filter(pk__in=below.values("account")).count()
    return seen


def receivers_of(account: Account, user: User) -> list[Account]:
    """Give the visible accounts whose invoices one pays."""
    seen = Account.objects.visible_to(user).standing_alone().filter(payer=account)
    return list(seen.order_by("sort_key", "pk"))


def companies_of(account: Account, user: User) -> "AccountQuerySet":
    """Give the visible accounts directly below one, each with `below`: how many it has below it itself."""
    visible = Account.objects.visible_to(user).standing_alone()
    return with_below(visible.filter(parent=account).order_by("sort_key", "pk"), user)


def with_below(accounts: "AccountQuerySet", user: User) -> "AccountQuerySet":
    """Annotate how many companies stand directly below each account, as far as they are visible."""
    seen = Q(companies__merged_into=None)
    if not user.may(Right.SEE_ALL_ACCOUNTS):
        seen &= Q(companies__in=Account.objects.visible_to(user))
    annotated: AccountQuerySet = accounts.annotate(below=Count("companies", filter=seen))
    return annotated


def went_into(account: Account) -> list[Account]:
    """Give the accounts that go on under one, those that had gone on under them too."""
    return list(asked_once("went into", account.pk, ask=lambda: _went_into(account)))


def _went_into(account: Account) -> list[Account]:
    found: list[Account] = []
    step: Iterable[Account] = [account]
    while step := list(Account.objects.filter(merged_into__in=step).order_by("sort_key", "pk")):
        found += step
    return found


def proposed_code() -> str:
    """Propose a code for an account that is in no ledger: the next free of its kind."""
    pattern = re.compile(rf"{_PROPOSED}(\d{{1,9}})")
    codes = Account.objects.filter(code__startswith=_PROPOSED).values_list("code", flat=True)
    taken = [int(match[1]) for code in codes if (match := pattern.fullmatch(code))]
    return f"{_PROPOSED}{max(taken, default=0) + 1:04}"


def suggestions_for(text: str, user: User, limit: int = 8) -> "QuerySet[Account]":
    """Give visible accounts that stand alone and match what is typed; the ones with companies first."""
    groups = Account.objects.filter(parent=OuterRef("pk"))
    found: QuerySet[Account] = (
        Account.objects.visible_to(user).standing_alone().matching(text).annotate(is_group=Exists(groups))
    ).order_by("-is_group", "sort_key", "pk")[:limit]
    return found
