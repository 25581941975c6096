"""Where rows begin and end in the bytes of a delimited file, and on which line each begins.

This is the count against which the reader is held, so it shares no code with it: it sees line ends and quotes only.
A quote opens a cell only at the cell's beginning (`5" pipe` has none), and `""` inside quotes is a quote.
A line ends with LF, CR LF or a lone CR.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from anahtar.words import Refusal, say

Places: TypeAlias = "npt.NDArray[np.int64]"
Bytes: TypeAlias = "npt.NDArray[np.uint8]"

BLOCK: Final = 2 << 20
"""How much of a file is in memory at a time (measured: twice as much is 25 MiB fatter, no faster; half is slower)."""

LONGEST_ROW: Final = 16 << 20
"""Bytes of one row. More is no row of a ledger but a quote that was never closed, or an attack."""

_LF, _CR = 10, 13


class UnableToCutRow(Refusal):
    """A row does not end within any sensible length."""

    def __init__(self, *, file: str, line: int, quoted: bool, within: int = LONGEST_ROW) -> None:
        reason = (
            say("a quoted cell that begins on line {line} is not closed", line=line)
            if quoted
            else say("the row on line {line} does not end", line=line)
        )
        super().__init__(
            say(
                "{file} cannot be cut into rows: {reason} within {n} MiB or before the end of the file. "
                "Correct that line, or export the file again.",
                file=file,
                reason=reason,
                n=within >> 20,
            )
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """Some whole rows of a file.

    Parameters
    ----------
    data
        Their bytes.
    starts, ends
        Where each row that has at least one byte begins and ends in `data` (its line end included).
    lines
        The line of the file, from 1, on which each of these rows begins.
    stray
        Which of these rows have a cell that runs over several lines and whose closing quote has text behind it. That
        is how a stray quote looks: it swallows line ends up to the next quote, and the cells of two rows in one.
    torn
        Whether the file ends here without a line end, so that the last of these rows may be cut off.
    """

    data: bytes
    starts: Places
    ends: Places
    lines: Places
    stray: Places
    torn: bool

    def __len__(self) -> int:
        return len(self.starts)

    def text(self, i: int) -> bytes:
        """One row without its line end."""
        return self.data[self.starts[i] : self.ends[i]].rstrip(b"\r\n")

    def after(self, line: int) -> "Rows":
        """The rows that begin below a line."""
        skipped = int(np.searchsorted(self.lines, line, side="right"))
        if skipped == 0:
            return self
        cut = int(self.starts[skipped]) if skipped < len(self) else len(self.data)
        return Rows(
            self.data[cut:],
            self.starts[skipped:] - cut,
            self.ends[skipped:] - cut,
            self.lines[skipped:],
            self.stray[self.stray >= skipped] - skipped,
            self.torn,
        )

    def blank(self, delimiter: bytes, quote: bytes) -> Places:
        """Which rows have nothing in them but delimiters, blanks and empty quotes."""
        empty = delimiter + quote + b" \t\r\n"
        codes = np.frombuffer(self.data, dtype=np.uint8)
        nothing = np.isin(np.arange(256), np.frombuffer(empty, dtype=np.uint8))
        rows = np.arange(len(self))
        for place in range(4):  # four bytes clear nearly every row; only the others are looked at whole
            rows = rows[nothing[codes[np.minimum(self.starts[rows] + place, self.ends[rows] - 1)]]]
        return np.array([i for i in rows.tolist() if not self.text(i).strip(empty)], dtype=np.int64)


def cut_rows(blocks: Iterable[bytes], *, file: str, delimiter: bytes, quote: bytes) -> Iterator[Rows]:
    """Cut a file into whole rows, block by block.

    Raises
    ------
    UnableToCutRow
        Where a row is longer than `LONGEST_ROW`, or a quoted cell is still open at the end of the file.
    """
    rest, line = b"", 1
    for block in chain(blocks, (b"",)):
        at_end, data = not block, rest + block
        if not data:
            return
        scan = _scan(data, delimiter=delimiter, quote=quote, at_end=at_end)
        found, breaks = scan.ends, scan.breaks
        end = int(found[-1]) + 1 if len(found) else 0
        if len(data) - end > LONGEST_ROW or (at_end and scan.open_at is not None):
            where = line + int(np.searchsorted(breaks, end if scan.open_at is None else scan.open_at))
            raise UnableToCutRow(file=file, line=where, quoted=scan.open_at is not None)
        torn = at_end and end < len(data)
        if torn:
            found, end = np.append(found, len(data) - 1), len(data)
        if end:
            yield _rows(data[:end], found + 1, scan, line, torn=torn)
            line += int(np.searchsorted(breaks, end))
        rest = data[end:]


@dataclass(frozen=True, slots=True)
class _Scan:
    """Where rows end, where lines end, where stray quotes close, and where a cell opens that is not closed."""

    ends: Places
    breaks: Places
    strays: Places
    open_at: int | None = None


def _rows(data: bytes, ends: Places, scan: _Scan, line: int, *, torn: bool) -> Rows:
    starts = np.concatenate((np.zeros(1, dtype=np.int64), ends[:-1]))
    # Where no quoted cell holds a line end, every line is a row.
    simple = len(scan.ends) == len(scan.breaks)
    lines = line + (np.arange(len(starts)) if simple else np.searchsorted(scan.breaks, starts))
    first = np.frombuffer(data, dtype=np.uint8)[starts]
    full = (first != _LF) & (first != _CR)
    if not full.all():
        starts, ends, lines = starts[full], ends[full], lines[full]
    strays = scan.strays[scan.strays < len(data)]
    return Rows(data, starts, ends, lines, np.unique(np.searchsorted(ends, strays, side="right")), torn)


def _scan(data: bytes, *, delimiter: bytes, quote: bytes, at_end: bool) -> _Scan:
    codes = np.frombuffer(data, dtype=np.uint8)
    breaks = _line_ends(codes, data, at_end=at_end)
    none = np.zeros(0, dtype=np.int64)
    if not quote or quote not in data:
        return _Scan(breaks, breaks, none)
    opens, closes = _quoted(codes, delimiter[0], quote[0], len(data))
    if not len(opens):
        return _Scan(breaks, breaks, none)
    cell = np.searchsorted(opens, breaks) - 1
    inside = (cell >= 0) & (breaks < closes[cell])
    strays = _strays(codes, closes, np.unique(cell[inside]), delimiter[0], quote[0]) if inside.any() else none
    return _Scan(breaks[~inside], breaks, strays, _true_opening(opens, closes) if closes[-1] == len(data) else None)


def _strays(codes: Bytes, closes: Places, cells: Places, delimiter: int, quote: int) -> Places:
    """Where cells of several lines close with text behind the quote."""
    while True:
        ends: Places = closes[cells]
        behind = codes[np.minimum(ends + 1, len(codes) - 1)]
        doubled = (behind == quote) & (ends + 1 < len(codes))
        if not doubled.any():
            break
        cells = np.where(doubled, np.minimum(cells + 1, len(closes) - 1), cells)
    fine = (behind == delimiter) | (behind == _LF) | (behind == _CR) | (ends + 1 >= len(codes))
    stray: Places = ends[~fine]
    return stray


def _true_opening(opens: Places, closes: Places) -> int:
    """Where the last cell opens, before any doubled quotes in it."""
    last = len(opens) - 1
    while last and closes[last - 1] == opens[last] - 1:
        last -= 1
    return int(opens[last])


def _line_ends(codes: Bytes, data: bytes, *, at_end: bool) -> Places:
    feeds = codes == _LF
    if b"\r" in data:
        # A CR at the end of a block may be the first half of CR LF: it ends a line only at the end of the file.
        feeds[:-1] |= (codes[:-1] == _CR) & ~feeds[1:]
        feeds[-1] |= at_end and codes[-1] == _CR
    return np.flatnonzero(feeds)


def _quoted(codes: Bytes, delimiter: int, quote: int, end: int) -> tuple[Places, Places]:
    """Where quoted cells open and close (at `end` where they do not)."""
    quotes = np.flatnonzero(codes == quote)
    before = codes[quotes - 1]
    at_start = (before == delimiter) | (before == _LF) | (before == _CR) | (quotes == 0)
    doubled = np.diff(quotes, prepend=-2) == 1
    if (at_start | doubled)[0::2].all():
        # Every quote is one of a pair; a doubled quote closes and opens at once, which changes nothing for line ends.
        opens, closes = quotes[0::2], quotes[1::2]
        return opens, closes if len(closes) == len(opens) else np.append(closes, end)
    return _quoted_one_by_one(quotes.tolist(), at_start.tolist(), end)


def _quoted_one_by_one(quotes: list[int], at_start: list[bool], end: int) -> tuple[Places, Places]:
    """The same where quotes stand inside unquoted cells (`5" pipe`), which open nothing."""
    opens, closes, i = [], [], 0
    while i < len(quotes):
        if not at_start[i]:
            i += 1
            continue
        opens.append(quotes[i])
        i += 1
        while i + 1 < len(quotes) and quotes[i + 1] == quotes[i] + 1:
            i += 2
        closes.append(quotes[i] if i < len(quotes) else end)
        i += 1
    return np.array(opens, dtype=np.int64), np.array(closes, dtype=np.int64)
