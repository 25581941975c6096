"""Where mail goes: to a server, or, where none is named, into files that a person can open. And where it comes from."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from anahtar_web.config.environment import Environment, UnableToStart

_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def mail(url: str, data: Path) -> dict[str, Any]:
    """Django's mail settings for an address such as smtp://user:password@host:587.

    Raises
    ------
    UnableToStart
        The address is none of a mail server.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": data / "mail"}
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise UnableToStart("ANAHTAR_SMTP_URL has to look like smtp://user:password@host:587 (smtps:// for TLS).")
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        # A password never travels in the clear.
        "EMAIL_USE_TLS": not secure and bool(parts.username),
    }


@dataclass(frozen=True, slots=True)
class Imap:
    """A folder of a mail server, and what becomes of the mails in it.

    Parameters
    ----------
    move_to
        Folder to which what was read is moved; empty: nothing in the folder is changed.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    move_to: str = ""
    tls: bool = True
    minutes: int = 5

    @property
    def name(self) -> str:
        """What the folder is called where its state is kept."""
        return f"{self.user}@{self.host}/{self.folder}"


def imap(environment: Environment) -> Imap | None:
    """Read which folder is looked into; None: none is.

    Raises
    ------
    UnableToStart
        Somebody has to sign in there and nobody is named, or the password would travel in the clear.
    """
    found = Imap(
        host=environment.text("IMAP_HOST"),
        port=environment.between("IMAP_PORT", 1, 65535),
        user=environment.text("IMAP_USER"),
        password=environment.text("IMAP_PASSWORD"),
        folder=environment.text("IMAP_FOLDER"),
        move_to=environment.text("IMAP_MOVE_TO"),
        tls=environment.flag("IMAP_TLS"),
        minutes=environment.between("IMAP_MINUTES", 1, 1440),
    )
    if not found.host:
        return None
    if not found.user or not found.password or not found.folder:
        raise UnableToStart("ANAHTAR_IMAP_HOST needs ANAHTAR_IMAP_USER, ANAHTAR_IMAP_PASSWORD and ANAHTAR_IMAP_FOLDER.")
    if found.folder == found.move_to:
        raise UnableToStart("ANAHTAR_IMAP_MOVE_TO names the folder that is read. Name another one, or none.")
    if not found.tls and found.host not in _HERE:
        raise UnableToStart("ANAHTAR_IMAP_TLS may be False only for a server on this machine (localhost).")
    return found
