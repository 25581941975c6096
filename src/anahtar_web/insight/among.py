"""Rows of some thousand accounts, by their keys as one value."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, F, Func


class Among(Func):
    """Whether a column is one of many whole numbers: `filter(Among("account", keys))`.

    What `account__in=keys` says; that one binds each key by itself, and to a thousand of them Django and the database's
    parser give ten milliseconds.
    """

    output_field = BooleanField()

    def __init__(self, column: str, keys: Sequence[int]) -> None:
        super().__init__(F(column))
        self.written = ",".join(map(str, keys))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        """One array."""
        column, values = compiler.compile(self.source_expressions[0])
        return f"{column} = ANY(%s::bigint[])", (*values, f"{{{self.written}}}")

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        """One list in JSON."""
        column, values = compiler.compile(self.source_expressions[0])
        return f"{column} IN (SELECT value FROM json_each(%s))", (*values, f"[{self.written}]")
