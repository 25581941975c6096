"""Sessions that are over leave the database."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone


@transaction.atomic
def forget_ended_sessions() -> int:
    """Delete sessions that are past their end, and the lines about those that are gone; returns how many sessions."""
    ended, _kinds = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return ended
