"""Keeps `Lineage` equal to the tree: one row per account and each account above it.

Above an account stands its group; above a merged account stands the one it goes on under. Every change of the tree
holds the structure first and rebuilds the lines of what it moved, all in one transaction.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Final

from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account, Lineage
from anahtar_web.gate.refusals import Refused

ABOVE: Final = Coalesce("merged_into_id", "parent_id")
"""The account directly above one."""

_STRUCTURE_LOCK: Final = 20_261_127
"""Any number; PostgreSQL's advisory lock of the tree."""

on_rebuilt: Final[list[Callable[[], object]]] = []
"""Called inside the transaction when accounts have moved; apps above that add up over groups follow here."""

_CHUNK: Final = 500

_CLIMB: Final = """
INSERT INTO accounts_lineage (ancestor_id, account_id, distance)
WITH RECURSIVE climb (ancestor_id, account_id, distance) AS (
    SELECT id, id, 0 FROM accounts_account WHERE id IN ({places})
    UNION ALL
    SELECT COALESCE(above.merged_into_id, above.parent_id), climb.account_id, climb.distance + 1
    FROM climb JOIN accounts_account above ON above.id = climb.ancestor_id
    WHERE COALESCE(above.merged_into_id, above.parent_id) IS NOT NULL
)
SELECT ancestor_id, account_id, distance FROM climb
"""


class UnableToPutBelowItself(Refused):
    """An account would stand above itself."""

    def __init__(self, account: Account, below: Account) -> None:
        super().__init__(
            _("%(below)s already belongs to %(account)s, so %(account)s cannot be put below it.")
            % {"below": below, "account": account}
        )


def hold_structure() -> None:
    """Let one change of the tree follow the other. SQLite's writers already wait for each other (IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_STRUCTURE_LOCK])


def check_place(account: Account, below: Account) -> None:
    """Refuse a place below oneself, at any depth."""
    if Lineage.objects.filter(ancestor=account, account=below).exists():
        raise UnableToPutBelowItself(account, below)


def rebuild(moved: Collection[int], *, new: Collection[int] = ()) -> None:
    """Write the lines of accounts that have another account above them than before, and of all below them.

    The tree itself has to be written already, without circles.

    Parameters
    ----------
    moved
        Accounts with another account above them.
    new
        Accounts that have no lines yet, not even to themselves; companies put below them are among the moved.
    """
    affected = _with_below(set(moved) - set(new))
    for chunk in chunks(affected):
        Lineage.objects.filter(account__in=chunk).delete()
    for chunk in chunks(affected | set(new)):
        with connection.cursor() as cursor:
            cursor.execute(_CLIMB.format(places=", ".join(["%s"] * len(chunk))), chunk)
    if moved:
        for follow in on_rebuilt:
            follow()


def _with_below(moved: set[int]) -> set[int]:
    """Give the accounts and all that stood below them; who stands there only now has moved as well."""
    found = set(moved)
    for chunk in chunks(moved):
        found.update(Lineage.objects.filter(ancestor__in=chunk).values_list("account", flat=True))
    return found


def chunks(ids: Collection[int]) -> Iterator[list[int]]:
    """Give keys in portions that a statement can carry."""
    listed = sorted(ids)
    return (listed[at : at + _CHUNK] for at in range(0, len(listed), _CHUNK))


def ancestors_from_tree() -> dict[int, dict[int, int]]:
    """Walk the tree itself: account -> account above it -> distance. For the doctor; ends at a circle."""
    above = dict(Account.objects.annotate(above=ABOVE).values_list("pk", "above"))
    return {account: _climb(account, above) for account in above}


def _climb(account: int, above: dict[int, int | None]) -> dict[int, int]:
    path: dict[int, int] = {}
    at: int | None = account
    while at is not None and at not in path:
        path[at] = len(path)
        at = above[at]
    return path


def circles() -> set[int]:
    """Give the accounts that stand above themselves; there must be none."""
    above = dict(Account.objects.annotate(above=ABOVE).exclude(above=None).values_list("pk", F("above")))
    return {account for account in above if _returns(account, above)}


def _returns(account: int, above: dict[int, int | None]) -> bool:
    seen, at = set(), above.get(account)
    while at is not None and at not in seen:
        if at == account:
            return True
        seen.add(at)
        at = above.get(at)
    return False
