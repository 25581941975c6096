"""The journal of erasures: a file beside the database, one line per person, without a name.

A backup is older than what was erased after it. So the journal is not restored with the database but kept, and
everybody in it is erased again after every restore (`actions.replay`).
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from anahtar.ledger.store import durable
from anahtar_web.gate.refusals import Refused

NAME: Final = "erasures.jsonl"


class UnableToReadJournal(Refused):
    """A line of the journal is none."""

    def __init__(self, path: Path, number: int) -> None:
        super().__init__(
            _("Line %(number)s of %(path)s is not as it was written. Take the journal from another place.")
            % {"number": number, "path": path}
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One erased person.

    Parameters
    ----------
    written_at
        When the person was written down, as ISO time.
    files
        Documents that went with the person: key and digest of each.
    places
        Cells of which somebody said that a name in them, or a part of it, is the person's.
    """

    at: str
    stakeholder: int
    written_at: str
    account: int
    files: tuple[tuple[int, str], ...] = ()
    places: tuple[str, ...] = ()

    @property
    def who(self) -> tuple[int, str]:
        """What tells the person from any other."""
        return self.stakeholder, self.written_at

    @property
    def moment(self) -> datetime:
        """When the person was written down."""
        return datetime.fromisoformat(self.written_at)


def file() -> Path:
    """Tell where the journal lies."""
    return Path(settings.ERASURES) if settings.ERASURES else settings.DATA / NAME


def append(line: Line) -> None:
    """Write a line, so that a power cut does not lose it."""
    path = file()
    new = not path.exists()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as journal:
        journal.write(json.dumps(asdict(line), sort_keys=True).encode() + b"\n")
        journal.flush()
        os.fsync(journal.fileno())
    if new:
        durable.sync(path.parent)


def read(path: Path) -> list[Line]:
    """Read a journal; empty where there is none. A last line without its end was never acknowledged.

    Raises
    ------
    UnableToReadJournal
        A line makes no sense.
    """
    if not path.exists():
        return []
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1].splitlines()
    return [_line(path, number, text) for number, text in enumerate(whole, 1)]


def merge(lines: Iterable[Line]) -> None:
    """Add the lines of another journal to ours, those that are missing."""
    known = {line.who for line in read(file())}
    for line in lines:
        if line.who not in known:
            append(line)
            known.add(line.who)


def _line(path: Path, number: int, text: bytes) -> Line:
    try:
        told: dict[str, Any] = json.loads(text)
        files = tuple((int(key), str(digest)) for key, digest in told["files"])
        datetime.fromisoformat(told["written_at"])
        places = tuple(str(place) for place in told.get("places", ()))
        return Line(
            str(told["at"]), int(told["stakeholder"]), str(told["written_at"]), int(told["account"]), files, places
        )
    except (ValueError, TypeError, KeyError) as error:
        raise UnableToReadJournal(path, number) from error
