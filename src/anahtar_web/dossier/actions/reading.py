"""Somebody has read a dossier."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.dossier.models import Reading
from anahtar_web.people.models import User


@transaction.atomic
def note_reading(*, account: Account, by: User) -> Reading:
    """Note that a person has opened a page of the dossier; all openings of a day are one row.

    It stands in no trail: the log of readers is itself one, and would drown the other.
    """
    kept, made = Reading.objects.get_or_create(account=account, person=by, day=today())
    if not made:
        Reading.objects.filter(pk=kept.pk).update(times=F("times") + 1, last_at=timezone.now())
        kept.refresh_from_db()
    return kept
