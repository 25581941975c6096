"""Files inside a mail."""

import mimetypes
from collections.abc import Iterator
from email import policy
from email.message import Message
from typing import Any, Final

from anahtar_web.interactions.reading.told import line

_WORDS: Final = frozenset(["text/plain", "text/html"])
_SIGNATURES: Final = frozenset(
    ["application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"]
)
"""They say that the mail came as it was sent, and say nothing without it."""


def files_in(part: Message) -> Iterator[dict[str, Any]]:
    """Give what a mail carries besides its words; a mail inside it is one of these, whole."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        yield {"name": _name(part) or _name_of_inner(part), "content": _inner(part)}
    elif part.is_multipart():
        for one in part.get_payload():
            if isinstance(one, Message):
                yield from files_in(one)
    elif kind not in _SIGNATURES and (_name(part) or _is_apart(part) or kind not in _WORDS):
        raw: Any = part.get_payload(decode=True) or b""
        yield {"name": _name(part) or f"attachment{mimetypes.guess_extension(kind) or ''}", "content": raw}


def _name(part: Message) -> str:
    try:
        return line(part.get_filename(), 200)
    except Exception:  # noqa: BLE001  # the standard parser breaks in many ways over headers that are none
        return ""


def _is_apart(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except Exception:  # noqa: BLE001  # as above
        return True


def _name_of_inner(part: Message) -> str:
    inner = _message_in(part)
    subject = line(header(inner, "subject"), 150) if inner is not None else ""
    return f"{subject.replace('/', '-') or 'mail'}.eml"


def _inner(part: Message) -> bytes:
    inner = _message_in(part)
    if inner is None:
        return b""
    try:
        return inner.as_bytes()
    except Exception:  # noqa: BLE001  # headers that are none cannot be written anew; the old policy leaves them
        return inner.as_bytes(policy=policy.compat32)


def _message_in(part: Message) -> Message | None:
    inner = part.get_payload()
    return inner[0] if isinstance(inner, list) and inner and isinstance(inner[0], Message) else None


def header(message: Message, name: str) -> str:
    """Give a header, however broken it is."""
    try:
        return str(message.get(name, "") or "")
    except Exception:  # noqa: BLE001  # the standard parser breaks in many ways over headers that are none
        return ""
