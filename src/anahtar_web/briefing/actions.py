"""The dossier leaves the house: with an entry on the trail of its account."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import company
from anahtar_web.stakeholders.actions import note_sight

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that may be made, and what it says of itself.

    Parameters
    ----------
    entry
        Its number on the trail.
    """

    account: Account
    by: "User"
    at: datetime
    entry: int
    company: str
    form: str
    on: date | None


@transaction.atomic
def take(*, account: Account, form: str, on: date | None, by: "User") -> Taken:
    """Put on the trail that somebody takes the dossier out, before it is made."""
    told = {"format": form, **({"as_known_on": on.isoformat()} if on else {})}
    entry = record("account.dossier_taken", account, by=by, after=told, account=account.pk)
    note_sight(account=account, who=None, by=by, taken=True)
    return Taken(account, by, timezone.now(), entry.pk, company().name, form, on)
