"""Colours that follow the value of a cell: classes, states, changes, bars and small courses."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from anahtar.report.labels import STATES
from anahtar.report.workbook.paper import Paper, Placed
from anahtar.report.workbook.styles import ACCENT, BAD, BAR, CLASS_FILL, GOOD, STATE_FILL


def paint_classes(paper: Paper, placed: Placed, *columns: int) -> None:
    """Give classes A, B, C and N their ground."""
    _paint_words(paper, placed, columns, CLASS_FILL)


def paint_states(paper: Paper, placed: Placed, *columns: int) -> None:
    """Give the states of buying their ground; an active account keeps white."""
    _paint_words(paper, placed, columns, {paper.book.words(STATES[state]): fill for state, fill in STATE_FILL.items()})


def _paint_words(paper: Paper, placed: Placed, columns: Sequence[int], fills: Mapping[str, str]) -> None:
    for word, fill in fills.items():
        style = paper.book.styles.condition(fill=fill)
        quoted = '"' + word.replace('"', '""') + '"'
        for column in columns:
            rule = {"type": "cell", "criteria": "==", "value": quoted, "format": style}
            paper.sheet.conditional_format(*placed.column(column), rule)


def paint_changes(paper: Paper, placed: Placed, *columns: int) -> None:
    """Growth in green, decline in red, in ink only."""
    for criteria, ink in ((">", GOOD), ("<", BAD)):
        style = paper.book.styles.condition(ink=ink)
        for column in columns:
            # An empty cell is neither: Excel takes it for zero, and zero is painted by neither rule.
            rule = {"type": "cell", "criteria": criteria, "value": 0, "format": style}
            paper.sheet.conditional_format(*placed.column(column), rule)


def paint_bars(paper: Paper, placed: Placed, *columns: int, color: str = BAR) -> None:
    """A bar behind each number, as long as the number is large among its neighbours."""
    bar = {"type": "data_bar", "bar_solid": True, "bar_color": color, "bar_border_color": color, "min_type": "num"}
    bar |= {"min_value": 0, "bar_negative_color": BAD, "data_bar_2010": True}
    for column in columns:
        paper.sheet.conditional_format(*placed.column(column), bar)


class Course(NamedTuple):
    """A small column chart inside a cell: where it stands, which cells it reads, and what they hold."""

    cell: tuple[int, int]
    range: str
    months: Sequence[int]


def draw_courses(paper: Paper, courses: Iterable[Course]) -> None:
    """Draw small columns inside cells, the highest month darker.

    In one group for all accounts: ten thousand groups make Excel crawl. Columns stand on zero, so that a steady buyer
    looks steady; accounts with a month below zero form a second group, which finds its own ground.
    """
    grounds: dict[bool, list[Course]] = {True: [], False: []}
    for course in courses:
        grounds[min(course.months, default=0) >= 0].append(course)
    for on_zero, group in grounds.items():
        if group:
            paper.sheet.add_sparkline(*group[0].cell, _COURSE | _places(group) | ({"min": 0} if on_zero else {}))


def _places(group: Sequence[Course]) -> dict[str, Any]:
    cells = [xl_rowcol_to_cell(*course.cell) for course in group]
    return {"location": cells, "range": [course.range for course in group]}


_COURSE: Final[dict[str, Any]] = {
    **{"type": "column", "series_color": BAR, "high_point": True, "high_color": ACCENT},
    **{"negative_points": True, "negative_color": BAD},
}
