"""Somebody who took part and is known by an address only is forgotten."""

from collections.abc import Collection

from django.db import transaction

from anahtar_web.interactions.models import Participant
from anahtar_web.ui.mentions import words_of_name


def nameless(
    *, emails: Collection[str], names: Collection[tuple[str, ...]], accounts: Collection[int]
) -> list[Participant]:
    """Give those who took part without being anybody's: by an address, or at some accounts by their whole name."""
    rows = Participant.objects.filter(stakeholder=None, user=None).select_related("interaction__account")
    found = {row.pk: row for row in rows.filter(address__in=emails)}
    # In any order: mails write "Demir, Ayşe" as well.
    whole = {tuple(sorted(name)) for name in names}
    for row in rows.filter(interaction__account__in=accounts).exclude(name=""):
        if tuple(sorted(words_of_name(row.name))) in whole:
            found[row.pk] = row
    return [found[key] for key in sorted(found)]


@transaction.atomic
def forget(*, emails: Collection[str], names: Collection[tuple[str, ...]], accounts: Collection[int]) -> int:
    """Take them out; how many there were. The erasure of the person is on the trail, not each of their meetings."""
    keys = [row.pk for row in nameless(emails=emails, names=names, accounts=accounts)]
    Participant.objects.filter(pk__in=keys).delete()
    return len(keys)
