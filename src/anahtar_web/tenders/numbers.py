"""Numbers as people type them, in the signs of their language."""

import re
from decimal import Decimal
from typing import Final

_BLANKS: Final = re.compile(r"[\s\u00a0\u202f'’]")


def typed_number(text: str, language: str) -> Decimal | None:
    """Read a number; None where it is none, or has two readings of which the language knows neither.

    Turkish writes 1.250,50 and English 1,250.50. What fits only the other way is read that way: a Turkish reader who
    pastes 1250.50 from a file means twelve hundred and fifty.
    """
    decimal, group = (",", ".") if language.startswith("tr") else (".", ",")
    bare = _BLANKS.sub("", text)
    return _read(bare, decimal, group) or _read(bare, group, decimal)


def _read(text: str, decimal: str, group: str) -> Decimal | None:
    d, g = re.escape(decimal), re.escape(group)
    if not re.fullmatch(rf"(?:\d{{1,3}}(?:{g}\d{{3}})+|\d+)(?:{d}\d+)?", text, re.A) or len(text) > 24:
        return None
    return Decimal(text.replace(group, "").replace(decimal, "."))
