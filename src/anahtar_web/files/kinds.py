"""What a document is, by its content: what is not on this list is not kept, whatever its name says."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import puremagic
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anahtar_web.files import packed
from anahtar_web.gate.refusals import Refused

_HEAD: Final = 1 << 16
_TAIL: Final = 1 << 16


class UnableToTakeKind(Refused):
    """A file of this kind is not kept."""


@dataclass(frozen=True, slots=True)
class Group:
    """What people call a kind: its label, its icon."""

    label: Any
    icon: str


GROUPS: Final = {
    "pdf": Group(gettext_lazy("PDF"), "file-text"),
    "text": Group(gettext_lazy("Text document"), "file-type"),
    "table": Group(gettext_lazy("Spreadsheet"), "file-spreadsheet"),
    "slides": Group(gettext_lazy("Presentation"), "presentation"),
    "picture": Group(gettext_lazy("Picture"), "image"),
    "mail": Group(gettext_lazy("E-mail"), "mail"),
    "calendar": Group(gettext_lazy("Calendar entry"), "calendar"),
    "card": Group(gettext_lazy("Address card"), "contact"),
    "plain": Group(gettext_lazy("Plain text"), "notebook-text"),
    "archive": Group(gettext_lazy("Archive"), "file-archive"),
    "other": Group(gettext_lazy("File"), "file"),
}
"""Name in the address -> what it is called."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document.

    Parameters
    ----------
    media_type
        What it is called among programs.
    group
        What it is called among people.
    endings
        What its name may end in; the first one is given to a name that ends otherwise.
    """

    media_type: str
    group: str
    endings: tuple[str, ...]

    @property
    def label(self) -> Any:
        """What people read."""
        return GROUPS[self.group].label

    @property
    def icon(self) -> str:
        """What is drawn beside it."""
        return GROUPS[self.group].icon

    @property
    def is_picture(self) -> bool:
        """Whether it is drawn anew before it is kept."""
        return self.group == "picture"


_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_POWERPOINT: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_ODF: Final = "application/vnd.oasis.opendocument."

KINDS: Final = (
    Kind("application/pdf", "pdf", ("pdf",)),
    Kind(_WORD, "text", ("docx",)),
    Kind(_ODF + "text", "text", ("odt",)),
    Kind("application/msword", "text", ("doc",)),
    Kind("application/rtf", "text", ("rtf",)),
    Kind(_EXCEL, "table", ("xlsx",)),
    Kind(_ODF + "spreadsheet", "table", ("ods",)),
    Kind("application/vnd.ms-excel", "table", ("xls",)),
    Kind("text/csv", "table", ("csv", "tsv")),
    Kind(_POWERPOINT, "slides", ("pptx",)),
    Kind(_ODF + "presentation", "slides", ("odp",)),
    Kind("application/vnd.ms-powerpoint", "slides", ("ppt",)),
    Kind("image/jpeg", "picture", ("jpg", "jpeg", "jpe", "jfif")),
    Kind("image/png", "picture", ("png",)),
    Kind("image/gif", "picture", ("gif",)),
    Kind("image/webp", "picture", ("webp",)),
    Kind("image/tiff", "picture", ("tif", "tiff")),
    Kind("image/bmp", "picture", ("bmp",)),
    Kind("message/rfc822", "mail", ("eml",)),
    Kind("application/vnd.ms-outlook", "mail", ("msg",)),
    Kind("text/calendar", "calendar", ("ics",)),
    Kind("text/vcard", "card", ("vcf",)),
    Kind("text/plain", "plain", ("txt", "log")),
    Kind("text/markdown", "plain", ("md",)),
    Kind("application/zip", "archive", ("zip",)),
    Kind("application/gzip", "archive", ("gz", "tgz")),
    Kind("application/x-7z-compressed", "archive", ("7z",)),
    Kind("application/vnd.rar", "archive", ("rar",)),
)
"""All kinds that are kept."""

_BY_TYPE: Final = {kind.media_type: kind for kind in KINDS}
_BY_ENDING: Final = {ending: kind for kind in KINDS for ending in kind.endings}

ENDINGS: Final = ",".join(f".{ending}" for kind in KINDS for ending in kind.endings)
"""For the dialog of the browser; what a file is, is told by its content."""

OTHER: Final = Kind("application/octet-stream", "other", ("bin",))


def known_as(media_type: str) -> Kind:
    """Give the kind under which a file was kept."""
    return _BY_TYPE.get(media_type, OTHER)


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at: the two ends of a file, never the whole of it.

    Parameters
    ----------
    head, tail
        The first and the last bytes; of a small file the same.
    """

    path: Path
    head: bytes
    tail: bytes
    ending: str


def kind_of(path: Path, name: str) -> Kind:
    """Tell what a file is.

    Raises
    ------
    UnableToTakeKind
        It is empty, a program, a page, or of a kind that is not on the list; or two kinds at once.
    """
    looked = _look(path, name)
    if not looked.head:
        raise UnableToTakeKind(_("%(name)s is empty.") % {"name": name})
    kind = next((_BY_TYPE[found] for tell in _TELLING if (found := tell(looked))), None)
    if kind is None:
        raise UnableToTakeKind(
            _("%(name)s seems to be: %(kind)s. Documents, tables, pictures, mails, texts and archives are kept.")
            % {"name": name, "kind": _guessed(looked)}
        )
    if kind.media_type not in _ZIPPED and packed.ends_as_zip(looked.tail):
        # A PDF that is an archive as well is read as one by us and as the other by somebody else.
        raise UnableToTakeKind(_("%(name)s is two kinds of file at once. It is not kept.") % {"name": name})
    return kind


