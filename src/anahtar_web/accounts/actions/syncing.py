"""Accounts follow the ledger: its codes come, take its names and groups, and go with an import that is taken back.

What a person has said stays: a name somebody changed, a group somebody chose, an account somebody wrote on.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, NamedTuple

from django.db import models, transaction
from django.utils import timezone

from anahtar_web.accounts import bulk
from anahtar_web.accounts.actions.known import Known, known
from anahtar_web.accounts.actions.leaving import remove_untouched
from anahtar_web.accounts.actions.placing import placed
from anahtar_web.accounts.lineage import chunks, hold_structure, rebuild
from anahtar_web.accounts.models import Account, Origin, keys
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import company

_CODE: Final[int] = Account._meta.get_field("code").max_length or 0
_NAME: Final[int] = Account._meta.get_field("name").max_length or 0
_COLUMNS: Final = (
    *("version", "code", "name", "ledger_name", "ledger_group", "in_ledger", "search_key", "sort_key"),
    *("parent_said_by_person", "country", "tax_number", "website", "city", "sector", "remark"),
    *("origin", "created_by_batch", "created_at"),
)


@dataclass(frozen=True, slots=True)
class LedgerAccount:
    """An account as the ledger tells it.

    Parameters
    ----------
    code, name
        The name may be missing: then the code stands for it.
    group_code
        Code of its group; empty or None: the ledger names none.
    """

    code: str
    name: str | None = None
    group_code: str | None = None


@dataclass(frozen=True, slots=True)
class Synced:
    """What following the ledger changed.

    Parameters
    ----------
    created, renamed, regrouped, removed
        How many accounts.
    left
        How many are in the ledger no more and stay, because another account needs them or a person wrote on them.
    stays
        Codes of those among them on which a person wrote.
    circles
        Codes whose group, as the ledger names it, would put them below themselves; they have none.
    unusable
        Codes too long to be kept; their accounts are missing.
    """

    created: int = 0
    renamed: int = 0
    regrouped: int = 0
    removed: int = 0
    left: int = 0
    stays: tuple[str, ...] = ()
    circles: tuple[str, ...] = ()
    unusable: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.created or self.renamed or self.regrouped or self.removed)


@transaction.atomic
def sync_from_ledger(rows: Iterable[LedgerAccount], *, batch_of: Mapping[str, str], by: models.Model | None) -> Synced:
    """Make accounts what the ledger says, where no person said otherwise.

    Parameters
    ----------
    rows
        Every code of the ledger, those of merged accounts too.
    batch_of
        Code -> the oldest import that counts and holds it.
    by
        On whose behalf; None for the program itself.
    """
    hold_structure()
    told = _Told.of(rows, batch_of)
    before = known()
    created = _create(told, before)
    have = known() if created else before
    renamed = _follow(told, before)
    moved, circles = _place(told, have)
    rebuild(moved, new={account.pk for code, account in have.items() if code not in before})
    removed, stays, left = remove_untouched(have, told.needed)
    synced = Synced(created, renamed, len(moved), removed, left, stays, circles, told.unusable)
    if synced:
        record("accounts.synced", company(), by=by, after=_counts(synced))
    return synced


def _counts(synced: Synced) -> dict[str, Any]:
    return {name: len(value) if isinstance(value, tuple) else value for name, value in asdict(synced).items() if value}


class _Row(NamedTuple):
    """What the ledger says of a code; group "" for none."""

    name: str
    group: str


@dataclass(frozen=True, slots=True)
class _Told:
    """What the ledger tells, made fit for the database."""

    accounts: Mapping[str, _Row]
    batch_of: Mapping[str, str]
    unusable: tuple[str, ...] = ()
    groups: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, rows: Iterable[LedgerAccount], batch_of: Mapping[str, str]) -> "_Told":
        accounts, unusable, groups = {}, [], set()
        for row in rows:
            if not _usable(row.code):
                unusable.append(row.code)
                continue
            group = row.group_code or ""
            if group and not _usable(group):
                unusable.append(group)
                group = ""
            accounts[row.code] = _Row(_fitting(row.name or row.code), group)
            groups.add(group)
        return cls(accounts, batch_of, tuple(sorted(set(unusable))), frozenset(groups - {""}))

    @property
    def needed(self) -> frozenset[str]:
        return self.groups | self.accounts.keys()


def _usable(code: str) -> bool:
    # PostgreSQL refuses the null character; SQLite would keep a code of any length and lose it on the move there.
    return 0 < len(code) <= _CODE and "\0" not in code


def _fitting(name: str) -> str:
    name = name.replace("\0", "")
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def _create(told: _Told, have: Mapping[str, Known]) -> int:
    """Write the accounts and groups that are new; they stand alone until they are placed."""
    now, codes = bulk.moment(timezone.now()), sorted(told.needed - have.keys())
    bulk.insert(Account, _COLUMNS, (_row(code, told, now) for code in codes))
    return len(codes)


def _row(code: str, told: _Told, now: Any) -> tuple[Any, ...]:
    row = told.accounts.get(code)
    name = row.name if row else code
    origin = Origin.LEDGER if row else Origin.GROUP
    batch = told.batch_of.get(code, "") if row else ""
    return (
        *(1, code, name, name, row.group if row else "", row is not None, *keys(name, code)),
        *(False, "", "", "", "", "", ""),
        *(origin.value, batch, now),
    )


def _follow(told: _Told, have: Mapping[str, Known]) -> int:
    """Give accounts the ledger's names, where nobody changed them, and note what else it says of them."""
    there = [(account, told.accounts.get(code)) for code, account in have.items()]
    noted = [(account, row) for account, row in there if not _is_noted(account, row, told)]
    renamed = {account.pk for account, row in noted if row and _follows(account) and row.name != account.name}
    # Whoever saves one of these names just now wins; the next analysis compares again.
    busy = renamed - _held({account.pk: account.version for account, _row in noted if account.pk in renamed})
    noted = [(account, row) for account, row in noted if account.pk not in busy]
    bulk.update(
        Account,
        ("ledger_name", "ledger_group", "in_ledger", "origin", "created_by_batch"),
        (_noted(account, row, told) for account, row in noted),
    )
    bulk.update(
        Account,
        ("name", "search_key", "sort_key", "version"),
        (_renamed(account, row.name) for account, row in noted if row and account.pk in renamed),
    )
    return len(renamed - busy)


