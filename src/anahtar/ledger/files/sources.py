"""Files and folders as the sheets of one ledger: what a file is, is told by its first bytes, not by its name."""

import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final, cast
from zipfile import ZipFile, ZipInfo

from anahtar.ledger.files.archives import TEXTS, UnableToUnpack, blocks, find, open_zip, true_name
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.peek import RawRow
from anahtar.ledger.sheet import Chunk, Counted, Sheet
from anahtar.words import Message, Refusal, say

_LOOK: Final = 4096
_LARGEST_MEMBER: Final = 512 << 20
"""Bytes of a workbook inside an archive, which has to be held in memory."""


class UnableToReadFormat(Refusal):
    """The file is of a kind we do not read, or not of the kind its name says."""

    def __init__(self, *, file: str, what: Message) -> None:
        super().__init__(
            say(
                "{file} is {what}. Open it in the program it came from and save it as .xlsx or as CSV.",
                file=file,
                what=what,
            )
        )


class UnableToFindFile(Refusal):
    """There is no such file, or it may not be read."""

    def __init__(self, *, file: str) -> None:
        super().__init__(say("{file} cannot be opened: it is not there or may not be read.", file=file))


class UnableToFindLedgers(Refusal):
    """The folder or archive holds no file that could be a ledger."""

    def __init__(self, *, file: str) -> None:
        super().__init__(
            say(
                "{file} holds no file that can be read: workbooks (.xlsx .xls .ods), text (.csv .tsv .txt) or Parquet.",
                file=file,
            )
        )


class Format(StrEnum):
    """What a file is, by its content."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    PARQUET = "parquet"
    GZIP = "gzip"
    ZIP = "zip"
    TEXT = "text"


_ENDINGS: Final = {
    ".xlsx": Format.XLSX,
    ".xlsm": Format.XLSX,
    ".xltx": Format.XLSX,
    ".xls": Format.XLS,
    ".ods": Format.ODS,
    ".parquet": Format.PARQUET,
    ".pq": Format.PARQUET,
    ".gz": Format.GZIP,
    ".zip": Format.ZIP,
    ".csv": Format.TEXT,
    ".tsv": Format.TEXT,
    ".tab": Format.TEXT,
    ".txt": Format.TEXT,
}

_FOREIGN: Final[Sequence[tuple[bytes, Message]]] = (
    (b"%PDF", say("a PDF document")),
    (b"SQLite format 3", say("a database")),
    (b"\x00\x01\x00\x00Standard", say("an Access database")),
    (b"7z\xbc\xaf\x27\x1c", say("a 7z archive")),
    (b"Rar!", say("a RAR archive")),
    (b"BZh", say("a bzip2 archive")),
    (b"\xfd7zXZ\x00", say("an xz archive")),
    (b"(\xb5/\xfd", say("a zstd archive")),
    (b"\x89PNG", say("a picture")),
    (b"\xff\xd8\xff", say("a picture")),
    (b"\x7fELF", say("a program")),
    (b"MZ", say("a program")),
)
_HTML: Final = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style)\b", re.I | re.S)
_XML_WORKBOOK: Final = re.compile(rb"<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet")
_XML: Final = re.compile(rb"\s*<\?xml\b")


@dataclass(frozen=True, slots=True)
class _Item:
    """One file to be read: where it stands, what messages call it, and its bytes where it is a member.

    `most` is how many rows are wanted at least, where not all of them are: a source that can save work by it does.
    """

    path: Path
    name: str
    open_bytes: Callable[[], BinaryIO]
    member: bool = False
    ignored: Sequence[str] = field(default=())
    most: int | None = None

    def head(self) -> bytes:
        try:
            with self.open_bytes() as file:
                return file.read(_LOOK)
        except FileNotFoundError as broken:
            raise UnableToFindFile(file=self.name) from broken

    def content(self) -> bytes | None:
        """All bytes of a member; None for a file of its own, which readers open themselves."""
        if not self.member:
            return None
        with self.open_bytes() as file:
            return file.read()


def open_sheets(
    paths: Sequence[Path], options: ReadOptions, names: Sequence[str] = (), *, most: int | None = None
) -> list[Sheet]:
    """Open files and folders as the sheets of one ledger, in the order given (inside folders and archives by name).

    A folder gives all ledgers below it; its Parquet files are one table, `key=value` folders its columns. Lock files of
    office programs (`~$…`), hidden files, folders a Mac adds and files of other kinds are left out and named in the
    facts. A sheet that has the same header as the chosen one of its workbook is read too.

    Parameters
    ----------
    names
        What the files are called by those who know them, where they are stored under other names; never opened.
    most
        How many rows are wanted of each sheet, for a preview: of a large workbook no more are read, of other files
        the chunks are simply not taken. None: all of them.

    Raises
    ------
    Refusal
        A file is missing, damaged, made to do harm, or of a kind we do not read; the message says what to do.
    """
    sheets: list[Sheet] = []
    for path, name in zip(paths, names or [path.name for path in paths], strict=True):
        for item in list(_items(path, name)):
            sheets += _told(_opened(replace(item, most=most), options), "ignored", ", ".join(item.ignored))
    return sheets


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook and its sheets: the name of each, and whether it is hidden."""

    file_name: str
    sheets: Sequence[tuple[str, bool]]


