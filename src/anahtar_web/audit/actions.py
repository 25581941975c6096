"""Writing an entry of the trail."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

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

Listener: TypeAlias = Callable[[Entry, models.Model], None]
_LISTENERS: Final[list[Listener]] = []

Unnaming: TypeAlias = Callable[[int], Callable[[str], str]]
_UNNAMINGS: Final[list[Unnaming]] = []


def listen(listener: Listener) -> None:
    """Have a function called with each entry and its target, in the transaction that makes the change.

    What an app above keeps in step with others (the index of the search) hears of every change by it: also of those
    that are written without a signal (`save_over`, `update`), because whatever people change is recorded.
    """
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def unname(unnaming: Unnaming) -> None:
    """Have words pass a function of their account before they are written for good.

    Nobody can take a name out of the trail again: whoever may ask to be forgotten stands in it as a number.
    """
    if unnaming not in _UNNAMINGS:
        _UNNAMINGS.append(unnaming)


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
    told = _unnamed(account)
    # An account is called what the ledger calls it; what belongs to one may be called after a person.
    target_name = told(str(target)) if hasattr(target, "account_id") else str(target)
    entry = Entry(
        at=timezone.now(),
        by=by,
        by_name=str(by) if by else "",
        verb=verb,
        target_type=target._meta.model_name or "",
        target_id="" if target.pk is None else str(target.pk),
        target_name=target_name[:300],
        account_id=account,
        before=_each(plain(dict(before or {})), told),
        after=_each(plain(dict(after or {})), told),
        reason=told(reason),
        address=where.address,
        path=where.path,
        previous=last or "",
    )
    entry.search_key = fold(f"{entry.target_name} {entry.by_name} {entry.reason}")
    entry.digest = digest(entry)
    entry.save(force_insert=True)
    for listener in _LISTENERS:
        listener(entry, target)
    return entry


def _unnamed(account: int | None) -> Callable[[str], str]:
    """Give what takes the names of an account's people out of words; asked once, and only where there are words."""
    if account is None:
        return str
    known: list[Callable[[str], str]] = []

    def told(text: str) -> str:
        if not text.strip():
            return text
        if not known:
            known.extend(unnaming(account) for unnaming in _UNNAMINGS)
        for without in known:
            text = without(text)
        return text

    return told


def _each(value: Any, told: Callable[[str], str]) -> Any:
    """Let every text in plain values pass."""
    if isinstance(value, dict):
        return {name: _each(held, told) for name, held in value.items()}
    if isinstance(value, list):
        return [_each(held, told) for held in value]
    return told(value) if isinstance(value, str) else value


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
