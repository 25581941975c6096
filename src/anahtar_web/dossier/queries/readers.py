"""Who has read a dossier, when."""

from anahtar_web.accounts.models import Account
from anahtar_web.dossier.models import Reading
from anahtar_web.people.models import User


def readers_of(account: Account, limit: int) -> list[Reading]:
    """Give the last readings of a dossier, the newest first."""
    rows: list[Reading] = list(Reading.objects.of(account).order_by("-day", "-last_at", "-pk")[:limit])
    # Few people, many days: each of them is read once, not beside every day.
    people = User.objects.in_bulk({row.person_id for row in rows})
    for row in rows:
        row.person = people[row.person_id]
    return rows
