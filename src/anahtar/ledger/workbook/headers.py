"""Which row of a spreadsheet is the header: under the title rows, over the figures, perhaps in two lines."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from anahtar.ledger.peek import RawRow
from anahtar.ledger.values.codes import number_text
from anahtar.ledger.workbook.cells import place

_FIGURE: Final = re.compile(r"[\s\d.,:/'%₺€$₽+-]*\d[\s\d.,:/'%₺€$₽+-]*")
_WIDE_ENOUGH: Final = 0.6
_LOOKED_AHEAD: Final = 20


@dataclass(frozen=True, slots=True)
class HeadRow:
    """One of the first rows: its number (from 1) and its cells by column (from 0); only text cells are `str`."""

    number: int
    cells: Mapping[int, object]

    @property
    def words(self) -> dict[int, str]:
        """The cells that are words: neither a number nor text that is written like one."""
        return {
            column: " ".join(cell.split())
            for column, cell in self.cells.items()
            if isinstance(cell, str) and cell.strip() and not _FIGURE.fullmatch(cell)
        }


def raw_row(number: int, cells: Mapping[int, object]) -> RawRow:
    """A row as a person sees it, its empty cells included."""
    return RawRow(number, tuple(_shown(cells.get(column)) for column in range(max(cells, default=-1) + 1)))


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    return number_text(cell) if isinstance(cell, float) else " ".join(str(cell).split())


@dataclass(frozen=True, slots=True)
class Header:
    """The header: its last row (from 1), and the texts by column (from 0)."""

    row: int
    texts: Mapping[int, str]


def find_header(head: Sequence[HeadRow], merges: Sequence[str] = (), *, asked: int | None = None) -> Header | None:
    """Find the header among the first rows; None where every row that is wide enough holds a figure.

    A header is the first row of nothing but words that is nearly as wide as the rows under it. A second line of
    words above or below it belongs to it where merged areas (or gaps) tell so; the texts are joined by a space.

    Parameters
    ----------
    head
        The first rows that hold anything.
    merges
        Merged areas of the sheet, as `A1:C1`.
    asked
        The row a person named (`--header-row`): taken as it is, whatever it holds; 0 for a sheet without header.
    """
    if asked == 0:
        return Header(0, dict.fromkeys((column for row in head for column in row.cells), ""))
    if asked is not None:
        texts = next((_texts(row) for row in head if row.number == asked), {})
        return Header(asked, texts)
    place_in_head = _first_header(head)
    if place_in_head is None:
        return None
    return _with_second_line(head, place_in_head, merges)


def _texts(row: HeadRow) -> dict[int, str]:
    return {column: " ".join(str(cell).split()) for column, cell in row.cells.items()}


def _first_header(head: Sequence[HeadRow]) -> int | None:
    for index, row in enumerate(head):
        under = [len(later.cells) for later in head[index + 1 : index + 1 + _LOOKED_AHEAD]]
        if not under:
            # The last row that holds anything: a header of a sheet without rows, where it is all words.
            return index if len(row.words) == len(row.cells) > 1 else None
        width = max(under)
        if len(row.cells) < max(1 if width == 1 else 2, _WIDE_ENOUGH * width):
            continue
        # A figure here and there is no header: the row is data, and a header must have stood above it.
        return index if len(row.words) >= 0.8 * len(row.cells) else None
    return None


def _with_second_line(head: Sequence[HeadRow], index: int, merges: Sequence[str]) -> Header:
    row = head[index]
    spans = [_span(area) for area in merges]
    if index + 1 < len(head) and _continues(row, head[index + 1], head[index + 2 : index + 3], spans):
        below = head[index + 1]
        if len(below.cells) > len(row.cells) and not _groups(row, below, spans):
            return Header(below.number, _texts(below))  # the upper line was a title in several cells
        return Header(below.number, _joined(_spread(row, spans), below.words))
    above = head[index - 1] if index else None
    if above is not None and _heads(above, row, spans):
        return Header(row.number, _joined(_spread(above, spans), row.words))
    return Header(row.number, _texts(row))


def _continues(row: HeadRow, below: HeadRow, after: Sequence[HeadRow], spans: Sequence["_Span"]) -> bool:
    """Tell whether the row below is a second line of the header: words where the first has gaps or areas."""
    if below.number != row.number + 1 or len(below.words) != len(below.cells) or not after:
        return False
    if len(after[0].words) == len(after[0].cells):
        return False  # all columns hold words: the second line would be as much a header as the third
    merged = any(span.top == row.number and span.wide for span in spans)
    gaps = any(column not in row.cells for column in below.cells)
    return merged or gaps


def _heads(above: HeadRow, row: HeadRow, spans: Sequence["_Span"]) -> bool:
    """Tell whether the narrow row above groups the columns: areas over some of them, not a title over all."""
    return above.number == row.number - 1 and len(above.words) == len(above.cells) > 1 and _groups(above, row, spans)


def _groups(upper: HeadRow, lower: HeadRow, spans: Sequence["_Span"]) -> bool:
    areas = (span for span in spans if span.top == upper.number and span.wide)
    return any(span.right - span.left + 1 < len(lower.cells) for span in areas)


@dataclass(frozen=True, slots=True)
class _Span:
    top: int
    bottom: int
    left: int
    right: int

    @property
    def wide(self) -> bool:
        return self.right > self.left


def _span(area: str) -> _Span:
    first, last = area.split(":")
    (left, top), (right, bottom) = place(first), place(last)
    return _Span(top, bottom, left, right)


def _spread(row: HeadRow, spans: Sequence[_Span]) -> dict[int, str]:
    """Give every column under a merged area the area's text."""
    texts = _texts(row)
    for span in spans:
        if span.top == row.number and span.left in texts:
            # A merge bomb spans 16,384 columns: 500 of them are enough for any header.
            texts |= dict.fromkeys(range(span.left, min(span.right, span.left + 500) + 1), texts[span.left])
    return texts


def _joined(upper: Mapping[int, str], lower: Mapping[int, str]) -> dict[int, str]:
    return {
        column: " ".join(part for part in (upper.get(column, ""), lower.get(column, "")) if part)
        for column in sorted({*upper, *lower})
    }
