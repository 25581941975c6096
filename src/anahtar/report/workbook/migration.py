"""The sheet of migration: the last step, the whole year, and who moved far."""

from collections.abc import Mapping, Sequence
from typing import Final

from anahtar.report.labels import PLACES, label
from anahtar.report.lists import LADDER, Mover, movers, year_matrix
from anahtar.report.workbook.book import Book, amount
from anahtar.report.workbook.paint import paint_changes, paint_classes
from anahtar.report.workbook.paper import LEFT, Column, Paper, Value
from anahtar.report.workbook.styles import CLASS_FILL
from anahtar.words import Message, say

ROWS: Final = 2_000
_WIDTHS: Final = (14, 32, 12, 12, 12, 12, 12, 14, 14, 14)
_ACROSS: Final = len(_WIDTHS)
_PLACES: Final = ("A", "B", "C", "N", "new", "none")

Step = tuple[str, str]


def write_migration(book: Book) -> None:
    """Write the sheet; with less than two month ends it says so instead of showing empty squares."""
    paper = Paper(book, "migration")
    paper.widths(_WIDTHS)
    last = max((move.month_end for move in book.analysis.migration), default=None)
    paper.note(
        say(
            "The classes of each month end are taken over the 12 months before it. One step close to a border is "
            "noise; the stability of each class stands in the list of all accounts."
        ),
        across=_ACROSS,
    )
    paper.row += 1
    if last is not None:
        moves = {
            (move.before, move.after): move.customers for move in book.analysis.migration if move.month_end == last
        }
        _square(paper, say("The last step, to {month_end}", month_end=last), moves)
    _square(paper, say("Over the year: from the first month end to the last"), year_matrix(book.analysis))
    _movers(paper, movers(book.analysis))
    paper.flush()


def write_year(book: Book, moves: Mapping[Step, int], found: Sequence[Mover]) -> None:
    """Write the sheet of a selection: the months of its filter against the same months a year before.

    Parameters
    ----------
    moves
        Class then and now -> accounts; empty where the ledger is younger.
    found
        Who moved far, those whose value changed most first.
    """
    paper = Paper(book, "migration")
    paper.widths(_WIDTHS)
    paper.note(say("The classes of these months against those of the same months a year before."), across=_ACROSS)
    paper.row += 1
    _square(paper, say("A year ago and now"), moves)
    _movers(paper, found)
    paper.flush()


def _square(paper: Paper, heading: Message, moves: Mapping[Step, int]) -> None:
    """One square: rows are where accounts stood, columns where they stand now; who stayed is in bold."""
    paper.heading(heading, across=_ACROSS)
    if not moves:
        paper.put(paper.row, LEFT, say("The ledger is too short to tell."), "quiet")
        paper.row += 2
        return
    places = [place for place in _PLACES if any(place in step for step in moves)]
    paper.put(paper.row, LEFT, say("before"), "header", "text")
    paper.put(paper.row, LEFT + 1, say("afterwards:"), "header", "right")
    for column, place in enumerate(places, start=LEFT + 2):
        paper.put(paper.row, column, _place(place), "header", "center")
    paper.put(paper.row, LEFT + 2 + len(places), say("Accounts"), "header", "right")
    paper.row += 1
    for before in places:
        _line(paper, before, places, moves)
    _sums(paper, places, moves)
    paper.row += 2


def _line(paper: Paper, before: str, places: Sequence[str], moves: Mapping[Step, int]) -> None:
    paper.put(paper.row, LEFT, _place(before), "cell", "bold", "text")
    paper.put(paper.row, LEFT + 1, None, "cell")
    for column, after in enumerate(places, start=LEFT + 2):
        count = moves.get((before, after), 0) or None
        if before == after and count:
            fill = CLASS_FILL.get(before, "#EEF0F2")
            paper.put_styled(
                paper.row, column, count, paper.book.styles.filled(fill, "cell", "whole", "center", "bold")
            )
        else:
            paper.put(paper.row, column, count, "cell", "whole", "center")
    total = sum(count for (start, _), count in moves.items() if start == before)
    paper.put(paper.row, LEFT + 2 + len(places), total, "cell", "whole", "quiet")
    paper.row += 1


def _sums(paper: Paper, places: Sequence[str], moves: Mapping[Step, int]) -> None:
    paper.put(paper.row, LEFT, say("Accounts"), "quiet", "text")
    for column, after in enumerate(places, start=LEFT + 2):
        total = sum(count for (_, end), count in moves.items() if end == after)
        paper.put(paper.row, column, total, "whole", "center", "quiet")
    paper.put(paper.row, LEFT + 2 + len(places), sum(moves.values()), "whole", "quiet")


def _movers(paper: Paper, found: Sequence[Mover]) -> None:
    paper.heading(say("Who lost class A or moved more than one class over the year"), across=_ACROSS, to="accounts")
    if not found:
        paper.put(paper.row, LEFT, say("Nobody."), "quiet")
        return
    if len(found) > ROWS:
        paper.note(say("The first {shown} of {n}, by the change in value.", shown=ROWS, n=len(found)), across=_ACROSS)
    placed = paper.table(_columns(), found[:ROWS])
    paper.sheet.repeat_rows(placed.first - 1)
    paint_classes(paper, placed, 2, 3)
    paint_changes(paper, placed, 4, 7)


def _columns() -> Sequence[Column[Mover]]:
    return (
        Column(say("Code"), 14, "text quiet", lambda mover: mover.code),
        Column(say("Account"), 32, "text bold", lambda mover: mover.name),
        Column(say("A year ago"), 12, "center bold", lambda mover: _place(mover.before)),
        Column(say("Now"), 12, "center bold", lambda mover: _place(mover.after)),
        Column(say("Classes up or down"), 12, "steps", lambda mover: mover.steps),
        Column(say("Value a year ago"), 12, "money quiet", lambda mover: amount(mover.value_before)),
        Column(say("Value now"), 12, "money", lambda mover: amount(mover.value_after)),
        Column(say("Change"), 14, "money bold", lambda mover: amount(mover.gain)),
    )


def _place(place: str) -> Value:
    return place if place in LADDER[:-1] else label(PLACES, place)
