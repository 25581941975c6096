"""The sheet of the nine cells, with the Pareto chart and the chart of the cells."""

from collections.abc import Callable, Sequence
from typing import Final

from xlsxwriter.utility import xl_range_abs

from anahtar.analysis import Cell
from anahtar.report.amounts import rounded
from anahtar.report.labels import REGULARITY_MEANING
from anahtar.report.rows import rows
from anahtar.report.workbook.accounts import place_of, value_slug
from anahtar.report.workbook.book import TITLES, Book, amount
from anahtar.report.workbook.charts import STACK, axis, columns, line, new_chart, series
from anahtar.report.workbook.paper import LEFT, Column, Paper, Placed, Value
from anahtar.report.workbook.styles import ACCENT
from anahtar.words import Message, Share, say

_WIDTH: Final = 42
_PROFIT_WIDTH: Final = 18
_ACROSS: Final = 5
_CHARACTERS: Final = 47
"""Letters of running text across a cell: on the average they are narrower than the digits a width counts."""

_PARETO: Final = 30
"""Columns of the Pareto chart: more cannot be read, and the cumulative line is flat by then."""

_FILL: Final = {
    **{"AX": "#A9D3C3", "AY": "#BFDfD2", "AZ": "#F5D9B8"},
    **{"BX": "#CFE3EE", "BY": "#DEEAF3", "BZ": "#F4E6D2"},
    **{"CX": "#EAEEF1", "CY": "#F0F2F4", "CZ": "#F6F6F4"},
}

_MEANING: Final = {
    "A": say("A: brings the most"),
    "B": say("B: brings some"),
    "C": say("C: brings little"),
}


def write_matrix(book: Book, accounts: Placed) -> None:
    """Write the sheet; `accounts` is where the list of all accounts stands, which the Pareto chart reads."""
    paper = Paper(book, "matrix")
    widths = (18, _WIDTH, _WIDTH, _WIDTH, _PROFIT_WIDTH)
    paper.widths(widths)
    _grid(paper)
    paper.row += 1
    paper.note(
        say(
            "Accounts that bought on one day only and new accounts stand in the Z column and are counted apart. "
            "Accounts of class N (zero or less in the window: {n}) are in no cell.",
            n=book.analysis.abc["N"].customers if "N" in book.analysis.abc else 0,
        ),
        across=_ACROSS,
    )
    paper.row += 1
    paper.break_page(widths)
    top = paper.row
    paper.row += 21
    table = _cells_table(paper)
    paper.flush()
    paper.sheet.insert_chart(top, LEFT, _pareto(book, accounts), _size(715))
    paper.sheet.insert_chart(top, LEFT + 3, _cells_chart(paper, table), _size(420))


def _size(width: int) -> dict[str, object]:
    # Charts do not move with filtered rows; a chart that shrinks with a hidden row cannot be read.
    return {"x_scale": width / 480, "y_scale": 400 / 288, "x_offset": 4, "y_offset": 4, "object_position": 3}


def _grid(paper: Paper) -> None:
    """Three rows of three cells; a cell is five lines on its own ground."""
    for number, regularity in enumerate("XYZ", start=LEFT + 1):
        heading = say("{letter}: {meaning}", letter=regularity, meaning=REGULARITY_MEANING[regularity])
        paper.put(paper.row, number, heading, "header", "center")
    paper.put(paper.row, LEFT, None, "header")
    paper.lines(paper.row, 1)
    paper.row += 1
    cells = {cell.name: cell for cell in paper.book.analysis.cells}
    for abc in "ABC":
        _band(paper, abc, [cells[abc + xyz] for xyz in "XYZ" if abc + xyz in cells])


