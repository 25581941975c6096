"""What is done again and again, by one worker of all."""

import logging
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from anahtar_web.jobs.models import Round
from anahtar_web.jobs.registry import CHORES, Chore

log = logging.getLogger("anahtar.jobs")


def do_chores() -> list[str]:
    """Do what is due; returns the names of what this process has done."""
    return [chore.name for chore in CHORES.values() if _begin(chore) and _do(chore)]


def _begin(chore: Chore) -> bool:
    """Say in one statement that the chore is begun now, if it is due: of two workers one finds it so."""
    due = Q(begun_at__lte=Now() - timedelta(seconds=chore.seconds))
    # Begun in the future: the clock was set back, and would keep the chore from being done until it is there again.
    ahead = Q(begun_at__gt=Now() + timedelta(seconds=chore.seconds))
    row = Round.objects.filter(name=chore.name)
    if not row.exists():
        return Round.objects.get_or_create(name=chore.name, defaults={"begun_at": Now()})[1]
    return row.filter(due | ahead).exists() and row.filter(due | ahead).update(begun_at=Now()) == 1


def _do(chore: Chore) -> bool:
    try:
        chore.run()
    except Exception:  # one broken chore must not keep the others from being done
        log.exception("chore %s failed; it is tried again in %s seconds", chore.name, chore.seconds)
        return False
    return True
