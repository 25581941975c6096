"""What was dropped, or fetched and is nobody's: read, and kept until somebody says what becomes of it."""

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.interactions.actions.enclosing import Looked, drop_folders, look_at, new_folder, path_of, sweep
from anahtar_web.interactions.models import Dropped
from anahtar_web.interactions.reading.child import read
from anahtar_web.people.models import User

FORGOTTEN_AFTER: Final = timedelta(days=1)
MAILS_FORGOTTEN_AFTER: Final = timedelta(days=30)
"""Of the mail folder: they lie there, and in the folder they were moved to."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds; the files of its mails lie in a folder (`enclosing`)."""

    name: str
    items: list[dict[str, Any]]
    folder: str


def open_dropped(*, path: Path, name: str) -> Opened:
    """Have a file read by a process of its own. It may take ten seconds: not while a transaction is open.

    Raises
    ------
    UnableToReadDropped
        It is nothing we read, too much of it, or made to do harm.
    """
    folder = new_folder()
    try:
        items = read(path, name, path_of(folder))
    except BaseException:
        shutil.rmtree(path_of(folder), ignore_errors=True)
        raise
    return Opened(name, items, folder)


@transaction.atomic
def keep_dropped(
    *, opened: Opened, account: Account | None = None, by: User | None, from_folder: bool = False
) -> Dropped:
    """Keep what a file holds until somebody says what becomes of it."""
    told = {"name": opened.name[:200], "items": opened.items, "folder": opened.folder}
    made: Dropped = Dropped.objects.create(account=account, by=by, from_folder=from_folder, **told)
    return made


def look_through(dropped: Dropped, places: Sequence[int]) -> dict[int, list[Looked]]:
    """Check the files of the mails at some places. Not while a transaction is open."""
    return {at: look_at(dropped.folder, dropped.items[at]) for at in places if at < len(dropped.items)}


@transaction.atomic
def forget_dropped() -> int:
    """Forget files of which nobody has said in time what becomes of them; returns how many."""
    now = timezone.now()
    mine = Q(from_folder=False, at__lt=now - FORGOTTEN_AFTER)
    stale = Dropped.objects.filter(mine | Q(from_folder=True, at__lt=now - MAILS_FORGOTTEN_AFTER))
    gone = forget_some(list(stale.values_list("pk", flat=True)))
    sweep(set(Dropped.objects.values_list("folder", flat=True)))
    return gone


@transaction.atomic
def forget_some(keys: Collection[int]) -> int:
    """Forget files with all that came inside them; returns how many there were."""
    gone = dict(Dropped.objects.filter(pk__in=keys).values_list("pk", "folder"))
    Dropped.objects.filter(pk__in=gone).delete()
    drop_folders(gone.values())
    return len(gone)
