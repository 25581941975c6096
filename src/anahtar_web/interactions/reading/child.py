"""Has a file read in a process of its own, with limits of memory and time and no network; its faults stay there."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

import anahtar_web
from anahtar_web.gate.refusals import Refused
from anahtar_web.interactions.reading.told import (
    DEEPEST,
    LARGEST_FILE,
    MEMORY,
    MOST_FILES,
    MOST_ITEMS,
    MOST_PARTS,
    SECONDS,
    SECONDS_OF_WORK,
    Told,
)

_SENTENCES: Final = {
    "empty": _("%(file)s holds no message, no calendar entry and no address card."),
    "no_kind": _("%(file)s is neither a mail (.eml, .mbox) nor a calendar (.ics) nor an address card (.vcf)."),
    "no_mail": _("%(file)s is no mail: it names neither a sender nor a date. Save the mail as .eml and drop it again."),
    "no_calendar": _("%(file)s is a damaged calendar file. Save it again from the calendar."),
    "no_cards": _("%(file)s is a damaged address card. Save it again."),
    "too_large": _("%(file)s is larger than %(most)s MB. Drop single mails instead of a whole mailbox."),
    "too_many": _("%(file)s holds more than %(items)s messages. Drop it in parts."),
    "too_many_parts": _("%(file)s has more than %(parts)s parts: no mail of a person has."),
    "too_many_files": _("%(file)s holds mails with more than %(files)s files in them. Drop it in parts."),
    "too_deep": _("%(file)s is nested deeper than %(deep)s levels, or made to overwhelm its reader. It is not taken."),
    "broke": _("%(file)s could not be read in time, or broke its reader. It is not taken."),
}
_LARGEST_ANSWER: Final = 64 << 20
_LIMITS: Final = {"memory": MEMORY, "cpu": SECONDS_OF_WORK, "files": 64}
_RUN: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from anahtar_web.interactions.reading.inside import main; main()"
)


class UnableToReadDropped(Refused):
    """A file that was dropped is not taken; the sentence says why, `code` names it."""

    code: str = ""


def refused_as(code: str, file: str) -> UnableToReadDropped:
    """Give the refusal of a code."""
    values = {"file": file, "items": MOST_ITEMS, "parts": MOST_PARTS, "files": MOST_FILES, "deep": DEEPEST}
    values["most"] = LARGEST_FILE >> 20
    refusal = UnableToReadDropped(str(_SENTENCES[code]) % values)
    refusal.code = code
    return refusal


def read(path: Path, name: str, into: Path | None = None) -> list[Told]:
    """Read a file. It may take ten seconds: not to be done while a transaction is open.

    Parameters
    ----------
    into
        An empty folder into which the files of mails are written; None: they are looked at and dropped.

    Raises
    ------
    UnableToReadDropped
        It is nothing we read, too much of it, or made to do harm.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise refused_as("too_large", name)
    answer = _ask(path, into)
    if answer is None:
        raise refused_as("broke", name)
    if "refused" in answer:
        raise refused_as(answer["refused"] if answer["refused"] in _SENTENCES else "broke", name)
    found: list[Told] = answer["items"]
    return found


def _ask(path: Path, into: Path | None) -> dict[str, Any] | None:
    here = str(Path(anahtar_web.__file__).parents[1])
    with tempfile.TemporaryDirectory(prefix="anahtar-drop-") as folder, tempfile.TemporaryFile() as told:
        out = into.absolute() if into is not None else Path(folder, "out")
        out.mkdir(exist_ok=True)
        task = {"path": str(path.absolute()), "into": str(out), "parent": os.getpid(), "limits": _LIMITS}
        try:
            done = subprocess.run(
                # -I: no user site, no PYTHON… variables, no module from the current folder.
                [sys.executable, "-I", "-X", "utf8", "-c", _RUN, here],
                input=json.dumps(task).encode() + b"\n",
                stdout=told,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env={"LC_ALL": "C.UTF-8", "TMPDIR": folder},
                timeout=SECONDS,
                check=False,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired:
            return None
        if done.returncode or told.tell() > _LARGEST_ANSWER:
            return None
        told.seek(0)
        try:
            answer = json.load(told)
        except ValueError:
            return None
    return answer if isinstance(answer, dict) else None
