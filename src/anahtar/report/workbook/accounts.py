"""The sheet of all accounts: one row each, filtered and sorted by the reader."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple, cast

from xlsxwriter.utility import xl_range_abs

from anahtar.analysis import Measure
from anahtar.report.labels import REGULARITY, STATES, TYPES, label
from anahtar.report.lists import streamed
from anahtar.report.rows import Standing, with_codes
from anahtar.report.workbook.book import Book, amount
from anahtar.report.workbook.paint import Course, draw_courses, paint_bars, paint_changes, paint_classes, paint_states
from anahtar.report.workbook.paper import LEFT, Column, Paper, Placed, Value
from anahtar.words import Message, say

ROWS: Final = 20_000
"""A sheet of more accounts opens slowly and is read by nobody; the whole list is in standings.csv and .parquet."""

HEADER_ROW: Final = 4
FIRST_ROW: Final = HEADER_ROW + 1

MONEY_WIDTH: Final = 14


class Field(NamedTuple):
    """A column and the slug by which other code finds its place."""

    slug: str
    column: Column[Standing]


def fields(book: Book) -> list[Field]:
    """The columns of the sheet, without those of this book; the group only where the ledger names groups."""
    grouped = book.analysis.group_concentration is not None
    found = [*_printed(), *_further(), *_months(book)]
    return [field for field in found if field.slug not in book.left_out and (grouped or field.slug != "group")]


def place_of(book: Book, slug: str) -> int:
    """The number of a column within the list, from 0."""
    return [field.slug for field in fields(book)].index(slug)


def value_slug(book: Book) -> str:
    """The column accounts are ranked by."""
    return "profit" if book.analysis.measure is Measure.PROFIT else "revenue"


def row_of(book: Book) -> dict[str, int]:
    """Code -> row of the sheet (from 0), for links and for the small courses of other sheets."""
    codes = book.analysis.standings.column("code").slice(0, ROWS).to_pylist()
    return {code: FIRST_ROW + number for number, code in enumerate(codes)}


def write_accounts(book: Book, *, of: int | None = None) -> Placed:
    """Write the sheet; answers where the list stands.

    Parameters
    ----------
    of
        How many accounts there are, where the standings hold but the largest; None: they hold all.
    """
    paper = Paper(book, "accounts")
    columns = [field.column for field in fields(book)]
    paper.widths([column.width for column in columns])
    there = book.analysis.standings.num_rows if of is None else of
    written = min(book.analysis.standings.num_rows, ROWS)
    if there > written:
        paper.put(2, LEFT + 3, _cut_off(book, written, there), "careful")
    paper.row = HEADER_ROW
    placed = paper.table(columns, streamed(book.analysis.standings.slice(0, ROWS)))
    _decorate(paper, placed, len(columns))
    return placed


def _cut_off(book: Book, written: int, there: int) -> Message:
    rest = book.rest or say("The whole list: standings.csv and standings.parquet beside this workbook.")
    return say("The first {shown} of {all} accounts. {rest}", shown=written, all=there, rest=rest)


def _decorate(paper: Paper, placed: Placed, columns: int) -> None:
    book, sheet = paper.book, paper.sheet
    at = {field.slug: number for number, field in enumerate(fields(book))}
    sheet.freeze_panes(FIRST_ROW, LEFT + at["name"] + 1)
    sheet.autofilter(HEADER_ROW, LEFT, max(placed.last, FIRST_ROW), LEFT + columns - 1)
    sheet.repeat_rows(HEADER_ROW)
    # What an analyst filters by is for the screen; on paper it would halve the size of the rest.
    sheet.print_area(0, 0, max(placed.last, FIRST_ROW), LEFT + at["days_late"])
    paint_bars(paper, placed, at["share"])
    paint_classes(paper, placed, at["abc"], at["abc_year_ago"])
    paint_states(paper, placed, at["state"])
    paint_changes(paper, placed, at["change"], at["trend"])
    draw_courses(paper, _courses(book, placed, at["course"], LEFT + at["month0"]))


def _courses(book: Book, placed: Placed, column: int, first: int) -> Iterator[Course]:
    months = book.analysis.standings.column("last12").slice(0, ROWS).to_pylist()
    for row, sums in enumerate(months, start=placed.first):
        yield Course((row, LEFT + column), book.place("accounts", xl_range_abs(row, first, row, first + 11)), sums)


def courses_of(book: Book, cells: Mapping[str, tuple[int, int]]) -> list[Course]:
    """The small charts of other sheets: code -> cell. They read the months here, so an account cut off has none."""
    at, first = row_of(book), LEFT + place_of(book, "month0")
    months = {code: row["last12"] for code, row in with_codes(book.analysis, cells).items()}
    return [
        Course(cell, book.place("accounts", xl_range_abs(at[code], first, at[code], first + 11)), months[code])
        for code, cell in cells.items()
        if code in at
    ]


def _field(
    slug: str, heading: Message | date, width: float, style: str, read: Callable[[Standing], Value] | None = None
) -> Field:
    """A column that reads the standing's field of its own name, unless told otherwise."""
    return Field(slug, Column(heading, width, style, read or (lambda row: cast(Mapping[str, Value], row)[slug])))


