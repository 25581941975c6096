"""The cells of a worksheet's XML, one row at a time, by Python's own XML parser.

This is the second opinion on a workbook: it shares no code with the reader (calamine) whose rows end in the ledger.
It looks at the first rows to find the header, and at every row where the two disagree.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeAlias
from xml.parsers import expat

Kind: TypeAlias = Literal["number", "text", "truth", "error", "moment"]

_KINDS: Final[dict[str, Kind]] = {"b": "truth", "e": "error", "d": "moment", "str": "text", "inlineStr": "text"}


class Cell(NamedTuple):
    """One cell that holds a value or a formula; `column` counts from 0, `text` of a shared string is its number."""

    column: int
    kind: Kind
    text: str
    shared: bool
    formula: bool


@dataclass(slots=True)
class Row:
    """One row of the sheet, counted from 1 as a person does, and where its text ends in the part."""

    number: int
    cells: list[Cell] = field(default_factory=list)
    end: int = 0


class MalformedSheet(Exception):
    """The XML of the sheet is broken, or says a cell where none can be."""


def rows(blocks: Iterable[bytes]) -> Iterator[Row]:
    """Cut a worksheet part into rows.

    Raises
    ------
    MalformedSheet
        The XML is broken or a cell reference is none.
    """
    reader = _SheetReader()
    for block in blocks:
        reader.feed(block, last=False)
        yield from reader.taken()
    reader.feed(b"", last=True)
    yield from reader.taken()


class _SheetReader:
    """Expat calls back on every tag; what it calls is kept short, for there are millions of cells."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._rows: list[Row] = []
        self._row = Row(0)
        self._column = -1
        self._line = 0
        self._type = ""
        self._text: list[str] = []
        self._formula = False
        self._phonetic = False

    def feed(self, block: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(block, last)
        except (expat.ExpatError, ValueError) as broken:
            raise MalformedSheet(str(broken)) from broken

    def taken(self) -> list[Row]:
        rows, self._rows = self._rows, []
        return rows

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t") and not self._phonetic:
            self._parser.CharacterDataHandler = self._text.append
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._phonetic = True
        elif name == "row":
            self._row = Row(int(attributes.get("r", self._row.number + 1)))
            self._column = -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column, self._line = self._column + 1, self._row.number
        else:
            self._column, self._line = place(reference)
        self._type = attributes.get("t", "n")
        self._text = []
        self._formula = False

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("v", "t"):
            self._parser.CharacterDataHandler = None
        elif name == "c":
            self._end_cell()
        elif name == "rPh":
            self._phonetic = False
        elif name == "row":
            self._row.end = self._parser.CurrentByteIndex
            self._rows.append(self._row)

    def _end_cell(self) -> None:
        if self._line != self._row.number:
            raise ValueError(f"a cell of row {self._line} stands in row {self._row.number}")
        text = "".join(self._text)
        if text or self._formula:
            shared = self._type == "s"
            kind = "text" if shared else _KINDS.get(self._type, "number")
            self._row.cells.append(Cell(self._column, kind, text, shared, self._formula))


def place(reference: str) -> tuple[int, int]:
    """Column (from 0) and row (from 1) of a cell reference: C7 is (2, 7)."""
    letters = reference.rstrip("0123456789")
    if not letters.isascii() or not letters.isalpha() or len(letters) == len(reference) or len(letters) > 3:
        raise ValueError(f"{reference} is no cell")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1, int(reference[len(letters) :])


def letters(column: int) -> str:
    """Name a column (from 0) as a spreadsheet does: 0 is A, 27 is AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def shared_strings(blocks: Iterable[bytes]) -> Iterator[str]:
    """Read the strings that cells name by number, in order; rich text is joined, phonetic readings are left out."""
    reader = _StringReader()
    for block in blocks:
        reader.feed(block, last=False)
        yield from reader.taken()
    reader.feed(b"", last=True)
    yield from reader.taken()


class _StringReader:
    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._strings: list[str] = []
        self._text: list[str] = []
        self._phonetic = False

    def feed(self, block: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(block, last)
        except expat.ExpatError as broken:
            raise MalformedSheet(str(broken)) from broken

    def taken(self) -> list[str]:
        strings, self._strings = self._strings, []
        return strings

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "si":
            self._text = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "t" and not self._phonetic:
            self._parser.CharacterDataHandler = self._text.append

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "t":
            self._parser.CharacterDataHandler = None
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self._strings.append("".join(self._text))
