"""Copies of the database that were made before it was changed hold whoever is erased now: they go with the person."""

from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from anahtar_web.operations.preparing import COPIES
from anahtar_web.privacy.holders import Holder, register
from anahtar_web.stakeholders.models import Stakeholder


def drop_copies(_who: Stakeholder) -> int:
    """Delete them once the erasure is written; how many there are."""
    copies = sorted((settings.DATA / COPIES).glob("*.sqlite3"))
    for copy in copies:
        transaction.on_commit(partial(Path.unlink, copy, missing_ok=True), robust=True)
    return len(copies)


register(Holder("copies", _("Copies of the database from before a change of its form"), drop_copies))
