"""Where mail goes: to a server, or, where none is named, into files that a person can open."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from anahtar_web.config.environment import UnableToStart


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
