"""Whom a page may be about."""

from django.conf import settings
from django.http import Http404

from anahtar_web.people.cast import CAST
from anahtar_web.people.models import User


def person_for(pk: int) -> User:
    """Give somebody; colleagues are no secret to colleagues (`Right.SEE_PEOPLE`)."""
    person = User.objects.filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


def demo_only() -> None:
    """Be absent outside the demo."""
    if not settings.DEMO:
        raise Http404


def member_for(pk: int) -> User:
    """Give one of the demo's cast; nobody else is ever signed in without a password."""
    demo_only()
    person = User.objects.filter(pk=pk, is_active=True, email__in=[member.email for member in CAST]).first()
    if person is None:
        raise Http404
    return person
