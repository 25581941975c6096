"""Questions of `anahtar-web doctor` about accounts: is their tree whole, and is everything said once."""

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import Final

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.accounts.lineage import ancestors_from_tree, circles
from anahtar_web.accounts.models import Account, Assignment, Lineage, Merge, Part, keys
from anahtar_web.audit.doctor import register

_MOST: Final = 20
"""How many accounts a fault names; where there are more, one cause is behind all."""


def register_checks() -> None:
    """Register the questions; called when the program starts."""
    register("accounts.tree", gettext_lazy("Groups of accounts"))(tree)
    register("accounts.teams", gettext_lazy("Managers of accounts"))(teams)
    register("accounts.merges", gettext_lazy("Merged accounts"))(merges)
    register("accounts.keys", gettext_lazy("Search and order of accounts"))(search_keys)


def tree() -> Iterator[str]:
    """Compare the stored lines with the tree, and look for circles."""
    for name in _named(circles()):
        yield _("%(account)s belongs to itself.") % {"account": name}
    wanted, stored = ancestors_from_tree(), dict[int, dict[int, int]]()
    rows = Lineage.objects.values_list("account", "ancestor", "distance")
    for account, ancestor, distance in rows.iterator(chunk_size=5000):
        stored.setdefault(account, {})[ancestor] = distance
    for name in _named(pk for pk in wanted if stored.get(pk) != wanted[pk]):
        yield _("The stored lines above %(account)s are not those of its groups.") % {"account": name}


def teams() -> Iterator[str]:
    """Look for accounts with two managers on one day."""
    rows = Assignment.objects.filter(part=Part.MANAGER).exclude(until=F("since"))
    listed = rows.order_by("account", "since", "pk").values_list("account", "since", "until")
    twice = {
        account
        for (account, _since, until), (other, since, _until) in pairwise(listed.iterator(chunk_size=5000))
        if account == other and (until is None or until > since)
    }
    for account in _named(twice):
        yield _("%(account)s has two key account managers on one day.") % {"account": account}


def merges() -> Iterator[str]:
    """Look for merged accounts on which something still hangs, and merges that are not what accounts say."""
    merged = Account.objects.exclude(merged_into=None)
    hanging = Account.objects.filter(Q(parent__in=merged) | Q(payer__in=merged))
    for account in _named(hanging.values_list("pk", flat=True)):
        yield _("%(account)s hangs on an account that was merged.") % {"account": account}
    open_parts = Assignment.objects.filter(account__in=merged, until=None)
    for account in _named(open_parts.values_list("account", flat=True)):
        yield _("%(account)s was merged and has a team.") % {"account": account}
    said = set(Merge.objects.filter(undone_at=None).values_list("source", "target"))
    done = set(merged.values_list("pk", "merged_into"))
    for account in _named(pk for pk, _target in said ^ done):
        yield _("%(account)s is not merged the way its merge says.") % {"account": account}


def search_keys() -> Iterator[str]:
    """Compare the stored keys with the names they were made from."""
    rows = Account.objects.order_by("pk").values_list("pk", "name", "code", "search_key", "sort_key")
    old = (pk for pk, name, code, *stored in rows.iterator(chunk_size=5000) if tuple(stored) != keys(name, code))
    for account in _named(old):
        yield _("%(account)s is not found or sorted by its name.") % {"account": account}


def _named(wrong: Iterable[int]) -> Iterator[str]:
    """Give the first of the accounts by name and code."""
    for account in Account.objects.filter(pk__in=sorted(set(islice(wrong, _MOST)))).order_by("pk"):
        yield f"{account.name} ({account.code})"
