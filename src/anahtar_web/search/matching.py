"""How each database finds words: by their beginnings, all of them, in its own index.

What a person typed comes in as a parameter, made of letters and digits only (`words.asked`).
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, F, Func

VECTOR = "(setweight(to_tsvector('simple', {title}), 'A') || setweight(to_tsvector('simple', {body}), 'B'))"
"""PostgreSQL's index is over this expression; a question in other words would not find the index."""


class Holds(Func):
    """Whether a text holds words that begin with each of those asked for."""

    output_field = BooleanField()

    def __init__(self, words: Sequence[str], **extra: Any) -> None:
        super().__init__(F("pk"), F("title_key"), F("body_key"), **extra)
        self.words = tuple(words)

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, tuple[str | int, ...]]:
        """Ask the FTS5 table beside ours."""
        key, _none = compiler.compile(self.source_expressions[0])
        asked = " ".join(f'"{word}"*' for word in self.words)
        return f"{key} IN (SELECT rowid FROM search_index WHERE search_index MATCH %s)", (asked,)

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[str]]:
        """Ask the GIN index."""
        _key, (title, _no), (body, _nothing) = (compiler.compile(part) for part in self.source_expressions)
        asked = " & ".join(f"'{word}':*" for word in self.words)
        return f"{VECTOR.format(title=title, body=body)} @@ to_tsquery('simple', %s)", [asked]
