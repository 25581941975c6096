"""Writing an entry of the trail."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.db import connection, models, transaction
from django.utils import timezone

from anahtar_web.audit.anchors import FILE, Anchor, append
from anahtar_web.audit.anchors import anchors as kept_anchors
from anahtar_web.audit.chain import digest, plain
from anahtar_web.audit.models import Entry
from anahtar_web.audit.where import here
from anahtar_web.ui.text import fold

_CHAIN_LOCK: Final = 20_261_126
"""Any number; PostgreSQL's advisory lock of the chain."""


@transaction.atomic
def record(
    verb: str,
    target: models.Model,
    *,
    by: Any,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    account: int | None = None,
) -> Entry:
    """Put a change on the trail, in the transaction that makes it.

    Parameters
    ----------
    verb
        `noun.happened`, declared with its words in `audit/verbs.py`.
    target
        The row that changed.
    by
        Who did it; None for the program itself.
    before, after
        Only what differs; plain values (text, numbers, None, lists), never secrets.
    account
        Primary key of the account the change belongs to.
    """
    hold_chain()
    last = Entry.objects.order_by("-id").values_list("digest", flat=True).first()
    where = here.get()
    entry = Entry(
        at=timezone.now(),
        by=by,
        by_name=str(by) if by else "",
        verb=verb,
        target_type=target._meta.model_name or "",
        target_id="" if target.pk is None else str(target.pk),
        target_name=str(target)[:300],
        account_id=account,
        before=plain(dict(before or {})),
        after=plain(dict(after or {})),
        reason=reason,
        address=where.address,
        path=where.path,
        previous=last or "",
    )
    entry.search_key = fold(f"{entry.target_name} {entry.by_name} {reason}")
    entry.digest = digest(entry)
    entry.save(force_insert=True)
    return entry


def hold_chain() -> None:
    """Let one entry follow the other, until the transaction ends. SQLite's writers wait for each other anyhow."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Keep what differs: the before and the after of an entry."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in changed}, {name: after[name] for name in changed}


def anchor(folder: Path) -> Anchor | None:
    """Write down in a folder where the trail ends now; None where it has not grown since the last time."""
    last = Entry.objects.order_by("-id").values_list("id", "digest").first()
    path = folder / FILE
    kept = kept_anchors(path)
    if last is None or (kept and kept[-1].entry_id == last[0]):
        return None
    made = Anchor(timezone.now().isoformat(timespec="seconds"), *last)
    append(path, made)
    return made
