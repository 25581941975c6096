"""The mappings kept for the next export of a source."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from anahtar.ledger.files.wire import options_from_json
from anahtar.words import Message
from anahtar_web.gate.rights import Right
from anahtar_web.ledgers.models import SavedMapping
from anahtar_web.ledgers.queries import mappings


@dataclass(frozen=True, slots=True)
class Row:
    """One saved mapping: role and column, and how often it was used."""

    mapping: SavedMapping
    columns: Sequence[tuple[Message, str]]
    used: int


@dataclass(frozen=True, slots=True)
class MappingsPage:
    """Every saved mapping."""

    rows: Sequence[Row]
    may_import: bool

    @classmethod
    def build(cls, *, user: Any) -> Self:
        """Gather the page."""
        return cls([_row(mapping) for mapping in mappings()], user.may(Right.IMPORT))


def _row(mapping: SavedMapping) -> Row:
    columns = options_from_json(mapping.options).columns
    told = [(role.label, header) for role, header in columns.items() if header]
    return Row(mapping, told, mapping.used)  # type: ignore[attr-defined]  # annotated by the query