def _band(paper: Paper, abc: str, cells: Sequence[Cell]) -> None:
    facts: tuple[tuple[Callable[[Cell], Value], tuple[str, ...]], ...] = (
        (_name, ("bold",)),
        (lambda cell: _revenue(paper, cell), ()),
        *(() if "profit" in paper.book.left_out else (((lambda cell: _profit(paper, cell)), ("quiet",)),)),
        (lambda cell: cell.strategy, ("wrap", "top")),
    )
    paper.put(paper.row, LEFT, _MEANING[abc], "bold", "text")
    for number, (read, styles) in enumerate(facts):
        for place, cell in enumerate(cells, start=LEFT + 1):
            look = paper.book.styles.filled(_FILL[cell.name], *styles, "gap")
            paper.put_styled(paper.row, place, read(cell), look)
        if number == len(facts) - 1:
            longest = max((len(paper.book.words(cell.strategy)) for cell in cells), default=0)
            paper.lines(paper.row, -(-longest // _CHARACTERS) or 1)
        paper.row += 1
    paper.height(paper.row, 5)
    paper.put(paper.row, LEFT, None, "text")
    paper.row += 1


def _name(cell: Cell) -> Message:
    counted = say("{name} · {n} account", "{name} · {n} accounts", name=cell.name, n=cell.customers)
    if not cell.one_off and not cell.new:
        return counted
    return say("{counted} ({one_off} bought once, {new} new)", counted=counted, one_off=cell.one_off, new=cell.new)


def _revenue(paper: Paper, cell: Cell) -> Message:
    revenue = rounded(paper.book.words, cell.revenue, paper.book.analysis.ledger.currency)
    return say("Revenue {revenue} · {share} of the total", revenue=revenue, share=Share(cell.share))


def _profit(paper: Paper, cell: Cell) -> Message:
    if cell.profit is None:
        return say("Profit unknown")
    return say("Profit {profit}", profit=rounded(paper.book.words, cell.profit, paper.book.analysis.ledger.currency))


def _cells_table(paper: Paper) -> Placed:
    """The same nine cells as plain numbers, for the chart and for readers who calculate on."""
    paper.heading(say("The nine cells in numbers"), across=_ACROSS)
    listed: Sequence[Column[Cell]] = (
        Column(say("Cell"), 18, "text bold", lambda cell: cell.name),
        Column(say("Accounts"), _WIDTH, "whole", lambda cell: cell.customers),
        Column(say("Revenue"), _WIDTH, "money", lambda cell: amount(cell.revenue)),
        Column(say("Share"), _WIDTH, "share", lambda cell: cell.share),
        Column(say("Profit"), _PROFIT_WIDTH, "money", lambda cell: amount(cell.profit)),
    )
    seen = listed[:-1] if "profit" in paper.book.left_out else listed
    return paper.table(seen, paper.book.analysis.cells)


def _pareto(book: Book, accounts: Placed) -> object:
    ranked = [row for row in rows(book.analysis.standings.slice(0, _PARETO)) if row["rank"] is not None]
    count = max(1, len(ranked))

    def cells(slug: str) -> str:
        column = LEFT + place_of(book, slug)
        return book.place("accounts", xl_range_abs(accounts.first, column, accounts.first + count - 1, column))

    title = say("Pareto: the {n} largest accounts and their cumulative share", n=count)
    names = [row["name"] for row in ranked]
    sums = [amount(row["value"]) for row in ranked]
    shares = [row["cumulative_share"] for row in ranked]
    slug = value_slug(book)
    label = book.words(say("Revenue") if slug == "revenue" else say("Profit"))
    chart = new_chart(book, "column", title)
    chart.add_series(series(label, cells("name"), cells(slug), (names, sums), **columns()))
    curve = new_chart(book, "line", title)
    cumulative = book.words(say("Cumulative share"))
    look = line() | {"y2_axis": True}
    curve.add_series(series(cumulative, cells("name"), cells("cumulative"), (names, shares), **look))
    chart.combine(curve)
    chart.set_x_axis(axis(grid=False, num_font={"size": 8, "rotation": -45, "color": "#6B7785"}))
    chart.set_y_axis(axis(num_format="#,##0"))
    curve.set_y2_axis(axis(percent=True, grid=False, max=1))
    return chart


def _cells_chart(paper: Paper, table: Placed) -> object:
    book = paper.book
    chart = new_chart(book, "bar", say("Share of each cell"))
    chart.add_series(
        series(
            book.words(TITLES["matrix"]),
            paper.range(table.column(0)),
            paper.range(table.column(3)),
            ([cell.name for cell in book.analysis.cells], [cell.share for cell in book.analysis.cells]),
            points=[{"fill": {"color": STACK["XYZ".index(cell.name[1])]}} for cell in book.analysis.cells],
            data_labels={"value": True, "num_format": "0.0%", "font": {"size": 8, "color": "#6B7785"}},
            **columns(ACCENT),
        )
    )
    chart.set_legend({"none": True})
    chart.set_y_axis(axis(grid=False, reverse=True))
    chart.set_x_axis(axis(percent=True, visible=False, grid=False))
    return chart