def books(paths: Sequence[Path], names: Sequence[str] = ()) -> list[Book]:
    """The workbooks among some files (inside folders and archives too), in the order in which they are read.

    Raises
    ------
    Refusal
        As `open_sheets`.
    """
    found: list[Book] = []
    for path, name in zip(paths, names or [path.name for path in paths], strict=True):
        for item in _items(path, name):
            found += _books(item)
    return found


def _books(item: _Item) -> Iterator[Book]:
    if item.path.is_dir():
        return
    match recognise(item.head(), item):
        case Format.ZIP:
            for member in _members(item)[0]:
                yield from _books(member)
        case Format.XLSX:
            from anahtar.ledger.workbook.workbook import sheets_of

            yield Book(item.name, sheets_of(item.path, file_name=item.name, content=item.content()))
        case Format.XLS | Format.ODS:
            from anahtar.ledger.workbook.old_workbook import sheets_of_old

            yield Book(item.name, sheets_of_old(item.path, file_name=item.name, content=item.content()))


def _items(path: Path, name: str) -> Iterator[_Item]:
    if path.is_dir():
        yield from _items_below(path)
    elif not path.is_file():
        # A pipe or a device would be waited for without end.
        raise UnableToFindFile(file=name or str(path))
    else:
        yield _file(path, name)


def _file(path: Path, name: str) -> _Item:
    def open_bytes() -> BinaryIO:
        return path.open("rb")

    return _Item(path, name, open_bytes)


def _items_below(folder: Path) -> Iterator[_Item]:
    inner = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path: str(path.relative_to(folder)) for path in inner}
    wanted = [path for path in inner if _is_wanted(names[path]) and not path.is_symlink()]
    if not wanted:
        raise UnableToFindLedgers(file=folder.name)
    ignored = tuple(names[path] for path in inner if path not in set(wanted))
    parquet = [path for path in wanted if _ENDINGS.get(path.suffix.casefold()) is Format.PARQUET]
    items = [_file(path, names[path]) for path in wanted if path not in set(parquet)]
    if parquet:
        items.insert(0, _file(folder, folder.name or str(folder)))
    for position, item in enumerate(items):
        yield item if position else replace(item, ignored=ignored)


