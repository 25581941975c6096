"""What an answer says, wherever it says it: body, headers, cookies, and the inside of a workbook."""

import io
import re
import zipfile
from typing import Final

from django.http.response import HttpResponseBase

ZIP: Final = b"PK\x03\x04"


def told(answer: HttpResponseBase) -> str:
    """Give all text of an answer."""
    return "\n".join((body(answer), str(answer.headers), answer.cookies.output()))


def content(answer: HttpResponseBase) -> bytes:
    """Give the bytes of a body; those of a stream are kept, since it gives them once."""
    if not answer.streaming:
        return answer.content  # type: ignore[attr-defined, no-any-return]
    if not hasattr(answer, "sent"):
        answer.sent = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.sent  # type: ignore[attr-defined, no-any-return]


def body(answer: HttpResponseBase) -> str:
    """Give the body as text; of a workbook or an archive, the text of its parts."""
    sent = content(answer)
    if not sent.startswith(ZIP):
        return sent.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(sent)) as archive:
        text = "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    # A workbook tells the second in which it was written.
    return re.sub(r"<dcterms:[^<]*</dcterms:\w+>", "", text)


_COMPLAINTS: Final = re.compile(r'class="(?:errorlist|field-errors|note)[^"]*"[^>]*>(.*?)</(?:ul|div|section)>', re.S)


def complaints(answer: HttpResponseBase) -> str:
    """Give what a page says is wrong with a form."""
    found = _COMPLAINTS.findall(body(answer))
    return f"{answer.status_code}: " + " | ".join(re.sub(r"<[^>]+>|\s+", " ", text).strip() for text in found)
