"""The completeness of a dossier is counted anew, so that lists show what the page shows."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import survivor
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import company
from anahtar_web.dossier.kinds import Kinds, every
from anahtar_web.dossier.models import Completeness, Fact
from anahtar_web.dossier.queries import completeness_of, due_accounts, facts_of


@transaction.atomic
def count(account: Account, kinds: Kinds | None = None) -> Completeness:
    """Keep how complete a dossier is now, in the transaction that changed it."""
    of, found = survivor(account), kinds if kinds is not None else every()
    known = facts_of(of, kinds=found)
    counted = completeness_of(of, kinds=found, known=known)
    kept, _made = Completeness.objects.update_or_create(
        account=of,
        defaults={
            "reached": counted.whole.reached,
            "of": counted.whole.of,
            "share": counted.whole.share,
            "missing": len(counted.missing),
            "stale": sum(one.is_stale for one in known),
            "changes_on": counted.changes_on,
            "counted_at": timezone.now(),
        },
    )
    return kept


@transaction.atomic
def count_all() -> int:
    """Count every dossier anew: what is asked for has changed. Returns how many there are."""
    kinds = every()
    accounts = Account.objects.filter(pk__in=Fact.objects.values("account")).order_by("pk")
    for account in accounts:
        count(account, kinds)
    return len(accounts)


def count_due(on: date) -> int:
    """Count those anew that are otherwise since: a fact has gone stale, the account has another type or was merged.

    Each for itself: nobody who writes has to wait for all of them. Returns how many.
    """
    kinds, due = every(), due_accounts(on)
    for account in due:
        count(account, kinds)
    if due:
        # What lists show is remembered until the trail moves (`insight/remembered.py`).
        with transaction.atomic():
            record("fact.recounted", company(), by=None, after={"accounts": len(due)})
    return len(due)
