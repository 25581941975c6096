"""The digest of an entry and the check of the whole chain."""

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from anahtar_web.audit.models import Entry

_TOLD: Final = (
    *("by_id", "by_name", "verb", "target_type", "target_id", "target_name", "account_id"),
    *("before", "after", "reason", "address", "path", "previous"),
)

_EXACT: Final = 1e16
"""From here on Python writes a float with an exponent, and every float is a whole number."""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """An entry that is not what was written, or that is missing before this one."""

    entry_id: int
    altered: bool
    """Whether the entry itself was changed; otherwise the one before it is missing or was changed."""


def digest(entry: Entry) -> str:
    """SHA-256 over everything the entry tells and the digest of the one before."""
    told = {name: getattr(entry, name) for name in _TOLD} | {"at": entry.at.isoformat()}
    text = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """Give values the way every database gives them back, or the digest of an entry would not fit what is read.

    PostgreSQL keeps numbers of JSON as decimals: 1e22 comes back as a whole number, and no zero is below zero.
    """
    if isinstance(value, dict):
        return {name: plain(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [plain(held) for held in value]
    if isinstance(value, float) and math.isfinite(value):
        return int(value) if abs(value) >= _EXACT else value + 0.0
    return value


def broken_links() -> Iterator[BrokenLink]:
    """Walk the chain from its first entry and name every break."""
    previous = ""
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
        if digest(entry) != entry.digest:
            yield BrokenLink(entry.pk, altered=True)
        elif entry.previous != previous:
            yield BrokenLink(entry.pk, altered=False)
        previous = entry.digest