def _printed() -> Sequence[Field]:
    """What fits on a page across: who, how much, how regular, how quiet."""
    return (
        _field("rank", say("Rank"), 7, "whole quiet"),
        _field("code", say("Code"), 12, "text quiet"),
        _field("name", say("Account"), 36, "text bold"),
        _field("types", say("Key and type"), 20, "text", role),
        _field("revenue", say("Revenue"), MONEY_WIDTH, "money", lambda row: amount(row["revenue"])),
        _field("profit", say("Profit"), MONEY_WIDTH, "money", lambda row: amount(row["profit"])),
        _field("margin", say("Margin"), 9, "share"),
        _field("share", say("Share"), 10, "share bold"),
        _field("course", say("12 months"), 17, "text", lambda row: None),
        _field("change", say("Against the year before"), 13, "change"),
        _field("abc", say("ABC"), 8, "center bold"),
        _field("xyz", say("XYZ"), 10, "center", lambda row: row["xyz"] and label(REGULARITY, row["xyz"])),
        _field("state", say("State"), 12, "center", lambda row: label(STATES, row["state"])),
        _field("last_purchase", say("Last purchase"), 12, "day"),
        _field("expected_by", say("Expected by"), 12, "day"),
        _field("days_late", say("Days late"), 9, "whole bold", lambda row: row["days_late"] or None),
    )


def _further() -> Sequence[Field]:
    """What an analyst filters and sorts by."""
    return (
        _field("group", say("Group"), 18, "text", lambda row: row["group_code"]),
        _field("cumulative", say("Cumulative share"), 11, "share quiet", lambda row: row["cumulative_share"]),
        _field("trend", say("Last 6 months against the 6 before"), 15, "change"),
        _field("abc_year_ago", say("ABC a year before"), 10, "center quiet"),
        _field("stability", say("Stability of the class"), 11, "percent"),
        _field("cv", say("Variation (CV)"), 10, "places quiet"),
        _field("orders", say("Orders"), 9, "whole"),
        _field("months_active", say("Months active"), 9, "whole quiet"),
        _field("gap", say("Usual gap, days"), 10, "whole quiet", lambda row: row["gap_median"]),
        _field("first_purchase", say("First purchase"), 12, "day quiet"),
    )


def _months(book: Book) -> Sequence[Field]:
    return [
        _field(f"month{number}", month, 11, "money quiet", _month(number))
        for number, month in enumerate(last_months(book.analysis.window.end))
    ]


def _month(number: int) -> Callable[[Standing], Value]:
    return lambda row: amount(row["last12"][number])


def last_months(end: date) -> list[date]:
    """The first days of the twelve months up to a window's end, oldest first."""
    months = (end.year * 12 + end.month - 1 - back for back in range(11, -1, -1))
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def role(row: Standing) -> Message | None:
    """Whether an account is key, and its type: `key · breadwinner`, or None."""
    types = types_of(row)
    if not row["key"]:
        return types
    return say("key") if types is None else say("key · {type}", type=types)


def types_of(row: Standing) -> Message | None:
    """The types of an account in words; None without a type."""
    match [label(TYPES, code) for code in row["types"]]:
        case []:
            return None
        case [only]:
            return only
        case [first, second, *_]:
            return say("{first}, {second}", first=first, second=second)
    return None
