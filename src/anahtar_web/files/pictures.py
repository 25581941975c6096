"""Pictures are drawn anew before they are kept, by a process that may die of them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from anahtar.ledger.store import durable
from anahtar_web.files import redraw
from anahtar_web.gate.refusals import Refused

_LONGEST: Final = 40.0
_ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}


class UnableToDraw(Refused):
    """The picture is none, or too large to be drawn."""


def drawn_anew(path: Path, media_type: str, *, side: int = 0) -> Path:
    """Give a new file with the pixels of a picture and nothing else; the one that came is deleted.

    Parameters
    ----------
    side
        Pixels that the longer side of a small PNG has at most; 0: it stays as large and of its kind.

    Raises
    ------
    UnableToDraw
        It is no picture, or has more pixels than any photograph.
    """
    target = path.with_name(f"{path.name}.drawn")
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        _draw(path, target, media_type, side)
        durable.sync(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    path.unlink()
    return target


def _draw(path: Path, target: Path, media_type: str, side: int) -> None:
    command = [sys.executable, "-I", redraw.__file__, str(path), str(target), media_type, str(side)]
    try:
        ended = subprocess.run(
            command,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_LONGEST,
            check=False,
            cwd=path.parent,
        ).returncode
    except subprocess.TimeoutExpired:
        ended = redraw.TOO_LARGE
    if ended == redraw.NO_PICTURE:
        raise UnableToDraw(_("The picture is damaged. Save it anew and try again."))
    if ended != 0:
        raise UnableToDraw(_("The picture is too large. Make it smaller than 80 million pixels and try again."))