def _held(versions: Mapping[int, int]) -> set[int]:
    """Lock rows until the end; returns those that are still as they were read."""
    held: set[int] = set()
    for chunk in chunks(versions):
        rows = Account.objects.select_for_update().filter(pk__in=chunk).order_by("pk")
        held.update(pk for pk, version in rows.values_list("pk", "version") if versions[pk] == version)
    return held


def _is_noted(account: Known, row: _Row | None, told: _Told) -> bool:
    return _noted(account, row, told)[:-1] == (
        *(account.ledger_name, account.ledger_group, account.in_ledger),
        *(account.origin, account.created_by_batch),
    )


def _noted(account: Known, row: _Row | None, told: _Told) -> tuple[Any, ...]:
    if row is None:
        same = (account.ledger_name, account.ledger_group, False, account.origin, account.created_by_batch)
        return (*same, account.pk)
    origin = Origin.PERSON if account.origin == Origin.PERSON else Origin.LEDGER
    batch = told.batch_of.get(account.code, "") if origin == Origin.LEDGER else ""
    return (row.name, row.group, True, origin.value, batch, account.pk)


def _follows(account: Known) -> bool:
    return account.name == account.ledger_name


def _renamed(account: Known, name: str) -> tuple[Any, ...]:
    return (name, *keys(name, account.code), account.version + 1, account.pk)


def _place(told: _Told, have: Mapping[str, Known]) -> tuple[set[int], tuple[str, ...]]:
    """Put accounts into the ledger's groups; returns which moved, and the codes that would have made a circle."""
    parents, circles = placed({code: row.group for code, row in told.accounts.items()}, have)
    moved = {pk: parent for pk, (before, parent) in parents.items() if before != parent}
    bulk.update(Account, ("parent_id",), ((parent, pk) for pk, parent in moved.items()))
    return set(moved), circles
