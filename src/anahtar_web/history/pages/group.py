"""Whose things a timeline tells: the account or one company, the companies below, and what was merged into them."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from anahtar_web.accounts.models import Account, Lineage
from anahtar_web.audit.queries import digest_of_each

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
    state
        What names the state of what is written of the accounts (`audit.remembering`); empty: of none there is an entry;
        None: it was not read of all of them.
    """

    accounts: Mapping[int, tuple[str, str]]
    companies: Sequence[Account]
    state: Hashable | None = None


@dataclass(slots=True)
class _Read:
    """Accounts as they are read, each with the digest of its last entry."""

    named: dict[int, tuple[str, str]] = field(default_factory=dict)
    digests: dict[int, str] = field(default_factory=dict)

    def state(self) -> Hashable | None:
        if not self.named.keys() <= self.digests.keys():
            return None
        found = tuple(self.digests[pk] for pk in sorted(self.named))
        return found if any(found) else ""


def group_of(account: Account, user: "User", company: int | None) -> Group:
    """Read them; only what the person sees."""
    below = Account.objects.visible_to(user).filter(lineage_above__ancestor=account).annotate(digest=digest_of_each())
    rows = list(below.only("pk", "code", "name", "merged_into").order_by("sort_key", "pk"))
    alone = [one for one in rows if one.merged_into_id is None]
    read = _Read({one.pk: (one.code, one.name) for one in rows}, {one.pk: one.digest or "" for one in rows})
    if company is None:
        read.named[account.pk] = (account.code, account.name)
    else:
        kept = set(Lineage.objects.filter(ancestor=company, account__in=read.named).values_list("account", flat=True))
        read.named = {pk: named for pk, named in read.named.items() if pk in kept}
    _add_merged(read)
    return Group(read.named, alone[:_OFFERED] if len(alone) > 1 else [], read.state())


def _add_merged(read: _Read) -> None:
    """Add what was merged into them; the number of queries grows with how often one was merged into another."""
    step = set(read.named)
    while step:
        rows = Account.objects.filter(merged_into__in=step).exclude(pk__in=read.named).order_by("pk")
        step = set()
        for pk, code, name, digest in rows.annotate(digest=digest_of_each()).values_list(
            "pk", "code", "name", "digest"
        ):
            read.named[pk], read.digests[pk] = (code, name), digest or ""
            step.add(pk)
