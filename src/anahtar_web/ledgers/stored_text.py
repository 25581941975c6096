"""Text of a file in the database: PostgreSQL keeps neither NUL nor halves of characters, in text or in JSON."""

from typing import Any

from anahtar.report.harmless import printable


def storable(value: Any) -> Any:
    """Give plain values with control characters by their pictures (␀), the same on every database."""
    match value:
        case str():
            return printable(value)
        case dict():
            return {str(storable(key)): storable(content) for key, content in value.items()}
        case list() | tuple():
            return [storable(content) for content in value]
    return value
