"""One mail, or a mailbox of them, with what standard tools get wrong put right: charsets, HTML, missing ids."""

import hashlib
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any, Final

from anahtar_web.interactions.reading.enclosed import files_in, header
from anahtar_web.interactions.reading.told import (
    DEEPEST,
    MOST_ITEMS,
    MOST_PARTS,
    MOST_PEOPLE,
    Told,
    Unreadable,
    line,
    lines,
    person,
)

_FROM: Final = re.compile(rb"^From [^\n]*\r?\n", re.M)
_BLOCKS: Final = frozenset(
    ["p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "ul", "ol", "hr"]
)
_HIDDEN: Final = frozenset(["script", "style", "head", "title", "template", "noscript"])


def mailbox(content: bytes) -> Iterator[Told]:
    """Read a mailbox, message by message."""
    pieces = [piece for piece in _FROM.split(content) if piece.strip()]
    if len(pieces) > MOST_ITEMS:
        raise Unreadable("too_many")
    for piece in pieces:
        yield mail(piece.replace(b"\n>From ", b"\nFrom "))


def mail(content: bytes) -> Told:
    """Read one mail."""
    try:
        message = message_from_bytes(content, policy=policy.default)
        _measure(message, 0)
    except RecursionError:
        raise Unreadable("too_deep") from None
    headers = {name: header(message, name) for name in ("subject", "message-id", "date")}
    sender = _people(message, "from")[:1]
    if not sender and not headers["date"]:
        raise Unreadable("no_mail")
    key = line(headers["message-id"], 250)
    return {
        "kind": "mail",
        "key": key or "sha256:" + hashlib.sha256(content).hexdigest(),
        "subject": line(headers["subject"]),
        "at": _moment(headers["date"]),
        "sender": sender[0] if sender else None,
        "people": [*sender, *_people(message, "to"), *_people(message, "cc")][:MOST_PEOPLE],
        "text": lines(_text(message)),
        "attachments": list(files_in(message)),
    }


def _measure(part: Message, depth: int) -> int:
    """Count parts, and refuse a mail made to be endless."""
    if depth > DEEPEST:
        raise Unreadable("too_deep")
    inner = part.get_payload() if part.is_multipart() else []
    count = 1 + sum(_measure(one, depth + 1) for one in inner if isinstance(one, Message))
    if count > MOST_PARTS:
        raise Unreadable("too_many_parts")
    return count


def _people(message: Message, name: str) -> list[list[str]]:
    try:
        values = [str(value) for value in message.get_all(name, [])]
    except Exception:  # noqa: BLE001  # as above
        return []
    return [one for found, address in getaddresses(values) if (one := person(found, address))]


def _moment(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _text(message: Message) -> str:
    """Give the words of a mail: its plain part, else its HTML without what is not shown."""
    plain = html = ""
    for part in message.walk():
        if part.is_multipart() or part.get_filename() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain" and not plain.strip():
            plain = _decoded(part)
        elif kind == "text/html" and not html:
            html = _decoded(part)
    return plain if plain.strip() else text_of(html)


def _decoded(part: Message) -> str:
    raw: Any = part.get_payload(decode=True) or b""
    return decoded(raw, str(part.get_content_charset() or "utf-8").lower())


def decoded(raw: bytes, named: str = "utf-8") -> str:
    """Give bytes as text, in the charset they name or the one they are in."""
    # Turkish programs say latin-1 and mean its Turkish sister, or the one of Windows.
    tried = ["utf-8", "cp1254"] if named in ("us-ascii", "ascii", "utf-8") else [named, "utf-8", "cp1254"]
    for charset in ["cp1254" if one in ("iso-8859-9", "latin5", "latin-5") else one for one in tried]:
        try:
            return str(raw.decode(charset))
        except (UnicodeDecodeError, LookupError):
            continue
    return str(raw.decode("utf-8", "replace"))


class _Words(HTMLParser):
    """Keeps what a person would read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """Break the line where a block begins; stop where nothing is shown."""
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BLOCKS:
            self.words.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        """Go on behind what is not shown."""
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in ("p", "div", "tr", "table"):
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words, in one line as HTML has them."""
        if not self._hidden:
            self.words.append(re.sub(r"\s+", " ", data))


def text_of(html: str) -> str:
    """Give the words of an HTML mail; nothing of it is ever shown as HTML."""
    reader = _Words()
    reader.feed(html[:2_000_000])
    reader.close()
    return "".join(reader.words)
