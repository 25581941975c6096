"""The walled process: reads one file, tells what it found as JSON, and writes files out that stood inside mails.

Knows no Django.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def main() -> None:
    """Read the file the parent names on standard input."""
    from anahtar.ledger.files import walls

    task = json.loads(sys.stdin.buffer.readline())
    walls.die_with_parent(task["parent"])
    walls.leave_network()
    walls.close_in(task["limits"])
    voice = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    json.dump(_answer(Path(task["path"]), Path(task["into"])), voice)
    voice.flush()
    sys.stderr.flush()
    os._exit(0)


def _answer(path: Path, into: Path) -> dict[str, Any]:
    from anahtar_web.interactions.reading.told import MOST_FILES, MOST_ITEMS, Unreadable

    try:
        items, files = [], 0
        for told in found_in(path.read_bytes()):
            files += _write_out(told, into, files)
            items.append(told)
            if len(items) > MOST_ITEMS:
                raise Unreadable("too_many")
            if files > MOST_FILES:
                raise Unreadable("too_many_files")
        if not items:
            raise Unreadable("empty")
    except Unreadable as refused:
        return {"refused": refused.code}
    except (MemoryError, RecursionError):
        return {"refused": "too_deep"}
    return {"items": items}


def _write_out(told: dict[str, Any], into: Path, number: int) -> int:
    """Write the files of a mail beside each other, under numbers from one on; what is told is name and size."""
    files = told.get("attachments", ())
    for at, one in enumerate(files, number):
        content: bytes = one.pop("content")
        (into / str(at)).write_bytes(content)
        one |= {"file": str(at), "size": len(content)}
    return len(files)


def found_in(content: bytes) -> Iterator[dict[str, Any]]:
    """Tell by its content what a file is, and read it."""
    from anahtar_web.interactions.reading.told import Unreadable

    start = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:200]
    if not start:
        raise Unreadable("empty")
    if start.upper().startswith(b"BEGIN:VCALENDAR"):
        from anahtar_web.interactions.reading.calendars import calendar

        yield from calendar(content)
    elif start.upper().startswith(b"BEGIN:VCARD"):
        from anahtar_web.interactions.reading.cards import cards

        yield from cards(content)
    elif b"\0" in content[:4096]:
        raise Unreadable("no_kind")
    else:
        from anahtar_web.interactions.reading.mails import mail, mailbox

        yield from mailbox(content) if start.startswith(b"From ") else iter([mail(content.lstrip(b"\r\n"))])