def _is_wanted(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    if any(part.startswith((".", "_", "~$")) or part == "__MACOSX" for part in parts):
        return False
    return Path(parts[-1]).suffix.casefold() in _ENDINGS


def _opened(item: _Item, options: ReadOptions) -> list[Sheet]:
    if item.path.is_dir():
        return [_parquet_folder(item)]
    head = item.head()
    found = recognise(head, item)
    opened = _OPENERS[found](item, options)
    said = _ENDINGS.get(Path(item.name).suffix.casefold(), found)
    if said is found:
        return opened
    return _told(opened, "named", f"{Path(item.name).suffix}, but {found.value} by its content")


@dataclass(frozen=True, slots=True)
class _Annotated:
    """A sheet of which more is known than it knows itself."""

    sheet: Sheet
    added: Mapping[str, str]

    @property
    def file(self) -> Path:
        return self.sheet.file

    @property
    def file_name(self) -> str:
        return self.sheet.file_name

    @property
    def name(self) -> str:
        return self.sheet.name

    @property
    def header(self) -> Sequence[str]:
        return self.sheet.header

    @property
    def header_row(self) -> int:
        return self.sheet.header_row

    @property
    def facts(self) -> dict[str, str]:
        return {**self.sheet.facts, **self.added}

    def beginning(self, most: int) -> Sequence[RawRow]:
        return self.sheet.beginning(most)

    def chunks(self) -> Iterator[Chunk]:
        return self.sheet.chunks()

    def counted(self) -> Counted:
        return self.sheet.counted()


def _told(sheets: Sequence[Sheet], name: str, text: str) -> list[Sheet]:
    """Add a fact to the sheets of one file."""
    return [_Annotated(sheet, {name: text}) for sheet in sheets] if text else list(sheets)


def recognise(head: bytes, item: _Item) -> Format:
    """Tell what a file is by its first bytes.

    Raises
    ------
    UnableToReadFormat
        Another kind of file; a web page that an ERP calls .xls among them.
    """
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _kind_of_zip(item)
    if head.startswith(b"\x1f\x8b"):
        return Format.GZIP
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Format.XLS
    for start, what in _FOREIGN:
        if head.startswith(start):
            raise UnableToReadFormat(file=item.name, what=what)
    _refuse_markup(head, item)
    _refuse_broken_binary(head, item)
    return Format.TEXT


def _refuse_markup(head: bytes, item: _Item) -> None:
    text = head.removeprefix(b"\xef\xbb\xbf")
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = text.replace(b"\0", b"")[2:]
    if _HTML.match(text):
        raise UnableToReadFormat(file=item.name, what=say("a web page, whatever its name says"))
    if _XML_WORKBOOK.search(text):
        raise UnableToReadFormat(file=item.name, what=say("an XML workbook of Excel 2003"))
    if _XML.match(text):
        raise UnableToReadFormat(file=item.name, what=say("an XML document"))


def _refuse_broken_binary(head: bytes, item: _Item) -> None:
    """A damaged workbook must not be taken for text: its bytes would become a thousand broken rows."""
    said = _ENDINGS.get(Path(item.name).suffix.casefold())
    marks = sum(sign < 9 or 14 <= sign < 32 for sign in head)
    is_utf16 = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if said not in (None, Format.TEXT) and not is_utf16 and (not head or marks > len(head) / 50):
        raise UnableToReadFormat(file=item.name, what=say("damaged, or no {kind} file at all", kind=said.value))


def _kind_of_zip(item: _Item) -> Format:
    content = item.content()
    with open_zip(item.path if content is None else io.BytesIO(content), file=item.name, room=TEXTS) as archive:
        if find(archive, "xl/workbook.bin"):
            raise UnableToReadFormat(file=item.name, what=say("a binary workbook (.xlsb)"))
        if find(archive, "[Content_Types].xml") or find(archive, "xl/workbook.xml"):
            if find(archive, "xl/workbook.xml") is None:
                raise UnableToReadFormat(file=item.name, what=say("an Office document, but no workbook"))
            return Format.XLSX
        return Format.ODS if find(archive, "content.xml") and find(archive, "mimetype") else Format.ZIP


def _xlsx(item: _Item, options: ReadOptions) -> list[Sheet]:
    from anahtar.ledger.workbook.workbook import open_sheets_of

    content = item.content()
    return list(open_sheets_of(item.path, options, file_name=item.name, content=content, most=item.most))


def _xls(item: _Item, options: ReadOptions) -> list[Sheet]:
    from anahtar.ledger.workbook.old_workbook import open_old_workbook

    return [open_old_workbook(item.path, options, kind="xls", file_name=item.name, content=item.content())]


def _ods(item: _Item, options: ReadOptions) -> list[Sheet]:
    from anahtar.ledger.workbook.old_workbook import open_old_workbook

    return [open_old_workbook(item.path, options, kind="ods", file_name=item.name, content=item.content())]


def _parquet(item: _Item, _: ReadOptions) -> list[Sheet]:
    from anahtar.ledger.files.parquet_source import open_parquet

    return [open_parquet(item.path, file_name=item.name, content=item.content())]


def _parquet_folder(item: _Item) -> Sheet:
    from anahtar.ledger.files.parquet_source import open_parquet

    return open_parquet(item.path, parquet_parts(item.path), file_name=item.name)


def parquet_parts(folder: Path) -> list[Path]:
    """The Parquet files below a folder that are read as one table, in the order of their names."""
    endings = {ending for ending, kind in _ENDINGS.items() if kind is Format.PARQUET}
    parts = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix.casefold() in endings]
    return [path for path in parts if _is_wanted(str(path.relative_to(folder))) and not path.is_symlink()]


