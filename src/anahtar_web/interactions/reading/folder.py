"""A folder of a mail server: which messages are in it, each as bytes, and moving one that was read."""

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from django.utils.translation import gettext as _

from anahtar_web.config.mail import Imap
from anahtar_web.gate.refusals import Refused

_SECONDS: Final = 10.0
_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")
_NOT_ASCII: Final = re.compile(r"[^\x20-\x7e]+")


class UnableToReadFolder(Refused):
    """The mail server does not let us at the folder; the sentence says why."""


class Folder:
    """An open folder. Without a folder to move to it is opened for reading only: no message is marked as read."""

    def __init__(self, line: imaplib.IMAP4, settings: Imap) -> None:
        self._line, self._settings = line, settings
        self._say("SELECT", line.select(_quoted(settings.folder), readonly=not settings.move_to))
        _kind, told = line.response("UIDVALIDITY")
        self.uidvalidity = int(told[0] or 0) if told else 0
        if settings.move_to:
            self._refuse_moving()

    def after(self, uid: int) -> list[int]:
        """Give the numbers of the messages after one, in their order."""
        [told] = self._say("SEARCH", self._line.uid("SEARCH", f"UID {uid + 1}:*"))
        # "7:*" also means the last message where there is none from 7 on.
        return sorted(number for text in (told or b"").split() if (number := int(text)) > uid)

    def size(self, uid: int) -> int:
        """Give how long a message is; 0: it is gone."""
        told = self._say("FETCH", self._line.uid("FETCH", str(uid), "(RFC822.SIZE)"))
        found = _SIZE.search(b" ".join(part for part in told if isinstance(part, bytes)))
        return int(found[1]) if found else 0

    def content(self, uid: int) -> bytes:
        """Give a message without marking it as read; empty: it is gone."""
        told = self._say("FETCH", self._line.uid("FETCH", str(uid), "(BODY.PEEK[])"))
        return next((part[1] for part in told if isinstance(part, tuple)), b"")

    def move(self, uid: int) -> None:
        """Move a message that was read to where the settings say."""
        target = _quoted(self._settings.move_to)
        if "MOVE" in self._line.capabilities:
            self._say("MOVE", self._line.uid("MOVE", str(uid), target))
            return
        self._say("COPY", self._line.uid("COPY", str(uid), target))
        self._say("STORE", self._line.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)"))
        self._say("EXPUNGE", self._line.uid("EXPUNGE", str(uid)))

    def _refuse_moving(self) -> None:
        """Say before anything is read that nothing could be moved: without UIDPLUS mails of others would go, too."""
        if not {"MOVE", "UIDPLUS"} & set(self._line.capabilities):
            raise UnableToReadFolder(_("The mail server cannot move single mails. Leave ANAHTAR_IMAP_MOVE_TO empty."))
        self._say("STATUS", self._line.status(_quoted(self._settings.move_to), "(MESSAGES)"), self._settings.move_to)

    def _say(self, what: str, answer: tuple[str, list[Any]], folder: str = "") -> list[Any]:
        status, told = answer
        if status == "OK":
            return told
        why = b" ".join(part for part in told if isinstance(part, bytes)).decode("utf-8", "replace")[:200]
        values = {"what": what, "folder": folder or self._settings.folder, "why": why}
        raise UnableToReadFolder(_("The mail server refuses %(what)s in the folder %(folder)s: %(why)s") % values)


@contextmanager
def opened(settings: Imap) -> Iterator[Folder]:
    """Open the folder that the settings name.

    Raises
    ------
    UnableToReadFolder
        The server is not there, is another one than it says, or does not let us in.
    """
    line = _connected(settings)
    try:
        _sign_in(line, settings)
        yield Folder(line, settings)
    except (imaplib.IMAP4.error, OSError) as error:
        raise UnableToReadFolder(
            _("The mail server %(host)s broke off: %(why)s") % {"host": settings.host, "why": str(error)[:200]}
        ) from error
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            line.logout()


def _connected(settings: Imap) -> imaplib.IMAP4:
    try:
        if settings.tls:
            context = ssl.create_default_context()
            return imaplib.IMAP4_SSL(settings.host, settings.port, ssl_context=context, timeout=_SECONDS)
        return imaplib.IMAP4(settings.host, settings.port, timeout=_SECONDS)
    except (imaplib.IMAP4.error, OSError) as error:
        values = {"host": settings.host, "port": settings.port, "why": str(error)[:200]}
        raise UnableToReadFolder(
            _("The mail server %(host)s:%(port)s does not answer as it should: %(why)s") % values
        ) from error


def _sign_in(line: imaplib.IMAP4, settings: Imap) -> None:
    try:
        if "AUTH=PLAIN" in line.capabilities:
            line.authenticate("PLAIN", lambda _asked: f"\0{settings.user}\0{settings.password}".encode())
        else:
            line.login(_in_quotes(settings.user), settings.password)
    except (imaplib.IMAP4.error, UnicodeError) as error:
        values = {"host": settings.host, "user": settings.user}
        raise UnableToReadFolder(
            _("The mail server %(host)s does not let %(user)s in. Look at ANAHTAR_IMAP_USER and _PASSWORD.") % values
        ) from error
    # What a server can do it may tell only to whom it knows.
    _status, told = line.capability()
    line.capabilities = tuple((told[0] or b"").decode("ascii", "replace").upper().split())


def _quoted(folder: str) -> str:
    """Write the name of a folder as servers do: letters beyond ASCII in their own UTF-7."""
    plain = _NOT_ASCII.sub(lambda found: _encoded(found[0]), folder.replace("&", "&-"))
    return _in_quotes(plain)


def _in_quotes(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _encoded(text: str) -> str:
    return "&" + base64.b64encode(text.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"