def _look(path: Path, name: str) -> Looked:
    with path.open("rb") as file:
        head = file.read(_HEAD)
        size = path.stat().st_size
        file.seek(max(0, size - _TAIL))
        return Looked(path, head, file.read(), Path(name).suffix.lower().lstrip("."))


_SIGNS: Final = (
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPPED: Final = frozenset(
    {"application/zip", _WORD, _EXCEL, _POWERPOINT, *(_ODF + part for part in ("text", "spreadsheet", "presentation"))}
)


def _by_sign(looked: Looked) -> str:
    for sign, media_type in _SIGNS:
        if looked.head.startswith(sign):
            return media_type
    if looked.head[:4] == b"RIFF" and looked.head[8:12] == b"WEBP":
        return "image/webp"
    # "BM" is also how a text may begin; the size of the file has to stand behind it, too.
    if looked.head[:2] == b"BM" and int.from_bytes(looked.head[2:6], "little") == looked.path.stat().st_size:
        return "image/bmp"
    return ""


_STREAMS: Final = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
)


def _by_ole(looked: Looked) -> str:
    """Tell Office documents of the old kind by the names of their streams; those with macros are not taken."""
    if not looked.head.startswith(_OLE):
        return ""
    names = {name: name.encode("utf-16-le") for name in ("_VBA_PROJECT", *(stream for stream, _type in _STREAMS))}
    found = _which(looked.path, names)
    if "_VBA_PROJECT" in found:
        raise UnableToTakeKind(_("The document holds macros. Save it without macros and try again."))
    return next((media_type for stream, media_type in _STREAMS if stream in found), "")


def _which(path: Path, names: dict[str, bytes]) -> set[str]:
    """Find which texts stand anywhere in a file, some of it at a time."""
    found, before = set(), b""
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found |= {name for name, text in names.items() if text in before + block}
            before = block[-128:]
    return found


def _by_package(looked: Looked) -> str:
    """Tell what a ZIP is by the names in it; nothing of it is unpacked."""
    if not looked.head.startswith(b"PK\x03\x04"):
        return ""
    names = packed.names_of(looked.path)
    if any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in names):
        raise UnableToTakeKind(_("The document holds macros. Save it without macros and try again."))
    if "[Content_Types].xml" in names:
        parts = (("word/", _WORD), ("xl/", _EXCEL), ("ppt/", _POWERPOINT))
        return next((kind for part, kind in parts if any(name.startswith(part) for name in names)), "application/zip")
    if _holds_programs(names):
        return ""
    return _odf(looked.head) or "application/zip"


def _odf(head: bytes) -> str:
    """Read the kind that stands unpacked at the beginning of an OpenDocument file."""
    if head[30:38] != b"mimetype":
        return ""
    said = head[38:120].decode("latin-1")
    return next((kind for kind in _BY_TYPE if kind.startswith(_ODF) and said.startswith(kind)), "")


def _holds_programs(names: Collection[str]) -> bool:
    """Whether a ZIP is a program of its own: Java, Android, a browser's extension."""
    return bool({"META-INF/MANIFEST.MF", "AndroidManifest.xml", "install.rdf"} & set(names))


_PAGES: Final = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<!entity", b"<body", b"<iframe", b"<?php")


def _by_text(looked: Looked) -> str:
    """Tell texts by their ending, which says what people do with them; pages and programs are no texts here."""
    if not _is_text(looked.head) or not _is_text(looked.tail, cut=True):
        return ""
    start = looked.head.lstrip(b"\xef\xbb\xbf \t\r\n\0")[:2000].lower()
    if start.startswith((b"#!", *_PAGES)):
        return ""
    kind = _BY_ENDING.get(looked.ending)
    media_type = kind.media_type if kind is not None else ""
    if media_type in ("text/plain", "text/csv", "text/markdown"):
        return media_type if b"<svg" not in start and b"<script" not in start else ""
    begins = {"text/calendar": b"begin:vcalendar", "text/vcard": b"begin:vcard"}
    if media_type in begins:
        return media_type if start.startswith(begins[media_type]) else ""
    return "message/rfc822" if media_type == "message/rfc822" and b":" in start.split(b"\n")[0] else ""


def _is_text(content: bytes, *, cut: bool = False) -> bool:
    """Whether these bytes are letters of some encoding we know, without signs that only programs write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" not in content and not any(sign < 9 or 13 < sign < 27 for sign in content)


_TELLING: Final[tuple[Callable[[Looked], str], ...]] = (_by_sign, _by_ole, _by_package, _by_text)


def _guessed(looked: Looked) -> str:
    """Name what is refused as well as we can."""
    try:
        found = puremagic.magic_string(looked.head, f"x.{looked.ending}" if looked.ending else None)
    except (puremagic.PureError, ValueError):
        found = []
    said = next((one.name for one in found if one.name), "")
    return said or (f".{looked.ending[:12]}" if looked.ending.isalnum() else _("unknown"))
