"""Asks ClamAV about a file before it is kept, where the installation has one (`ANAHTAR_CLAMAV`).

What could not be asked about is not kept: a scanner that is down must not be a way past it.
"""

import socket
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from anahtar_web.gate.refusals import Refused

_WAIT: Final = 30.0
_PIECE: Final = 1 << 16
_LONGEST_ANSWER: Final = 4096


class UnableToPass(Refused):
    """The scanner found something, or could not be asked."""


def scan(path: Path) -> None:
    """Send a file through the scanner.

    Raises
    ------
    UnableToPass
        It holds something harmful, or the scanner does not answer.
    """
    if not settings.CLAMAV:
        return
    try:
        answer = _asked(path)
    except OSError as error:
        raise UnableToPass(
            _("The virus scanner does not answer, so the file was not kept. Tell whoever looks after this machine.")
        ) from error
    if answer.endswith(" FOUND"):
        found = answer.removeprefix("stream:").removesuffix("FOUND").strip()[:80]
        raise UnableToPass(_("The virus scanner found %(found)s. The file was not kept.") % {"found": found})
    if answer != "stream: OK":
        raise UnableToPass(_("The virus scanner could not look through the file, so it was not kept."))


def _asked(path: Path) -> str:
    """Speak INSTREAM: pieces with their length before them, the last one of length zero."""
    with _connected() as line, path.open("rb") as file:
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(_PIECE):
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
            if not (more := line.recv(_LONGEST_ANSWER)):
                break
            answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected() -> socket.socket:
    if settings.CLAMAV.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_WAIT)
        try:
            line.connect(settings.CLAMAV)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = settings.CLAMAV.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_WAIT)
