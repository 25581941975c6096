"""Text of the ledger in a spreadsheet: shown, never obeyed.

A customer may be called `=HYPERLINK(…)` or `@SUM(A1)`, by accident or on purpose. A spreadsheet that opens a CSV
takes such a cell for a formula, quoted or not (CWE-1236). In a workbook cells carry their type, so there it is enough
to write text as text and to keep out what XML forbids.
"""

import re
from typing import Final

_MARK: Final = "'"

_INVISIBLE: Final = r"\s\x00-\x1f\u200b-\u200f\u2060\ufeff"
_COMMAND: Final = re.compile(rf"[{_INVISIBLE}{_MARK}]*[=+\-@\u2212\uff0b\uff0d\uff1d\uff20]|[{_MARK}]*[\t\r\n]")
"""What a spreadsheet may take for the beginning of a formula, behind blanks, invisible signs and our own marks."""

_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CELL_LIMIT: Final = 32_767


def guarded(text: str) -> str:
    """The text for a CSV cell: an apostrophe goes before whatever a spreadsheet could obey.

    Examples
    --------
    >>> guarded("=1+1"), guarded("Çelik A.Ş."), guarded("'=1+1")
    ("'=1+1", 'Çelik A.Ş.', "''=1+1")
    """
    return _MARK + text if _COMMAND.match(text) else text


def unguarded(text: str) -> str:
    """The original of a guarded text; `unguarded(guarded(text)) == text` for every text."""
    return text[1:] if text.startswith(_MARK) and _COMMAND.match(text[1:]) else text


def printable(text: str) -> str:
    """The text for a workbook cell: control characters by their pictures (␀), halves of characters by �, cut to fit.

    XML has no way to write them; one such name would make the whole file "damaged, repair?".
    """
    return _UNPRINTABLE.sub(_picture, text)[:_CELL_LIMIT]


def _picture(found: re.Match[str]) -> str:
    code = ord(found.group())
    return chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"
