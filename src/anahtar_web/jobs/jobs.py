"""Chores of the rooms below, which do not know of chores."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from anahtar_web.audit.actions import anchor
from anahtar_web.gate.once import forget_old
from anahtar_web.jobs.registry import every
from anahtar_web.people.actions import forget_ended_sessions


@every(3600, "gate.forget_old_forms")
def forget_old_forms() -> None:
    """Forget the tokens of forms sent long ago."""
    forget_old()


@every(86400, "jobs.forget_old_runs")
def forget_old_runs() -> None:
    """Forget the queue's rows of runs that ended a week ago; the jobs themselves stay."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - timedelta(days=7)).delete()


@every(3600, "audit.anchor")
def anchor_trail() -> None:
    """Write down beside the database where the audit trail ends now."""
    anchor(settings.DATA)


@every(86400, "people.forget_ended_sessions")
def forget_sessions() -> None:
    """Drop sessions that are past their end."""
    forget_ended_sessions()
