"""Mappings kept by the name of their source, for its next export."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from anahtar.ledger.columns.folding import fold
from anahtar.ledger.files.wire import options_from_json, options_to_json
from anahtar.ledger.options import ReadOptions
from anahtar_web.audit.actions import record
from anahtar_web.ledgers.models import SavedMapping
from anahtar_web.ledgers.queries import mapping_for

if TYPE_CHECKING:
    from anahtar.ledger.peek import Peek


def signature_of(header: Sequence[str]) -> str:
    """Name a row of headings, whatever their case, accents and blanks; empty where there are none."""
    folded = [fold(text) for text in header]
    return hashlib.sha256("\n".join(folded).encode()).hexdigest() if any(folded) else ""


def header_of(peek: "Peek") -> list[str]:
    """Give the headings by which an import is recognised: those of its first table."""
    return [column.header for column in peek.sheets[0].columns] if peek.sheets else []


@transaction.atomic
def save_mapping(*, name: str, header: Sequence[str], options: ReadOptions, by: Any) -> SavedMapping:
    """Keep how a source is read, under its name; what was kept under that name before is replaced.

    What belongs to one file only (which rows are left out, which days) is not part of it.
    """
    kept = ReadOptions(
        columns=options.columns,
        decimal=options.decimal,
        date_order=options.date_order,
        encoding=options.encoding,
        delimiter=options.delimiter,
        sheet=options.sheet,
        header_row=options.header_row,
        kind=options.kind,
    )
    saved, made = SavedMapping.objects.update_or_create(
        name=name.strip(),
        defaults={"signature": signature_of(header), "options": options_to_json(kept), "by": by},
    )
    columns = {role.value: header for role, header in options.columns.items()}
    record("mapping.saved" if made else "mapping.replaced", saved, by=by, after={"columns": columns})
    return saved


@transaction.atomic
def forget_mapping(*, mapping: SavedMapping, by: Any) -> None:
    """Delete a saved mapping; imports that used it keep what they were read with."""
    record("mapping.forgotten", mapping, by=by)
    mapping.delete()


def recognised(header: Sequence[str], options: ReadOptions) -> tuple[SavedMapping, ReadOptions] | None:
    """Find the mapping saved for these headings, and give the decisions with it; None where nobody saved one.

    A person who has said anything about columns is not overruled.
    """
    if options.columns:
        return None
    saved = mapping_for(signature_of(header))
    if saved is None or options_from_json(saved.options).kind != options.kind:
        return None
    return saved, applied(saved, options)


def applied(saved: SavedMapping, options: ReadOptions) -> ReadOptions:
    """Give an import's decisions, with those of a saved mapping where the import has none of its own."""
    kept = options_from_json(saved.options)
    return replace(
        options,
        columns={**kept.columns, **options.columns},
        decimal=options.decimal or kept.decimal,
        date_order=options.date_order or kept.date_order,
        encoding=options.encoding or kept.encoding,
        delimiter=options.delimiter or kept.delimiter,
        sheet=options.sheet or kept.sheet,
        header_row=kept.header_row if options.header_row is None else options.header_row,
    )
