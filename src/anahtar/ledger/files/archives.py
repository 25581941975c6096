"""Zip files (archives and workbooks alike): what is inside, and whether it is safe to unpack.

A workbook of 1.7 KB can ask for 550 GB. So the directory is judged before anything is unpacked, and every part is
unpacked in blocks that stop at the size the directory promised.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from anahtar.words import Message, Refusal, say

BLOCK: Final = 1 << 18
_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1


class UnableToUnpack(Refusal):
    """The archive is damaged, or made to do harm."""

    def __init__(self, *, file: str, reason: Message) -> None:
        super().__init__(
            say(
                "{file} cannot be unpacked: {reason}. Open it in the program it came from and save it again.",
                file=file,
                reason=reason,
            )
        )


@dataclass(frozen=True, slots=True)
class Room:
    """How much a zip file may hold.

    Parameters
    ----------
    parts
        Files inside.
    unpacked
        Bytes of all of them together.
    ratio
        Unpacked bytes per packed byte, asked of parts over `small` bytes: spreadsheets reach 15, a bomb 1,000.
    """

    parts: int = 2_000
    unpacked: int = 2 << 30
    ratio: int = 250
    small: int = 16 << 20


WORKBOOK: Final = Room()
TEXTS: Final = Room(unpacked=64 << 30)
"""Text is streamed, never held, so an archive of it may be large."""


def open_zip(source: Path | IO[bytes], *, file: str, room: Room = WORKBOOK) -> ZipFile:
    """Open a zip file whose directory keeps the rules of its `room`.

    Raises
    ------
    UnableToUnpack
        A broken zip, too many or too large parts, two parts of one name, a name that leaves the archive, a part that
        is encrypted or packed in an unusual way.
    """
    try:
        # NotImplementedError: a zip version Python does not know; ValueError and OverflowError: offsets that lie.
        archive = ZipFile(source)
    except (BadZipFile, NotImplementedError, ValueError, OverflowError, OSError) as broken:
        raise UnableToUnpack(file=file, reason=say("it is not a whole zip file")) from broken
    reason = next(_objections(archive.infolist(), room), None)
    if reason is not None:
        raise UnableToUnpack(file=file, reason=reason)
    return archive


def _objections(parts: Sequence[ZipInfo], room: Room) -> Iterator[Message]:
    if len(parts) > room.parts:
        yield say("it has {count} parts, more than {limit}", count=len(parts), limit=room.parts)
    total = sum(part.file_size for part in parts)
    if total > room.unpacked:
        yield say("it unpacks to {count} MB, more than {limit} MB", count=total >> 20, limit=room.unpacked >> 20)
    names: set[str] = set()
    for part in parts:
        name = part.filename.replace("\\", "/").casefold()
        if name in names:
            yield say("two of its parts have the name {part}", part=part.filename)
        names.add(name)
        yield from _objections_to(part, name, room)


def _objections_to(part: ZipInfo, name: str, room: Room) -> Iterator[Message]:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name:
        yield say("the part name {part} leads out of the archive", part=part.filename)
    if part.flag_bits & _ENCRYPTED:
        yield say("the part {part} needs a password", part=part.filename)
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        yield say("the part {part} is packed in an unusual way", part=part.filename)
    if part.file_size > room.small and part.file_size > room.ratio * max(part.compress_size, 1):
        yield say("the part {part} unpacks to a suspicious size", part=part.filename)


def blocks(archive: ZipFile, part: ZipInfo, *, file: str, size: int = BLOCK) -> Iterator[bytes]:
    """Unpack one part in blocks, and refuse a part that does not hold exactly what the directory says."""
    unpacked = 0
    try:
        with archive.open(part) as stream:
            while block := stream.read(size):
                unpacked += len(block)
                yield block
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError) as broken:
        raise UnableToUnpack(file=file, reason=say("the part {part} is damaged", part=part.filename)) from broken
    if unpacked != part.file_size:
        raise UnableToUnpack(file=file, reason=say("the part {part} lies about its size", part=part.filename))


def whole(archive: ZipFile, name: str, *, file: str, limit: int = 16 << 20) -> bytes | None:
    """Unpack a small part at once; None where there is no part of that name.

    Raises
    ------
    UnableToUnpack
        The part is larger than `limit` bytes or damaged.
    """
    part = find(archive, name)
    if part is None:
        return None
    if part.file_size > limit:
        raise UnableToUnpack(file=file, reason=say("the part {part} unpacks to a suspicious size", part=name))
    return b"".join(blocks(archive, part, file=file))


def find(archive: ZipFile, name: str) -> ZipInfo | None:
    """Find a part by its name, whose case does not count (some writers say XL/Workbook.xml)."""
    wanted = name.casefold()
    return next((part for part in archive.infolist() if part.filename.casefold() == wanted), None)


def true_name(part: ZipInfo) -> str:
    """Tell a member's name as the person who packed it wrote it.

    A zip says UTF-8 by a flag. Without it, Python assumes cp437, Windows in Russia packs with cp866, in Turkey with
    cp857, a Mac writes UTF-8 and forgets the flag.
    """
    if part.flag_bits & _UTF8_NAME or part.filename.isascii():
        return part.filename
    try:
        raw = part.filename.encode("cp437")
    except UnicodeEncodeError:
        return part.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        letters = [sign for sign in raw if sign >= 0x80 or chr(sign).isalpha()]
        # Russian words are foreign letters throughout, Turkish words have one or two.
        foreign = sum(sign >= 0x80 for sign in letters) > len(letters) / 2
        return raw.decode("cp866" if foreign else "cp857", errors="replace")
