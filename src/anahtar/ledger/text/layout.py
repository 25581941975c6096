"""How a text file lays out its table: what parts its cells, and which row is the header.

Seen in the first rows only. Exports put titles, dates and blank rows above the header, and pad them with delimiters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from anahtar.words import Refusal, say

BLANKS: Final = " "
"""As a delimiter: runs of blanks and tabs, however long; blanks at the beginning of a row mean nothing."""

DELIMITERS: Final = (";", "\t", "|", ",", BLANKS)
"""In order of preference where two fit equally well: a comma may also stand in numbers, blanks in names."""

MOST_COLUMNS: Final = 16_384
"""As many as a workbook can have. More is no ledger."""

_ROWS: Final = 200
_DATA_LIKE: Final = re.compile(r"[^\w]*\d[\d\s.,:;/'()%+\-−₺$€£TZ]*")


class UnableToReadColumns(Refusal):
    """The file has more columns than any ledger."""

    def __init__(self, *, file: str, columns: int) -> None:
        super().__init__(
            say(
                "{file} has {columns} columns; at most {most} can be read. "
                "If cells are cut in the wrong places, say what parts them with --delimiter.",
                file=file,
                columns=columns,
                most=MOST_COLUMNS,
            )
        )


class UnableToFindHeaderRow(Refusal):
    """The row given with `--header-row` is not among the first rows of the file."""

    def __init__(self, *, file: str, row: int) -> None:
        super().__init__(
            say(
                "{file} has no row with cells at line {row}. Say with --header-row on which line the header stands.",
                file=file,
                row=row,
            )
        )


class UnableToUseDelimiter(Refusal):
    """What was given with `--delimiter` is not one character."""

    def __init__(self, *, delimiter: str) -> None:
        super().__init__(
            say(
                "“{delimiter}” cannot part cells. --delimiter takes one character, for example --delimiter ';', "
                "or one of the words tab and blank.",
                delimiter=delimiter,
            )
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text file lays out its table.

    Parameters
    ----------
    delimiter, quote
        What parts cells (`BLANKS` for runs of blanks), and what encloses those that hold a delimiter.
    header
        The header cells, one per column; empty strings where there is no header.
    header_row
        The line of the header, from 1; 0 where there is none and every row is data.
    needed
        How many cells a row must have: up to the last column with a header.
    trims
        Whether the export leaves out empty cells at the end of its rows, as habit: many rows are short.
    """

    delimiter: str
    quote: str
    header: tuple[str, ...]
    header_row: int
    needed: int
    trims: bool


def find_layout(text: str, *, file: str, delimiter: str | None = None, header_row: int | None = None) -> Layout:
    """Find delimiter, quote and header in the first rows of a file; what the user says wins.

    The delimiter is the one that cuts most rows into the same number of cells, the more cells the better.
    The header is the first row about as full as the rows below it that has words where they have numbers or dates.

    Parameters
    ----------
    text
        The first rows, whole.
    file
        What messages call the file.
    delimiter
        One character, or `tab` or `blank`.
    header_row
        The line of the header, from 1; 0 for a file without one.
    """
    wanted = _named(delimiter) if delimiter else _declared(text)
    best = max(((d, list(first_rows(text, d))) for d in ((wanted,) if wanted else DELIMITERS)), key=_fitness)
    found, rows = best
    if wanted is None and _fitness(best)[0] == 0:
        found, rows = ";", list(first_rows(text, ";"))
    rows = rows[1:] if _declared(text) else rows
    header, at = _header(rows, file=file, row=header_row)
    below = [cells for line, cells in rows if line > at]
    needed = max((i for i, cell in enumerate(header, start=1) if cell), default=len(header))
    width = max(needed, _usual_width(below, most=True))
    if width > MOST_COLUMNS:
        raise UnableToReadColumns(file=file, columns=width)
    header = (*header[:width], *[""] * (width - len(header)))
    return Layout(found, _quote(text), header, at, needed, found != BLANKS and _trims(below, needed))


def _trims(rows: list[list[str]], needed: int) -> bool:
    short = sum(1 < len(cells) < needed for cells in rows)
    return short >= 20 and short * 20 >= len(rows)


def cut_cells(text: str, delimiter: str, quote: str) -> list[str]:
    """The cells of one row."""
    return next(_cut(text, delimiter, quote), (1, []))[1]


def _named(delimiter: str) -> str:
    named = {"tab": "\t", "\\t": "\t", "blank": BLANKS, "space": BLANKS}.get(delimiter.lower(), delimiter)
    if len(named) != 1 or not named.isascii() or named.isalnum() or named in "\"'\r\n\0":
        raise UnableToUseDelimiter(delimiter=delimiter)
    return named


def _declared(text: str) -> str | None:
    """The delimiter that Excel lets a file declare on its first line: `sep=;`."""
    match = re.match(r"(?i)sep=([;,\t|])\r?\n", text)
    return match[1] if match else None


def _quote(text: str) -> str:
    """A double quote, or a single one where the file uses those instead."""
    return "'" if '"' not in text and len(re.findall(r"(?m)(?:^|[;,\t|])'[^'\r\n]*'(?=$|[;,\t|])", text)) > 3 else '"'


