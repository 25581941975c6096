"""Somebody has seen a person."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Sight, Stakeholder


@transaction.atomic
def note_sight(*, account: Account, who: Stakeholder | None, by: User, taken: bool = False) -> Sight:
    """Note that somebody has seen a person, or (None) all that are at an account; a day is one row.

    It stands in no trail: the log of readers is itself one, and would drown the other.

    Parameters
    ----------
    taken
        In a file that leaves the house, not on a page.
    """
    of = {"account": account, "stakeholder": None} if who is None else {"account": who.account, "stakeholder": who}
    kept, _made = Sight.objects.get_or_create(**of, person=by, day=today())
    count = "taken" if taken else "opened"
    Sight.objects.filter(pk=kept.pk).update(**{count: F(count) + 1}, last_at=timezone.now())
    kept.refresh_from_db()
    return kept
