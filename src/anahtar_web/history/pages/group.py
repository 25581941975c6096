"""Whose things a timeline tells: the account or one company, the companies below, and what was merged into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from anahtar_web.accounts.models import Account, Lineage

if TYPE_CHECKING:
    from anahtar_web.people.models import User

_OFFERED: Final = 200


@dataclass(frozen=True, slots=True)
class Group:
    """The accounts of a timeline.

    Parameters
    ----------
    accounts
        Key -> code and name.
    companies
        Those one may choose among; none where there is only one.
    """

    accounts: Mapping[int, tuple[str, str]]
    companies: Sequence[Account]


def group_of(account: Account, user: "User", company: int | None) -> Group:
    """Read them; only what the person sees."""
    below = Account.objects.visible_to(user).filter(lineage_above__ancestor=account)
    read = list(below.only("pk", "code", "name", "merged_into").order_by("sort_key", "pk"))
    alone = [one for one in read if one.merged_into_id is None]
    mine = {one.pk: (one.code, one.name) for one in read}
    if company is None:
        mine[account.pk] = (account.code, account.name)
    else:
        kept = set(Lineage.objects.filter(ancestor=company, account__in=mine).values_list("account", flat=True))
        mine = {pk: named for pk, named in mine.items() if pk in kept}
    return Group(_with_merged(mine), alone[:_OFFERED] if len(alone) > 1 else [])


def _with_merged(mine: Mapping[int, tuple[str, str]]) -> Mapping[int, tuple[str, str]]:
    """Add what was merged into them; the number of queries grows with how often one was merged into another."""
    found, step = dict(mine), set(mine)
    while step:
        rows = Account.objects.filter(merged_into__in=step).exclude(pk__in=found).order_by("pk")
        more = {pk: (code, name) for pk, code, name in rows.values_list("pk", "code", "name")}
        found |= more
        step = set(more)
    return found