def first_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The first rows with anything in them as a delimiter cuts them: the line each begins on, and its cells."""
    for n, (line, cells) in enumerate(_cut(text, delimiter, _quote(text))):
        if n == _ROWS:
            return
        yield line, cells


def _fitness(candidate: tuple[str, list[tuple[int, list[str]]]]) -> tuple[float, int]:
    """How well a delimiter cuts the rows: the share of rows with the usual number of cells, times those cells."""
    delimiter, rows = candidate
    widths = [len(cells) for _, cells in rows]
    several = [width for width in widths if width > 1]
    if not several:
        return 0.0, -DELIMITERS.index(delimiter) if delimiter in DELIMITERS else 0
    usual = max(set(several), key=lambda width: (several.count(width), width))
    share = several.count(usual) / len(widths)
    # A comma in one sentence of many parts no cells, and blanks must part every row, and every row alike.
    if share < (0.9 if delimiter == BLANKS else 0.34) and several.count(usual) < 20:
        return 0.0, -len(DELIMITERS)
    return share * share * (usual - 1), -DELIMITERS.index(delimiter) if delimiter in DELIMITERS else 0


def _cut(text: str, delimiter: str, quote: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with at least one character: the line each begins on, and its cells."""
    line, start, cells = 1, 1, []
    for match in _cell(delimiter, quote).finditer(text):
        quoted, tail, plain, end = match.groups()
        cell = quoted.replace(quote * 2, quote) + tail if quoted is not None else plain
        cells.append(cell)
        line += len(re.findall(r"\r\n|\r|\n", match[0]))
        if end not in (delimiter, *_blanks(delimiter, end)):
            if any(cell.strip() for cell in cells):
                yield start, _trimmed(cells) if delimiter == BLANKS else cells
            cells, start = [], line
            if match.end() == len(text):
                return


def _blanks(delimiter: str, end: str) -> tuple[str, ...]:
    return (end,) if delimiter == BLANKS and end and not end.strip(" \t") else ()


def _trimmed(cells: list[str]) -> list[str]:
    """Cells parted by blanks, without the empty ones that blanks at both ends of the row leave."""
    first = 1 if len(cells) > 1 and cells[0] == "" else 0
    return cells[first : len(cells) - 1 if len(cells) > 1 and cells[-1] == "" else None]


@cache
def _cell(delimiter: str, quote: str) -> re.Pattern[str]:
    parts = r"[ \t]+" if delimiter == BLANKS else re.escape(delimiter)
    stop = r" \t" if delimiter == BLANKS else re.escape(delimiter)
    quoted = f"{quote}([^{quote}]*(?:{quote}{quote}[^{quote}]*)*){quote}([^{stop}\r\n]*)"
    return re.compile(f"(?:{quoted}|([^{stop}\r\n]*))({parts}|\r\n|\r|\n|\\Z)")


def _header(rows: list[tuple[int, list[str]]], *, file: str, row: int | None) -> tuple[tuple[str, ...], int]:
    if row:
        named = next((cells for line, cells in rows if line == row), None)
        if named is None:
            raise UnableToFindHeaderRow(file=file, row=row)
        return _headers(named), row
    at = None if row == 0 else _first_full_row(rows)
    if at is None or not _has_words(rows[at][1], [cells for _, cells in rows[at + 1 :]]):
        return ("",) * _usual_width([cells for _, cells in rows]), 0
    line, cells = rows[at]
    return _headers(cells), line


def _headers(cells: list[str]) -> tuple[str, ...]:
    """Header cells, those of several lines joined by a blank."""
    return tuple(" ".join(cell.split()) for cell in cells)


def _usual_width(rows: list[list[str]], *, most: bool = False) -> int:
    """The number of cells that most rows have (0 where `most` is asked for and no half of them agrees)."""
    widths = [len(cells) for cells in rows]
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    return usual if not most or widths.count(usual) * 2 > len(widths) else 0


def _first_full_row(rows: list[tuple[int, list[str]]]) -> int | None:
    """The first row about as full as the fullest usual row: titles fill a cell or two."""
    filled = [sum(1 for cell in cells if cell.strip()) for _, cells in rows]
    usual = max(set(filled), key=lambda n: (filled.count(n) * (n > 1), n), default=0)
    return next((i for i, n in enumerate(filled) if n and 2 * n >= usual), None)


def _has_words(cells: list[str], below: list[list[str]]) -> bool:
    """Whether a row has words where the rows below have numbers and dates."""
    numeric = [i for i, _ in enumerate(cells) if _mostly_data([row[i] for row in below if i < len(row)])]
    if not numeric:
        return not all(_DATA_LIKE.fullmatch(cell.strip()) for cell in cells if cell.strip())
    return sum(bool(_DATA_LIKE.fullmatch(cells[i].strip())) for i in numeric) * 3 <= len(numeric)


def _mostly_data(cells: list[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and sum(bool(_DATA_LIKE.fullmatch(cell)) for cell in filled) * 5 >= len(filled) * 4
