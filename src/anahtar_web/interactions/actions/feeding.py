"""A secret address for the own calendar is made, or taken back."""

import secrets

from django.db import transaction
from django.utils import timezone

from anahtar_web.audit.actions import record
from anahtar_web.interactions.models import CalendarAddress
from anahtar_web.interactions.queries.calendar import digest_of
from anahtar_web.people.models import User


@transaction.atomic
def make_address(*, by: User) -> str:
    """Make a secret for the own calendar; the one before opens nothing any more. It is given once, and not kept."""
    token = secrets.token_urlsafe(32)
    CalendarAddress.objects.update_or_create(
        person=by, defaults={"digest": digest_of(token), "made_at": timezone.now()}
    )
    record("calendar.address_made", by, by=by)
    return token


@transaction.atomic
def end_address(*, by: User) -> bool:
    """Take the address of the own calendar back; whether there was one."""
    ended, _kinds = CalendarAddress.objects.filter(person=by).delete()
    if ended:
        record("calendar.address_ended", by, by=by)
    return bool(ended)
