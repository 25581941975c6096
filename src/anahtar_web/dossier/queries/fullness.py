"""How complete dossiers are: counted now for one account, or as it was kept for a list."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q

from anahtar.rules.dossier import Asked, completeness, importance_for
from anahtar.rules.dossier import Completeness as Counted
from anahtar_web.accounts.models import Account, KeyDecision, KeyStatus, Merge
from anahtar_web.company.queries import end_of, today
from anahtar_web.dossier.kinds import Kinds, every
from anahtar_web.dossier.models import Completeness
from anahtar_web.dossier.queries.facts import Known, facts_of


def types_of(account: Account, on: date | None = None) -> list[str]:
    """Give the types an account was decided to be of; empty: none, or it is no key account."""
    decisions = KeyDecision.objects.filter(account=account)
    decisions = decisions.filter(current=True) if on is None else decisions.filter(at__lt=end_of(on))
    last = decisions.order_by("-at", "-pk").first()
    return last.type_list if last is not None and last.status == KeyStatus.KEY else []


def completeness_of(
    account: Account, on: date | None = None, *, kinds: Kinds | None = None, known: Sequence[Known] | None = None
) -> Counted:
    """Count fresh confirmed facts against what an account of this type should have.

    Parameters
    ----------
    kinds, known
        What `kinds.every()` and `facts_of()` give, where somebody has asked already.
    """
    found = kinds if kinds is not None else every()
    held = known if known is not None else facts_of(account, on, found)
    return completeness(asked_of(found, held, types_of(account, on)), on or today())


def asked_of(kinds: Kinds, known: Sequence[Known], types: Sequence[str]) -> list[Asked]:
    """Say what should be known, each with the best of what is: of several values one that counts is enough."""
    best: dict[str, Known] = {}
    for one in known:
        kept = best.get(one.kind.code)
        if kept is None or _counts(one) > _counts(kept):
            best[one.kind.code] = one
    return [
        Asked(
            kind.code,
            kind.area,
            importance_for(kind.importance, types),
            best[kind.code].grade if kind.code in best else None,
            best[kind.code].days if kind.code in best else None,
        )
        for kind in kinds.values()
        if not kind.retired
    ]


def _counts(one: Known) -> tuple[bool, bool, date]:
    return one.grade.is_sure and not one.is_stale, one.grade.is_sure, one.fact.known_on


def kept_of(accounts: Collection[int]) -> Mapping[int, Completeness]:
    """Give the completeness kept of several accounts, for a list; those without a dossier are left out. One query."""
    return Completeness.objects.in_bulk(list(accounts))


def due_accounts(on: date) -> list[Account]:
    """Give the accounts whose completeness was counted on another ground.

    A fact has gone stale since, people have decided on the account, or a merge was made or undone.
    """
    decided = KeyDecision.objects.filter(account=OuterRef("account"), at__gt=OuterRef("counted_at"))
    merged = Merge.objects.filter(
        Q(at__gt=OuterRef("counted_at")) | Q(undone_at__gt=OuterRef("counted_at")),
        Q(source=OuterRef("account")) | Q(target=OuterRef("account")),
    )
    due = Completeness.objects.filter(Q(changes_on__lte=on) | Exists(decided) | Exists(merged))
    return [row.account for row in due.select_related("account").order_by("pk")]
