"""The first step: the files as they were opened, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from anahtar.ledger.files import wire
from anahtar.ledger.files.wire import options_from_json
from anahtar.ledger.peek import Peek, PeekedSheet
from anahtar_web.jobs.told import shown
from anahtar_web.ledgers.models import Import, State
from anahtar_web.ledgers.pages.steps import Step, steps
from anahtar_web.ledgers.wording import on_screen, told_facts
from anahtar_web.ui.templatetags.shown import words

COLUMNS: Final = 40
"""More columns of a sheet are counted, not shown."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stands in the file; `part` is above, head or body."""

    row: int
    cells: Sequence[str]
    part: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """One table as it was opened.

    Parameters
    ----------
    more
        How many columns are not shown.
    questions
        What is left to decide about it, in words.
    """

    title: str
    facts: Sequence[tuple[Any, Any]]
    letters: Sequence[str]
    rows: Sequence[RawRow]
    more: int
    questions: Sequence[str]

    @classmethod
    def of(cls, sheet: PeekedSheet) -> Self:
        """Show a sheet."""
        rows = [RawRow(raw.row, raw.cells[:COLUMNS], _part(raw.row, sheet)) for raw in sheet.above]
        rows += [RawRow(row.row, [cell or "" for cell in row.cells[:COLUMNS]], "body") for row in sheet.rows]
        letters = [column.letter for column in sheet.columns]
        return cls(
            title=f"{sheet.file} · {sheet.name}" if sheet.name else sheet.file,
            facts=told_facts(sheet.facts),
            letters=letters[:COLUMNS],
            rows=rows,
            more=max(0, len(letters) - COLUMNS),
            questions=[on_screen(words()(question.sentence)) for question in sheet.questions],
        )


def _part(row: int, sheet: PeekedSheet) -> str:
    return "head" if row == sheet.header_row else "above"


@dataclass(frozen=True, slots=True)
class FilePage:
    """What a first look found."""

    of: Import
    steps: Sequence[Step]
    form: Any
    sheets: Sequence[SheetView]
    unread: Sequence[str]
    questions: Sequence[str]
    working: bool
    refusal: str
    mapping: str

    @classmethod
    def build(cls, *, of: Import, form: Any) -> Self:
        """Gather the page."""
        peek = peek_of(of)
        return cls(
            of=of,
            steps=steps(of, "file"),
            form=form,
            sheets=[SheetView.of(sheet) for sheet in peek.sheets] if peek else [],
            unread=[f"{sheet.file} · {sheet.name}" for sheet in peek.book_sheets if not sheet.chosen] if peek else [],
            questions=[on_screen(words()(question.sentence)) for question in peek.questions] if peek else [],
            working=of.state == State.LOOKING,
            refusal=on_screen(shown(of.refusal)),
            mapping=of.mapping.name if of.mapping else "",
        )


def peek_of(of: Import) -> Peek | None:
    """Give what a first look at an import found; None before it, and where it was refused."""
    return wire.peek_from_json(of.peek) if of.peek is not None else None


def sheets_of(of: Import) -> list[str]:
    """Name the sheets of the workbooks of an import, each once."""
    peek = peek_of(of)
    return list(dict.fromkeys(sheet.name for sheet in peek.book_sheets)) if peek else []


def opened_with(of: Import) -> dict[str, Any]:
    """Give how an import was opened, as the form shows it."""
    options = options_from_json(of.options)
    return {
        "version": of.version,
        "sheet": options.sheet or "",
        "header_row": options.header_row,
        "encoding": options.encoding or "",
        "delimiter": options.delimiter or "",
        "decimal": options.decimal or "",
        "date_order": options.date_order or "",
    }
