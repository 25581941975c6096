"""The code of the first start: whoever can read the server's files may set up, nobody else on the network."""

import secrets
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from anahtar_web.config.keys import kept_secret

_FILE = "setup-code"


def _path() -> Path:
    return Path(settings.DATA) / _FILE


def kept() -> str:
    """Give the code; it is made now if there is none."""
    return kept_secret(_path())


def link(base: str) -> str:
    """Give the address of the first start with its code."""
    return f"{base.rstrip('/')}{reverse('company:setup')}?{urlencode({'code': kept()})}"


def fits(text: str) -> bool:
    """Whether a text is the code."""
    try:
        return secrets.compare_digest(_path().read_text(encoding="utf-8"), text.strip())
    except (FileNotFoundError, TypeError):
        # TypeError: text that is not ASCII cannot be compared, and is no code.
        return False


def forget() -> None:
    """Delete the code: it has been used."""
    _path().unlink(missing_ok=True)
