"""Somebody has read what changed."""

from django.db import transaction

from anahtar_web.audit.actions import record
from anahtar_web.insight.models import Look, Run
from anahtar_web.people.models import User


@transaction.atomic
def look(*, run: Run, by: User) -> Look:
    """Note up to which analysis a person has read; a page that was open for long takes nothing back."""
    kept, made = Look.objects.select_for_update().get_or_create(person=by, defaults={"run": run})
    if made or kept.run_id < run.pk:
        kept.run = run
        kept.save()
        record("run.looked", run, by=by, after={"as_of": run.as_of.isoformat() if run.as_of else None})
    return kept
