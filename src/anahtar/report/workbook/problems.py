"""The sheet of problems: what was not taken at face value, counted and listed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from anahtar.ledger.problems import Kind
from anahtar.report.files import rows_of
from anahtar.report.labels import done_with, kind_label
from anahtar.report.workbook.book import Book, amount
from anahtar.report.workbook.paper import LEFT, Column, Paper
from anahtar.words import Message, say

ROWS: Final = 10_000
"""The list is for looking, not for repairing: all of it is in problems.csv."""

_WIDTHS: Final = (34, 14, 9, 20, 40, 34, 13, 16)

Row = Mapping[str, Any]


def write_problems_sheet(book: Book) -> None:
    """Write the sheet: counts and sums by kind and verdict, then the first rows as they stand in the files."""
    paper = Paper(book, "problems")
    paper.widths(_WIDTHS)
    _counts(paper)
    paper.row += 1
    _list(paper)
    paper.flush()


def _counts(paper: Paper) -> None:
    paper.heading(say("By kind and verdict"), across=len(_WIDTHS))
    counts = _by_kind(paper.book.analysis.problems)
    headings = (say("Kind"), say("Verdict"), say("Rows"), say("Amount where it could be read"))
    for place, (heading, style) in enumerate(zip(headings, ("text", "text", "right", "right"), strict=True)):
        paper.put(paper.row, LEFT + place, heading, "header", style)
    paper.lines(paper.row, 2)
    paper.row += 1
    for row in counts:
        paper.put(paper.row, LEFT, kind_label(row["kind"]), "cell", "text")
        paper.put(paper.row, LEFT + 1, done_with(row["kind"], row["verdict"]), "cell", "text")
        paper.put(paper.row, LEFT + 2, row["row_count"], "cell", "whole", "bold")
        paper.put(paper.row, LEFT + 3, amount(row["amount_sum"]), "cell", "cents")
        paper.row += 1
    if not counts:
        paper.put(paper.row, LEFT, say("None: every row was taken as it stands."), "quiet")
        paper.row += 1


def _by_kind(problems: pa.Table) -> list[dict[str, Any]]:
    found = problems.group_by(["kind", "verdict"]).aggregate([("row", "count"), ("amount", "sum")]).to_pylist()
    order = {str(kind): place for place, kind in enumerate(Kind)}
    return sorted(found, key=lambda row: (order.get(row["kind"], len(order)), row["verdict"]))


def _list(paper: Paper) -> None:
    problems = paper.book.analysis.problems
    if problems.num_rows == 0:
        return
    paper.heading(say("Row by row"), across=len(_WIDTHS))
    if problems.num_rows > ROWS:
        paper.note(_cut_off(problems.num_rows), across=len(_WIDTHS))
    placed = paper.table(_columns(), rows_of(problems.slice(0, ROWS)))
    paper.sheet.autofilter(placed.first - 1, LEFT, placed.last, LEFT + len(_WIDTHS) - 1)
    paper.sheet.repeat_rows(placed.first - 1)


def _cut_off(count: int) -> Message:
    return say("The first {shown} of {n} rows. All of them: problems.csv beside this workbook.", shown=ROWS, n=count)


def _columns() -> Sequence[Column[Row]]:
    return (
        Column(say("File"), 34, "text", lambda row: row["file"]),
        Column(say("Sheet"), 14, "text", lambda row: row["sheet"]),
        Column(say("Row"), 9, "plain", lambda row: row["row"]),
        Column(say("Column"), 20, "text", lambda row: row["column"]),
        Column(say("As it stands"), 40, "text bold", lambda row: row["text"]),
        Column(say("Kind"), 34, "text", lambda row: kind_label(row["kind"])),
        Column(say("Verdict"), 13, "text", lambda row: done_with(row["kind"], row["verdict"])),
        Column(say("Amount"), 16, "cents", lambda row: amount(row["amount"])),
    )
