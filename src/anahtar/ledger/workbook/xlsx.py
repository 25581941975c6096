"""The parts of an .xlsx workbook: its sheets, their first rows, and what its XML may not contain."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final
from xml.etree import ElementTree
from zipfile import ZipFile, ZipInfo

from anahtar.ledger.files.archives import UnableToUnpack, blocks, find, whole
from anahtar.ledger.workbook.cells import MalformedSheet, Row, rows, shared_strings
from anahtar.words import Message, Refusal, say

PEEKED_ROWS: Final = 60
_MOST_SHEETS: Final = 500
_MOST_STRINGS: Final = 20_000_000
_WORKSHEET: Final = "/worksheet"
_WORKBOOK: Final = "xl/workbook.xml"


class UnableToReadWorkbook(Refusal):
    """The workbook is broken, or says two things at once."""

    def __init__(self, *, file: str, reason: Message) -> None:
        super().__init__(
            say(
                "{file} cannot be read: {reason}. Open it in Excel or LibreOffice and save it again as .xlsx.",
                file=file,
                reason=reason,
            )
        )


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its name, its part of the archive, and whether a person sees it."""

    name: str
    part: ZipInfo
    hidden: bool


class Workbook:
    """An .xlsx file as its parts say, read by nothing but Python's own zip and XML."""

    def __init__(self, archive: ZipFile, *, file: str) -> None:
        self.archive = archive
        self.file = file
        self._refuse_declarations()

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The worksheets in their order (charts and macro sheets are none)."""
        targets = self._targets
        found = []
        named = [element for element in self._root.iter() if _local(element.tag) == "sheet"]
        if len(named) > _MOST_SHEETS:
            raise self._broken(say("it has {count} sheets, more than {limit}", count=len(named), limit=_MOST_SHEETS))
        for element in named:
            part = find(self.archive, targets.get(_attribute(element, "id"), ""))
            if part is not None:
                found.append(SheetPart(element.get("name", ""), part, element.get("state", "visible") != "visible"))
        if len({sheet.name for sheet in found}) < len(found):
            raise self._broken(say("two of its sheets have the same name"))
        if len({sheet.part.filename for sheet in found}) < len(found):
            raise self._broken(say("two of its sheets are the same part"))
        return tuple(found)

    @cached_property
    def calculates_when_opened(self) -> bool:
        """True where the writer left the formulas for Excel to calculate: the values kept beside them are none."""
        return any(
            _local(element.tag) == "calcPr" and element.get("fullCalcOnLoad") in ("1", "true")
            for element in self._root.iter()
        )

    @property
    def has_macros(self) -> bool:
        """Macros are never run; that they are there is said."""
        return find(self.archive, "xl/vbaProject.bin") is not None

    def peek(self, sheet: SheetPart) -> list[Row]:
        """Read the first rows that hold anything."""
        return list(islice((row for row in self.rows(sheet) if row.cells), PEEKED_ROWS))

    def rows(self, sheet: SheetPart) -> Iterator[Row]:
        """Read all rows of a sheet, the careful way."""
        try:
            yield from rows(blocks(self.archive, sheet.part, file=self.file, size=1 << 16))
        except MalformedSheet as broken:
            raise self._broken(say("sheet {sheet} is damaged", sheet=sheet.name)) from broken

    @property
    def strings_part(self) -> ZipInfo | None:
        """The part with the shared strings."""
        return find(self.archive, self._targets.get("sharedStrings", ""))

    def strings(self, most: int = _MOST_STRINGS) -> list[str]:
        """Read the first shared strings."""
        part = self.strings_part
        if part is None:
            return []
        try:
            return list(islice(shared_strings(blocks(self.archive, part, file=self.file)), most))
        except MalformedSheet as broken:
            raise self._broken(say("its shared strings are damaged")) from broken

    @cached_property
    def _root(self) -> ElementTree.Element:
        return self._xml(_WORKBOOK)

    @cached_property
    def _targets(self) -> Mapping[str, str]:
        """Part names by relationship id; the shared strings under their own name."""
        targets = {}
        for element in self._xml("xl/_rels/workbook.xml.rels").iter():
            kind, target = element.get("Type", ""), element.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if kind.endswith("/sharedStrings"):
                targets["sharedStrings"] = path
            elif kind.endswith(_WORKSHEET):
                targets[element.get("Id", "")] = path
        return targets

    def _xml(self, name: str) -> ElementTree.Element:
        text = whole(self.archive, name, file=self.file)
        if text is None:
            raise self._broken(say("the part {part} is missing", part=name))
        try:
            # No part has a document type (see below), so there is nothing to expand and nothing to fetch.
            return ElementTree.fromstring(text)
        except (ElementTree.ParseError, ValueError) as broken:
            raise self._broken(say("the part {part} is damaged", part=name)) from broken

    def _refuse_declarations(self) -> None:
        """Refuse a document type in any part: it can name files of this machine and grow without end."""
        for part in self.archive.infolist():
            if not part.filename.casefold().endswith((".xml", ".rels", ".vml")):
                continue
            prolog = next(blocks(self.archive, part, file=self.file, size=1 << 12), b"") if part.file_size else b""
            if prolog[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in prolog[:8]:
                raise self._broken(say("the part {part} is in an unusual encoding", part=part.filename))
            if b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog or not _ROOT.search(prolog):
                raise UnableToUnpack(
                    file=self.file, reason=say("the part {part} has a document type", part=part.filename)
                )
            if any(int(count) > part.file_size for count in _COUNT.findall(prolog)):
                # The reader would make room for as many strings as it is told: four milliards in 100 bytes.
                raise self._broken(say("the part {part} lies about its size", part=part.filename))

    def _broken(self, reason: Message) -> UnableToReadWorkbook:
        return UnableToReadWorkbook(file=self.file, reason=reason)


_ROOT: Final = re.compile(rb"<[A-Za-z_]")
"""The root element: a document type can only stand before it, and a prolog longer than 4 KB is no one's workbook."""

_COUNT: Final = re.compile(rb"""<(?:\w+:)?sst\b[^>]*?\buniqueCount\s*=\s*["']\s*(\d+)""")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}" + name)), "")
