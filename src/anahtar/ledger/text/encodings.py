"""Which encoding a text file is written in, by the evidence of every byte of it.

UTF-8 proves itself: text of another encoding is almost never valid UTF-8 by accident. Among the one-byte encodings
the letters decide: a file that is Turkish in Windows-1254 is nonsense in Windows-1251.
"""

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from anahtar.words import Refusal, say

Opener: TypeAlias = Callable[[], BinaryIO]
"""Opens the file at its first byte; may be called more than once."""

LABELS: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with BOM",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1254": "Windows-1254",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "iso8859-9": "ISO-8859-9",
}
"""The encodings that are found by evidence, as people know them."""

_BLOCK: Final = 1 << 20
_STEP: Final = 1 << 17
"""Read at once, so that it is still in the processor when it is looked at."""
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TURKISH: Final = (0xD0, 0xDD, 0xDE, 0xF0, 0xFD, 0xFE)
"""Ğ İ Ş ğ ı ş; in Windows-1252 they are Icelandic, and every other letter is the same."""
_ENOUGH: Final = 100_000
"""So many bytes that are no UTF-8, or letters beside letters, prove what they prove; the letters are counted on."""
_LATIN: Final = tuple("ÇĞİÖŞÜçğıöşüÂÎÛâîû".encode("cp1254"))
"""The letters of Turkish; they are about a quarter of a Russian text read in Windows-1254."""
_NOT_IN_1254: Final = (0x81, 0x8D, 0x8E, 0x8F, 0x90, 0x9D, 0x9E)


class UnableToReadText(Refusal):
    """The file holds bytes that no text has: a picture, an archive, a workbook under a wrong name."""

    def __init__(self, *, file: str, line: int) -> None:
        super().__init__(
            say(
                "{file} is not a text file: line {line} holds a zero byte. "
                "If it is text, say its encoding with --encoding (for example --encoding utf-16).",
                file=file,
                line=line,
            )
        )


class UnableToFindEncoding(Refusal):
    """The name given with `--encoding` is none."""

    def __init__(self, *, encoding: str) -> None:
        super().__init__(
            say(
                "There is no encoding “{encoding}”. "
                "Common ones for --encoding are utf-8, windows-1254, windows-1251, windows-1252 and utf-16.",
                encoding=encoding,
            )
        )


def find_encoding(open_bytes: Opener, *, file: str) -> str:
    """Say in which encoding a file is written, as Python names it (`LABELS` has the names for people).

    A file without a byte above 127 is UTF-8. A file that is UTF-8 apart from a few bytes is UTF-8 too: the lines
    with those bytes are refused one by one when the file is read, instead of every name in it being garbled.

    Parameters
    ----------
    open_bytes
        Opens the file; it is read to its end, block by block.
    file
        What messages call it.

    Raises
    ------
    UnableToReadText
        Where there are zero bytes and it is not UTF-16.
    """
    with open_bytes() as stream:
        head = stream.read(_BLOCK)
        if marked := _marked(head):
            return marked
        if unmarked := _utf16_without_mark(head):
            return unmarked
        tally = _Tally()
        for block in _whole_letters(head, stream):
            if b"\0" in block:
                raise UnableToReadText(file=file, line=_line_of_zero(open_bytes))
            tally.add(block)
    return tally.verdict()


def known_encoding(name: str, open_bytes: Opener) -> str:
    """The encoding a user names, as Python names it; a byte order mark at the start of the file is honoured."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        raise UnableToFindEncoding(encoding=name) from None
    if codec not in ("utf-8", "utf-16"):
        return codec
    with open_bytes() as stream:
        marked = _marked(stream.read(4))
    return marked or ("utf-16-le" if codec == "utf-16" else codec)


def _marked(head: bytes) -> str | None:
    return next((encoding for mark, encoding in _BOMS if head.startswith(mark)), None)


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 of European text has zero to four in every second byte: Latin and Cyrillic letters, and no zero code."""
    if b"\0" not in head:
        return None
    for encoding, code in (("utf-16-le", "<u2"), ("utf-16-be", ">u2")):
        codes = np.frombuffer(head[: len(head) // 2 * 2], dtype=code)
        if codes.all() and (codes < 0x500).mean() > 0.95:
            return encoding
    return None


def _line_of_zero(open_bytes: Opener) -> int:
    line = 1
    with open_bytes() as stream:
        while block := stream.read(_STEP):
            before, zero, _ = block.partition(b"\0")
            line += before.count(b"\n")
            if zero:
                break
    return line


def _whole_letters(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """The bytes in blocks; where letters have more than one byte they end with a line, so that none is cut in two."""
    rest = head
    while block := stream.read(_STEP):
        if rest.isascii():
            yield rest
            rest = block
            continue
        rest += block
        end = rest.rfind(b"\n") + 1
        if end or len(rest) > 16 * _BLOCK:
            yield rest[: end or None]
            rest = rest[end:] if end else b""
    yield rest


@dataclass(slots=True)
class _Tally:
    """What the bytes above 127 are, over the whole file."""

    good: int = 0
    bad: int = 0
    neighbours: int = 0
    judged: int = 0
    letters: "npt.NDArray[np.int64]" = field(default_factory=lambda: np.zeros(256, dtype=np.int64))

    def add(self, block: bytes) -> None:
        if block.isascii():
            return
        if self.bad < _ENOUGH:
            before = self.bad
            self._decode(block)
            if self.bad == before:
                return
        codes = np.frombuffer(block, dtype=np.uint8)
        if self.letters.sum() < _ENOUGH:
            high = codes >= 0x80
            self.neighbours += int((high[1:] & high[:-1]).sum())
            self.judged += int(high.sum())
        counts = np.bincount(codes, minlength=256)
        counts[:0x80] = 0
        self.letters += counts

    def _decode(self, block: bytes) -> None:
        try:
            self.good += (len(block) - len(block.decode("utf-8")) + 1) // 2  # letters have one to three bytes more
        except UnicodeDecodeError:
            text = block.decode("utf-8", errors="replace")
            bad = text.count("\ufffd")
            self.bad += bad
            self.good += len(text) - len(text.encode("ascii", errors="ignore")) - bad

    def verdict(self) -> str:
        if self.bad == 0 or self.good > 10 * self.bad:
            return "utf-8"
        # Cyrillic words are made of such bytes only; in Latin words they stand alone between ASCII letters, or at
        # least (İŞÇİ ŞİŞE) are of a few kinds.
        letters = self.letters.sum()
        if self.neighbours > 0.6 * self.judged and self.letters[list(_LATIN)].sum() < 0.8 * letters:
            return "cp1251"
        if not self.letters[list(_TURKISH)].any():
            return "cp1252"
        return "iso8859-9" if self.letters[list(_NOT_IN_1254)].any() else "cp1254"
