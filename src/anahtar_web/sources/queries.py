"""Reading sources and what was pulled of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from anahtar.ledger.files.wire import options_from_json
from anahtar.ledger.options import ReadOptions
from anahtar_web.audit.models import Entry
from anahtar_web.ledgers.models import Import, State
from anahtar_web.ledgers.queries import completed
from anahtar_web.sources.models import Source

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHOWN: Final = 12
"""Imports and changes of a source that are listed on its page."""


def sources() -> "QuerySet[Source]":
    """Every source, by name, with what its last refresh brought."""
    return Source.objects.select_related("job", "brought", "by")


def options_of(source: Source) -> ReadOptions:
    """Give how a source is read: as it was decided, with what the company says where nobody did."""
    return completed(None, options_from_json(source.options))


def imports_of(source: Source) -> Sequence[Import]:
    """Give what was pulled of a source, the latest first."""
    found = Import.objects.filter(table=source.address.source).select_related("by", "imported_by").order_by("-pk")
    return list(found[:SHOWN])


def entries_of(source: Source) -> "QuerySet[Entry]":
    """Give the last changes of a source."""
    return Entry.objects.filter(target_type="source", target_id=str(source.pk)).order_by("-id")[:SHOWN]


def open_import(source: Source) -> Import | None:
    """Give the import of a source that is on its way into the ledger, or out of it."""
    under_way = (State.CHECKED, State.IMPORTING, State.TAKING_BACK)
    return Import.objects.filter(table=source.address.source, state__in=under_way).order_by("pk").first()


def is_followed(source: Source) -> bool:
    """Whether the schedule refreshes a source: from its first import on, unless somebody took the last one back."""
    return has_begun(source) and was_taken_back(source) is None


def has_begun(source: Source) -> bool:
    """Whether something of a source was ever brought into the ledger."""
    return Import.objects.filter(table=source.address.source, imported_at__isnull=False).exists()


def was_taken_back(source: Source) -> Import | None:
    """Give the last import of a source where somebody took it back or cancelled it; None where nobody did."""
    last = Import.objects.filter(table=source.address.source).order_by("-pk").first()
    return last if last is not None and last.state in (State.TAKEN_BACK, State.CANCELLED) else None
