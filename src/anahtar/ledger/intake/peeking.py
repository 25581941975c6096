"""Looking at files before they are read: what is clear, what a person has to decide, and what either answer means.

The same steps as `reading`, by the same readers, on the first rows; a refusal that an option can answer becomes a
question beside what could be understood all the same. Only where the first rows leave signs or dates open, more of the
file is looked at, as reading would.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from anahtar.ledger.columns.recognising import recognise_so_far
from anahtar.ledger.files.sources import books, open_sheets
from anahtar.ledger.intake.learning import Learning, UnableToFindRows, UnableToJoinSheets
from anahtar.ledger.intake.previewing import Preview, columns_of, cut, missing_of, previewed
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.peek import BookSheet, Decides, Peek, PeekedSheet, Question, RawRow
from anahtar.ledger.roles import DAYS, FIGURES, Mapping
from anahtar.ledger.sheet import Chunk, Sheet, whole_header
from anahtar.ledger.text import delimited, encodings, layout
from anahtar.ledger.values.dates import UnableToTellDateOrder
from anahtar.ledger.workbook import workbook
from anahtar.words import Refusal

LOOKED_AT: Final = 1_000
"""Rows of a large workbook that are read for a look; as many as columns are recognised by."""

_DECIDES: Final[dict[type[Refusal], Decides]] = {
    UnableToFindRows: "header_row",
    workbook.UnableToFindSheet: "sheet",
    workbook.UnableToFindRows: "header_row",
    layout.UnableToFindHeaderRow: "header_row",
    layout.UnableToUseDelimiter: "delimiter",
    layout.UnableToReadColumns: "delimiter",
    delimited.UnableToCutCells: "delimiter",
    delimited.UnableToDecode: "encoding",
    encodings.UnableToReadText: "encoding",
    encodings.UnableToFindEncoding: "encoding",
}
"""Refusals that a person can answer with an option."""

_DECIDABLE: Final = tuple(_DECIDES)


def peek_files(
    paths: Sequence[Path],
    names: Sequence[str],
    options: ReadOptions,
    *,
    rows: int,
    progress: Callable[[str, int, int], None],
) -> Peek:
    """Look at the files of one import.

    Parameters
    ----------
    paths, names
        Files and folders, and what each is called.
    options
        What is decided already; it wins, as in reading.
    rows
        How many rows of each sheet are told.
    progress
        Called with the stage `looking`, files looked at, and files.

    Raises
    ------
    Refusal
        Nothing that an option could answer: a file is missing, damaged, made to do harm, or of a kind we do not read.
    """
    sheets: list[PeekedSheet] = []
    for at, (path, name) in enumerate(zip(paths, names, strict=True)):
        progress("looking", at, len(paths))
        sheets += _File(path, name, options, rows).sheets()
    return Peek(tuple(sheets), tuple(_book_sheets(paths, names, sheets)), tuple(_between(sheets)))


def _book_sheets(paths: Sequence[Path], names: Sequence[str], sheets: Sequence[PeekedSheet]) -> Iterator[BookSheet]:
    read = {(sheet.file, sheet.name) for sheet in sheets}
    for book in books(paths, names):
        for name, hidden in book.sheets:
            yield BookSheet(book.file_name, name, hidden, (book.file_name, name) in read)


def _between(sheets: Sequence[PeekedSheet]) -> Iterator[Question]:
    """Sheets that cannot be one ledger, because each says something that the other does not."""
    clear = [sheet for sheet in sheets if not any(question.decides == "columns" for question in sheet.questions)]
    for other in clear[1:]:
        ours, theirs = set(clear[0].mapping), set(other.mapping)
        if ours != theirs:
            refusal = UnableToJoinSheets(
                first=_title(clear[0]), other=_title(other), only_first=ours - theirs, only_other=theirs - ours
            )
            yield Question(refusal.message, "columns")


def _title(sheet: PeekedSheet) -> str:
    return f"{sheet.file} [{sheet.name}]" if sheet.name else sheet.file


@dataclass(frozen=True, slots=True)
class _File:
    """One file or folder, and how it is to be read."""

    path: Path
    name: str
    options: ReadOptions
    rows: int

    def sheets(self) -> list[PeekedSheet]:
        try:
            return [self._sheet(sheet, ()) for sheet in self._opened(self.options)]
        except _DECIDABLE as refusal:
            question = self.question(refusal)
            shown = [self._sheet(sheet, (question,)) for sheet in self._opened_otherwise(question)]
            return shown or [_unread(self.name, (), question)]

    def _opened(self, options: ReadOptions) -> list[Sheet]:
        return open_sheets([self.path], options, [self.name], most=LOOKED_AT)

    def question(self, refusal: Refusal) -> Question:
        """What a refusal leaves to decide."""
        decides = _DECIDES[type(refusal)]
        if decides == "sheet" and self._has_sheet():
            decides = "header_row"  # there is a sheet to read, but no header was found in it
        return Question(refusal.message, decides)

    def _has_sheet(self) -> bool:
        wanted = self.options.sheet
        sheets = (sheet for book in books([self.path], [self.name]) for sheet in book.sheets)
        return any(not hidden if wanted is None else name == wanted for name, hidden in sheets)

    def _opened_otherwise(self, question: Question) -> list[Sheet]:
        """Open it as if the answer that does not fit had not been given, or there were no header: to show something."""
        without: dict[str, Any] = {question.decides: None}
        attempts = [replace(self.options, **without)]
        if question.decides in ("sheet", "header_row"):
            attempts.append(replace(attempts[0], header_row=0))
        for options in attempts:
            if options == self.options:
                continue
            try:
                return self._opened(options)
            except _DECIDABLE:
                continue
        return []

    def _sheet(self, sheet: Sheet, questions: tuple[Question, ...]) -> PeekedSheet:
        try:
            sample = next(sheet.chunks(), None)
            if sample is None:
                raise UnableToFindRows(file=sheet.file_name, sheet=sheet.name)
        except _DECIDABLE as refusal:
            return _unread(sheet.file_name, _beginning(sheet, self.rows), self.question(refusal), sheet)
        return _Table(self, sheet, sample).peeked(questions)

    def whole(self, sheet: Sheet) -> Sheet:
        """The same sheet with all its rows."""
        opened = open_sheets([self.path], self.options, [self.name])
        return next(other for other in opened if (other.file_name, other.name) == (sheet.file_name, sheet.name))


@dataclass(frozen=True, slots=True)
class _Table:
    """One sheet with rows: the first of them, and where it came from."""

    file: _File
    sheet: Sheet
    sample: Chunk

    @property
    def header(self) -> Sequence[str]:
        return whole_header(self.sheet, self.sample)

    def peeked(self, questions: tuple[Question, ...]) -> PeekedSheet:
        mapping, doubts = recognise_so_far(
            self.header, self.sample, self.file.options, file=self.sheet.file_name, sheet=self.sheet.name
        )
        asked = [*questions, *(Question(doubt.message, "columns", doubt.role) for doubt in doubts)]
        missing = missing_of(mapping)
        learning = None
        if not {DAYS[mapping.kind][0], FIGURES[mapping.kind][0]} & set(missing):
            learning, open_questions = self._learnt(mapping)
            asked += open_questions
        preview = previewed(self.sheet, self.header, self.sample, mapping, learning, rows=self.file.rows)
        return self._told(mapping, preview, tuple(asked))

    def _learnt(self, mapping: Mapping) -> tuple[Learning, list[Question]]:
        """What the cells prove of signs and dates, and what they leave open."""
        try:
            learning = self._learning(self.sheet, mapping)
            if learning.two_ways and self._is_cut:
                learning = self._learning(self.file.whole(self.sheet), mapping)
        except _DECIDABLE as refusal:
            learning = Learning(self.sheet, 0, self.header, mapping, self.file.options)
            learning.learn(self.sample)
            return learning, [self.file.question(refusal)]
        return learning, [
            Question(doubt.message, "date_order" if isinstance(doubt, UnableToTellDateOrder) else "decimal")
            for doubt in learning.doubts()
        ]

    @property
    def _is_cut(self) -> bool:
        return self.sheet.facts.get("format") == "xlsx" and len(self.sample.rows) >= LOOKED_AT

    def _learning(self, sheet: Sheet, mapping: Mapping) -> Learning:
        learning = Learning(sheet, 0, self.header, mapping, self.file.options)
        chunks = sheet.chunks()
        learning.learn(next(chunks))
        while learning.two_ways and (chunk := next(chunks, None)) is not None:
            learning.learn(chunk)
        return learning

    def _told(self, mapping: Mapping, preview: Preview, questions: tuple[Question, ...]) -> PeekedSheet:
        sheet = self.sheet
        return PeekedSheet(
            file=sheet.file_name,
            name=sheet.name,
            facts=sheet.facts,
            header_row=sheet.header_row,
            above=tuple(row for row in _beginning(sheet, sheet.header_row) if row.row <= sheet.header_row),
            columns=columns_of(self.header),
            rows=preview.rows,
            mapping=mapping.columns,
            because=mapping.because,
            missing=missing_of(mapping),
            decimal=preview.decimal,
            date_order=preview.date_order,
            percent=preview.percent,
            questions=questions,
        )


def _beginning(sheet: Sheet, most: int) -> tuple[RawRow, ...]:
    return tuple(RawRow(row.row, tuple(map(cut, row.cells))) for row in sheet.beginning(most)) if most else ()


def _unread(file: str, above: tuple[RawRow, ...], question: Question, sheet: Sheet | None = None) -> PeekedSheet:
    """A file of which no row could be read as it is to be read."""
    return PeekedSheet(
        file=file,
        name="" if sheet is None else sheet.name,
        facts={} if sheet is None else sheet.facts,
        header_row=0 if sheet is None else sheet.header_row,
        above=above,
        columns=() if sheet is None else columns_of(sheet.header),
        rows=(),
        mapping={},
        because={},
        missing=(),
        decimal=None,
        date_order=None,
        percent=None,
        questions=(question,),
    )
