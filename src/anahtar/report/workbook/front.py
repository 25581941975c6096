"""The first sheet: what a director reads in a minute, with a way to everything behind it."""

from collections.abc import Mapping, Sequence
from typing import Final

from anahtar.analysis import ClassTotal
from anahtar.report.attention import Attention, what_to_look_at
from anahtar.report.figures import Headline, Trust, course, headlines, trust
from anahtar.report.labels import CLASSES
from anahtar.report.lists import key_ids
from anahtar.report.rows import Standing, with_codes
from anahtar.report.workbook.accounts import last_months, types_of
from anahtar.report.workbook.book import CONTENTS, TITLES, Book, amount
from anahtar.report.workbook.charts import axis, columns, line, new_chart, series
from anahtar.report.workbook.paint import paint_bars, paint_classes
from anahtar.report.workbook.paper import LEFT, Paper, Placed
from anahtar.report.workbook.styles import ACCENT, QUIET
from anahtar.words import Message, say

GRID: Final = 12
WIDTH: Final = 12.5
KEYS: Final = 6
_CHART_ROWS: Final = 10

_CLASS_MEANING: Final = {
    "A": say("brings most"),
    "B": say("brings some"),
    "C": say("brings little"),
    "N": say("zero or less"),
}


def write_front(book: Book) -> None:
    """Write the sheet on a grid of twelve columns: figures, what to look at first, classes, months, trust."""
    paper = Paper(book, "summary")
    paper.widths([WIDTH] * GRID)
    paper.row = 3
    tiles(paper, headlines(book.analysis, book.words))
    _attention(paper, what_to_look_at(book.analysis))
    classes_and_keys(paper, _largest_keys(book))
    _months(paper)
    _trust(paper, trust(book.analysis, book.words))
    contents(paper)
    paper.put(paper.row, LEFT, _files(), "quiet")
    paper.row += 1
    paper.flush()
    paper.sheet.activate()


