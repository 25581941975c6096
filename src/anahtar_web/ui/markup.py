"""Writing pieces of HTML in Python."""

from html import escape
from typing import Any

from django.utils.safestring import SafeString


def markup(pattern: str, *values: Any, **named: Any) -> SafeString:
    """Fill a piece of HTML; every value is escaped unless it is marked as safe.

    What `format_html` does, at a third of its time: that one asks of every value whether it is lazy, and a page of the
    accounts table has three thousand of them.
    """
    filled = [_escaped(value) for value in values]
    return SafeString(pattern.format(*filled, **{name: _escaped(value) for name, value in named.items()}))


def _escaped(value: Any) -> str:
    return value if isinstance(value, SafeString) else escape(str(value))
