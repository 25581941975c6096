"""Accounts that only an import had brought which was taken back: they go, unless somebody needs them."""

from collections.abc import Mapping, Set
from typing import Any

from django.db.models import Q

from anahtar_web.accounts.actions.known import Known
from anahtar_web.accounts.lineage import chunks
from anahtar_web.accounts.models import Account, Dismissal, KeyDecision, Lineage, Merge, Origin
from anahtar_web.audit.models import Entry


def remove_untouched(have: Mapping[str, Known], needed: Set[str]) -> tuple[int, tuple[str, ...], int]:
    """Delete what the ledger does not need, no person wrote on and no other account hangs on.

    Returns
    -------
    tuple
        How many are gone; the codes that stay because a person wrote on them; how many stay in all.
    """
    leaving = {account.pk: account for code, account in have.items() if code not in needed}
    brought = {pk: account for pk, account in leaving.items() if account.origin != Origin.PERSON}
    touched = written_on(brought)
    going = _unneeded(brought.keys() - touched)
    for chunk in chunks(going):
        _delete(chunk)
    stays = tuple(sorted(brought[pk].code for pk in touched))
    return len(going), stays, len(brought) - len(going)


def written_on(brought: Mapping[int, Known]) -> set[int]:
    """Give those of which the trail tells, or that carry a person's word anyway."""
    if not brought:
        return set()
    told: set[Any] = set(Entry.objects.exclude(account_id=None).values_list("account_id", flat=True).distinct())
    told.update(_merged(), _dismissed(), _with_words(), KeyDecision.objects.values_list("account_id", flat=True))
    told.update(pk for pk, account in brought.items() if account.name != account.ledger_name)
    return told & brought.keys()


def _merged() -> set[int]:
    return {pk for pair in Merge.objects.values_list("source", "target") for pk in pair}


def _dismissed() -> set[int]:
    return {pk for pair in Dismissal.objects.values_list("first", "second") for pk in pair}


def _with_words() -> set[int]:
    filled = Q(parent_said_by_person=True) | Q(payer__isnull=False) | Q(assignments__isnull=False)
    for name in ("country", "tax_number", "website", "city", "sector", "remark"):
        filled |= ~Q(**{name: ""})
    return set(Account.objects.filter(filled).values_list("pk", flat=True))


def _unneeded(going: Set[int]) -> list[int]:
    """Keep those on which another account hangs that does not go, step by step up the tree."""
    pairs = [
        (pk, other)
        for pk, *others in Account.objects.values_list("pk", "parent", "payer", "merged_into")
        for other in others
        if other in going
    ]
    left = set(going)
    while needed := {other for pk, other in pairs if other in left and pk not in left}:
        left -= needed
    return sorted(left)


def _delete(going: list[int]) -> None:
    Lineage.objects.filter(Q(account__in=going) | Q(ancestor__in=going)).delete()
    # A group and its companies may go together: let go of each other first, or each would protect the other.
    Account.objects.filter(Q(parent__in=going) | Q(payer__in=going)).update(parent=None, payer=None)
    Account.objects.filter(pk__in=going).delete()
