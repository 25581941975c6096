"""What the walled process tells of a file, and how much a file may hold. Knows no Django."""

from typing import Any, Final

Told = dict[str, Any]
"""One message, entry or card, as plain values."""

MOST_ITEMS: Final = 200
"""Messages of a mailbox, entries of a calendar, cards of a file."""
MOST_PARTS: Final = 200
MOST_FILES: Final = 500
"""Inside all messages of a file."""
DEEPEST: Final = 12
MOST_PEOPLE: Final = 100
LONGEST_TEXT: Final = 20_000
LONGEST_LINE: Final = 300
LARGEST_FILE: Final = 25 << 20
MEMORY: Final = 1 << 30
SECONDS_OF_WORK: Final = 5
SECONDS: Final = 10
"""Whoever dropped the file waits so long at most; a real one takes a third of a second."""


class Unreadable(Exception):
    """The file is refused; `code` names the sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def line(text: Any, longest: int = LONGEST_LINE) -> str:
    """Give a text in one line, without signs that nobody sees."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(text or "")).split())[:longest]


def lines(text: Any) -> str:
    """Give a text with its line breaks, without other signs that nobody sees."""
    kept = str(text or "").replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in kept)
    rows = [row.rstrip() for row in clean.split("\n")]
    found = "\n".join(row for at, row in enumerate(rows) if row or (at and rows[at - 1]))
    return found.strip()[:LONGEST_TEXT]


def person(name: Any, address: Any) -> list[str] | None:
    """Give name and address of somebody; None where there is no address."""
    clean = line(address, 320).lower().removeprefix("mailto:")
    return [line(name, 200), clean] if "@" in clean and " " not in clean else None