def tiles(paper: Paper, figures: Sequence[Headline]) -> None:
    """Figures in large type, two columns each; the sixth ends the row."""
    row = paper.row
    paper.height(row, 20)
    paper.height(row + 1, 24)
    paper.height(row + 2, 30)
    for number, figure in enumerate(figures[: GRID // 2]):
        column = LEFT + 2 * number
        ink = {True: ["good"], False: ["careful"], None: []}[figure.rising]
        paper.put(row, column, figure.label, "tile_label", across=2)
        paper.put(row + 1, column, figure.value, "tile_value", across=2)
        paper.put(row + 2, column, figure.note, "tile_note", *ink, across=2)
    for column in range(LEFT + 2 * len(figures), LEFT + GRID):
        for down in range(3):
            paper.put(row + down, column, None, "tile_note")
    paper.row += 4


def _attention(paper: Paper, lines: Sequence[Attention]) -> None:
    paper.heading(say("What to look at first"), across=GRID, to="silence")
    if not lines:
        paper.put(paper.row, LEFT, say("Nothing stands out."), "quiet")
        paper.row += 1
    for line_ in lines:
        why = paper.book.words(line_.why)
        paper.put(paper.row, LEFT, line_.title, "cell", "bold", "wrap", across=4)
        paper.put(paper.row, LEFT + 4, why, "cell", "quiet", "wrap", across=6)
        paper.put(paper.row, LEFT + 10, amount(line_.money), "cell", "money", "bold", across=2)
        paper.lines(paper.row, max(-(-len(paper.book.words(line_.title)) // 58), -(-len(why) // 98)))
        paper.row += 1
    paper.row += 1


def classes_and_keys(paper: Paper, keys: Sequence[Standing]) -> None:
    """Two tables side by side, row by row: the classes on the left, the largest key accounts on the right."""
    row = paper.row
    paper.heading(say("Classes"), across=5, to="matrix")
    paper.row = row
    paper.heading(TITLES["key"], across=6, to="key", left=LEFT + 6)
    left = (say("Class"), None, say("Accounts"), say("Amount"), say("Share"))
    right = (say("Account"), None, None, say("Value"), say("Share"), say("Type"))
    for place, heading in enumerate((*left, None, *right)):
        numeric = place in {2, 3, 4, 9, 10}
        if place != 5:
            paper.put(paper.row, LEFT + place, heading, "header", "right" if numeric else "text")
    paper.row += 1
    first = paper.row
    for number in range(max(len(CLASSES), len(keys), 1)):
        _class_line(paper, number)
        _key_line(paper, number, keys)
        paper.row += 1
    shares = Placed(first, first + len(CLASSES) - 1, LEFT)
    paint_classes(paper, shares, 0)
    paint_bars(paper, shares, 4)
    paint_bars(paper, Placed(first, paper.row - 1, LEFT + 6), 4)
    paper.row += 1


def _class_line(paper: Paper, number: int) -> None:
    if number >= len(CLASSES):
        return
    found = paper.book.analysis.abc.get(CLASSES[number], ClassTotal(0, 0, 0.0))
    paper.put(paper.row, LEFT, CLASSES[number], "cell", "bold", "center")
    paper.put(paper.row, LEFT + 1, _CLASS_MEANING[CLASSES[number]], "cell", "quiet", "text")
    paper.put(paper.row, LEFT + 2, found.customers, "cell", "whole")
    paper.put(paper.row, LEFT + 3, amount(found.amount), "cell", "money")
    paper.put(paper.row, LEFT + 4, found.share, "cell", "share")


def _largest_keys(book: Book) -> list[Standing]:
    chosen = key_ids(book.analysis)
    codes = [account.code for account in book.analysis.key_accounts if account.account_id in chosen][:KEYS]
    standings = with_codes(book.analysis, codes)
    return [standings[code] for code in codes if code in standings]


def _key_line(paper: Paper, number: int, keys: Sequence[Standing]) -> None:
    if number < len(keys):
        row, at = keys[number], LEFT + 6
        paper.put(paper.row, at, row["name"], "cell", "bold", "text", across=3)
        paper.put(paper.row, at + 3, amount(row["value"]), "cell", "money")
        paper.put(paper.row, at + 4, row["share"], "cell", "share")
        paper.put(paper.row, at + 5, types_of(row), "cell", "quiet", "text")
    elif not keys and number == 0:
        paper.put(paper.row, LEFT + 6, say("No account meets the criteria in this window."), "quiet")


def _months(paper: Paper) -> None:
    """Revenue of the window's last twelve months over the twelve before, as numbers and as a chart."""
    book = paper.book
    known = dict(course(book.analysis))
    months = last_months(book.analysis.window.end)
    before = [month.replace(year=month.year - 1) for month in months]
    this_year = [amount(known.get(month, 0)) for month in months]
    year_ago = [amount(known[month]) if month in known else None for month in before]
    paper.break_page([WIDTH] * GRID)
    paper.heading(say("Revenue by month"), across=GRID)
    for column, month in enumerate(months, start=LEFT):
        paper.put(paper.row, column, month, "month", "header", "right")
        paper.put(paper.row + 1, column, this_year[column - LEFT], "money", "cell")
        paper.put(paper.row + 2, column, year_ago[column - LEFT], "money", "cell", "quiet")
    first = paper.row
    paper.row += 3
    paper.note(say("First line: these months; second line: the same months a year before."), across=GRID)
    paper.flush()
    chart = new_chart(book, "column", say("Revenue by month"))
    rows = [(say("this year"), first + 1, this_year, columns(ACCENT))]
    if any(year_ago):
        rows.append((say("a year before"), first + 2, year_ago, {}))
    for name, row, sums, look in rows:
        heads = paper.range((first, LEFT, first, LEFT + 11))
        cells = paper.range((row, LEFT, row, LEFT + 11))
        one = series(book.words(name), heads, cells, ([], sums), **(look or line(QUIET, width=1.5, marked=False)))
        _add(chart, book, one, as_line=not look)
    chart.set_x_axis(axis(grid=False, num_format="mmm yy", text_axis=True))
    chart.set_y_axis(axis(num_format="#,##0"))
    chart.set_title({"none": True})
    place = {"x_scale": 1075 / 480, "y_scale": _CHART_ROWS * 20 / 288, "object_position": 3}
    paper.sheet.insert_chart(paper.row, LEFT, chart, place)
    paper.row += _CHART_ROWS + 1


def _add(chart: object, book: Book, one: object, *, as_line: bool) -> None:
    if as_line:
        second = new_chart(book, "line", say("Revenue by month"))
        second.add_series(one)
        chart.combine(second)  # type: ignore[attr-defined] # a chart of xlsxwriter, which ships no types
    else:
        chart.add_series(one)  # type: ignore[attr-defined] # as above


def _trust(paper: Paper, statements: Sequence[Trust]) -> None:
    """How far the figures can be trusted: a strip of statements, then the notes of the run."""
    paper.heading(say("How far to trust these figures"), across=GRID, to="method")
    row = paper.row
    paper.height(row + 2, 30)
    for number, statement in enumerate(statements[: GRID // 2]):
        column = LEFT + 2 * number
        ink = ["careful"] if statement.careful else []
        paper.put(row, column, statement.label, "quiet", across=2)
        paper.put(row + 1, column, statement.value, "bold", *ink, across=2)
        paper.put(row + 2, column, statement.note, "note", across=2)
    paper.row += 3
    for note in paper.book.analysis.notes:
        paper.note(say("• {note}", note=note), across=GRID, characters=150)
    paper.row += 1


def contents(paper: Paper, told: Mapping[str, Message] = CONTENTS) -> None:
    """A link to every sheet, with what stands there."""
    paper.heading(say("In this workbook"), across=GRID)
    for key, text in ((key, text) for key, text in told.items() if key in paper.book.names):
        paper.link(paper.row, LEFT, key, TITLES[key])
        paper.put(paper.row, LEFT + 2, text, "quiet")
        paper.row += 1
    paper.row += 1


def _files() -> Message:
    return say(
        "Beside this workbook: report.html to read and print, standings.csv and standings.parquet with every account, "
        "problems.csv with every problem, summary.json for programs."
    )
