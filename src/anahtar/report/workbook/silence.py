"""The sheet of silence: how many are quiet, and whom to call first."""

from collections.abc import Sequence
from itertools import islice
from typing import Final

import pyarrow.compute as pc

from anahtar.report.labels import STATES, label
from anahtar.report.lists import call_first
from anahtar.report.rows import Standing, at_stake
from anahtar.report.workbook.accounts import courses_of
from anahtar.report.workbook.book import Book, amount
from anahtar.report.workbook.paint import draw_courses, paint_bars, paint_classes, paint_states
from anahtar.report.workbook.paper import LEFT, Column, Paper, Value
from anahtar.words import Message, say

ROWS: Final = 2_000
"""Nobody calls more than that; the others are in the list of all accounts, with the same columns."""

_WIDTHS: Final = (15, 32, 8, 11, 15, 13, 10, 10, 13, 10, 16, 15)
_COURSE: Final = 11

MEANING: Final = {
    "active": say("bought within its own rhythm"),
    "new": say("bought on one day only, not long ago"),
    "watch": say("silent beyond its own rhythm"),
    "at_risk": say("silent well beyond its own rhythm"),
    "lapsed": say("silent too long to be chance"),
    "lost": say("lapse so long that it counts as a loss"),
    "returned": say("bought again after a lapse"),
    "never": say("no purchase, returns only"),
}


def write_silence(book: Book) -> None:
    """Write the sheet: the states with their sums, then the list sorted by money at stake times days late."""
    paper = Paper(book, "silence")
    paper.widths(_WIDTHS)
    _states(paper)
    paper.row += 1
    _list(paper)
    paper.flush()


def _states(paper: Paper) -> None:
    worth = _worth(paper.book)
    paper.heading(say("Accounts by state"), across=len(_WIDTHS))
    for place, heading in enumerate((say("State"), say("Meaning"), None, None, say("Accounts"), say("Value"))):
        paper.put(paper.row, LEFT + place, heading, "header", "right" if place > 3 else "text")
    paper.row += 1
    for state, word in STATES.items():
        paper.put(paper.row, LEFT, word, "cell", "bold", "text")
        for place in (1, 2, 3):
            paper.put(paper.row, LEFT + place, MEANING[state] if place == 1 else None, "cell", "quiet", "text")
        paper.put(paper.row, LEFT + 4, paper.book.analysis.silence.get(state, 0), "cell", "whole")
        paper.put(paper.row, LEFT + 5, amount(worth.get(state, 0)), "cell", "money")
        paper.row += 1


def _worth(book: Book) -> dict[str, int]:
    """The value of the window by state, in money units."""
    sums = book.analysis.standings.group_by("state").aggregate([("value", "sum")])
    filled = pc.fill_null(sums.column("value_sum"), 0)
    return dict(zip(sums.column("state").to_pylist(), filled.to_pylist(), strict=True))


def _list(paper: Paper) -> None:
    waiting = call_first(paper.book.analysis)
    paper.heading(say("Whom to call first: money at stake × days late"), across=len(_WIDTHS), to="accounts")
    paper.note(_explained(len(waiting)), across=len(_WIDTHS))
    if not waiting:
        return
    shown = list(islice(waiting, ROWS))
    placed = paper.table(_columns(), shown)
    paper.sheet.autofilter(placed.first - 1, LEFT, placed.last, LEFT + len(_WIDTHS) - 1)
    paper.sheet.repeat_rows(placed.first - 1)
    paint_classes(paper, placed, 2)
    paint_states(paper, placed, 3)
    paint_bars(paper, placed, 10)
    cells = {row["code"]: (placed.first + number, LEFT + _COURSE) for number, row in enumerate(shown)}
    draw_courses(paper, courses_of(paper.book, cells))


def _explained(count: int) -> Message:
    text = say(
        "Expected by: last purchase plus the 95th percentile of the account's own gaps, at least 30 days. "
        "At stake: the value of the window or of the year before, whichever is more.",
    )
    if count == 0:
        return say("Nobody is silent beyond its own rhythm.")
    if count > ROWS:
        return say("{text} The first {shown} of {n}.", text=text, shown=ROWS, n=count)
    return text


def _columns() -> Sequence[Column[Standing]]:
    return (
        Column(say("Code"), 11, "text quiet", lambda row: row["code"]),
        Column(say("Account"), 32, "text bold", lambda row: row["name"]),
        Column(say("ABC"), 8, "center bold", lambda row: row["abc"] or row["abc_year_ago"]),
        Column(say("State"), 11, "center", lambda row: label(STATES, row["state"])),
        Column(say("Last purchase"), 15, "day", lambda row: row["last_purchase"]),
        Column(say("Days silent"), 13, "whole", lambda row: row["silence"]),
        Column(say("Usual gap, days"), 10, "whole quiet", lambda row: row["gap_median"]),
        Column(say("Gaps as long"), 10, "right quiet", _as_long),
        Column(say("Expected by"), 13, "day", lambda row: row["expected_by"]),
        Column(say("Days late"), 10, "whole bold", lambda row: row["days_late"]),
        Column(say("At stake"), 16, "money bold", lambda row: amount(at_stake(row))),
        Column(say("12 months"), 15, "text", lambda row: None),
    )


def _as_long(row: Standing) -> Value:
    if row["silences_as_long"] is None:
        return None
    return say("{count} of {gaps}", count=row["silences_as_long"], gaps=row["gaps"])