def _text(item: _Item, options: ReadOptions) -> list[Sheet]:
    from anahtar.ledger.text.delimited import open_text

    return [open_text(item.path, options, file_name=item.name, opener=item.open_bytes if item.member else None)]


def _gzip(item: _Item, options: ReadOptions) -> list[Sheet]:
    def open_bytes() -> BinaryIO:
        # Opened by its path, gzip closes the file itself; given a file, it would leave it open.
        packed = gzip.GzipFile(fileobj=item.open_bytes()) if item.member else gzip.GzipFile(item.path)
        return cast(BinaryIO, _Checked(packed, item.name))

    inner = _Item(item.path, item.name, open_bytes, member=True)
    found = recognise(inner.head(), replace(inner, name=Path(item.name).stem))
    if found is not Format.TEXT:
        raise UnableToReadFormat(file=item.name, what=say("a {kind} file packed by gzip", kind=found.value))
    return _text(inner, options)


def _zip(item: _Item, options: ReadOptions) -> list[Sheet]:
    members, ignored = _members(item)
    sheets: list[Sheet] = []
    for member in members:
        sheets += _opened(member, options)
    return _told(sheets, "ignored", ", ".join(ignored))


def _members(item: _Item) -> tuple[Iterator[_Item], Sequence[str]]:
    """What is read of an archive, one after the other, and the names of what is not."""
    archive = open_zip(item.path, file=item.name, room=TEXTS)
    parts = sorted((part for part in archive.infolist() if not part.is_dir()), key=true_name)
    wanted = [part for part in parts if _is_wanted(true_name(part))]
    if not wanted:
        raise UnableToFindLedgers(file=item.name)
    members = (_member(item, archive, part) for part in wanted)
    return members, [true_name(part) for part in parts if part not in wanted]


def _member(item: _Item, archive: ZipFile, part: ZipInfo) -> _Item:
    name = f"{item.name}/{true_name(part)}"
    kind = _ENDINGS[Path(true_name(part)).suffix.casefold()]
    if kind is Format.ZIP:
        raise UnableToUnpack(file=item.name, reason=say("it holds another archive, {part}", part=true_name(part)))
    if kind is not Format.TEXT and part.file_size > _LARGEST_MEMBER:
        raise UnableToUnpack(
            file=item.name, reason=say("the part {part} is too large to be read inside it", part=true_name(part))
        )

    def open_bytes() -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(_Streamed(blocks(archive, part, file=item.name)), 1 << 20))

    return _Item(item.path, name, open_bytes, member=True, most=item.most)


class _Streamed(io.RawIOBase):
    """The blocks of a part as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        """It is for reading only."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # the base says Buffer, which 3.11 has no name for
        """Fill as much of `buffer` as the next piece gives; 0 at the end."""
        if not self._rest:
            self._rest = next(self._pieces, b"")
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


class _Checked(io.BufferedReader):
    """Gzip whose damage is a refusal, not a traceback in the middle of the rows."""

    def __init__(self, packed: gzip.GzipFile, name: str) -> None:
        super().__init__(cast(io.RawIOBase, packed), 1 << 20)
        self._name = name

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on, and refuse what is damaged."""
        try:
            return super().read(size)
        except (zlib.error, EOFError, OSError) as broken:
            raise UnableToUnpack(file=self._name, reason=say("it is damaged")) from broken


_OPENERS: Final[dict[Format, Callable[[_Item, ReadOptions], list[Sheet]]]] = {
    Format.XLSX: _xlsx,
    Format.XLS: _xls,
    Format.ODS: _ods,
    Format.PARQUET: _parquet,
    Format.GZIP: _gzip,
    Format.ZIP: _zip,
    Format.TEXT: _text,
}
