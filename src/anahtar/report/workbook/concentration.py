"""The sheet of concentration: how much hangs on how few, at account and at group level."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from anahtar.analysis import Concentration
from anahtar.report.figures import band_verdict
from anahtar.report.rows import with_codes
from anahtar.report.workbook.book import Book, amount
from anahtar.report.workbook.charts import axis, columns, new_chart, series
from anahtar.report.workbook.paper import LEFT, Paper, Placed, Value
from anahtar.report.workbook.styles import ACCENT, BAR
from anahtar.words import Message, Share, say

_WIDTHS: Final = (44, 18, 18, 72)
_ACROSS: Final = len(_WIDTHS)


class Figure(NamedTuple):
    """One line of the table: what, how to read it off, in which style, and what it means."""

    label: Message
    read: Callable[[Concentration], float | int | None]
    style: str
    meaning: Message | None = None


def write_concentration(book: Book) -> None:
    """Write the sheet; the group column is there only where the ledger names groups."""
    paper = Paper(book, "concentration")
    paper.widths(_WIDTHS)
    paper.sheet.fit_to_pages(1, 1)
    _verdicts(paper)
    top = paper.row + 1
    ladder = _table(paper, say("The ladder: share of the largest accounts"), _ladder(book.analysis.concentration))
    paper.row += 1
    _table(paper, say("Measures"), _MEASURES)
    paper.row += 1
    _table(paper, say("What is left without the largest"), _without(book.analysis.concentration))
    paper.flush()
    place = {"x_scale": 500 / 480, "y_scale": 205 / 288, "x_offset": 12, "y_offset": 2, "object_position": 3}
    paper.sheet.insert_chart(top, LEFT + 3, _chart(paper, ladder), place)


def _verdicts(paper: Paper) -> None:
    found = paper.book.analysis.concentration
    sentences = [_keys(paper.book)]
    named = with_codes(paper.book.analysis, found.dependence)
    for code in found.dependence:
        name = named[code]["name"] if code in named else code
        if code == found.mono_client:
            sentences.append(say("{name} makes half of the total or more: a mono-client.", name=name))
        else:
            sentences.append(say("{name} makes 20 % of the total or more: dependence.", name=name))
    if not found.dependence:
        sentences.append(say("No account makes 20 % of the total: no dependence on a single one."))
    for sentence in sentences:
        paper.note(sentence, across=_ACROSS)
    paper.row += 1


def _keys(book: Book) -> Message:
    if not book.analysis.concentration.customers_positive:
        # A share of nothing is unknown, not zero and below the band.
        return say("No account has a value above zero: there is nothing to have a share of.")
    part = Share(book.analysis.key_share)
    if not book.whole:
        return say("The key accounts make {share} of the total.", share=part)
    verdict = band_verdict(book.analysis)
    return say("The key accounts make {share} of the total: {verdict}.", share=part, verdict=verdict)


def _ladder(found: Concentration) -> Sequence[Figure]:
    counts = [
        Figure(
            say("top {n}", n=count),
            lambda level, count=count: level.top.get(count),  # type: ignore[misc] # the default binds the loop's value
            "share",
        )
        for count in sorted(found.top)
    ]
    percents = [
        Figure(
            say("top {percent}", percent=Share(percent / 100, 0)),
            lambda level, percent=percent: level.top_percent.get(percent),  # type: ignore[misc] # as above
            "share",
        )
        for percent in sorted(found.top_percent)
    ]
    return [*counts, *percents]


_MEASURES: Final = (
    Figure(
        say("Accounts of positive value"),
        lambda level: level.customers_positive,
        "whole",
        say("The denominator of every share is their sum."),
    ),
    Figure(say("Sum of positive values"), lambda level: amount(level.total), "money"),
    Figure(
        say("Herfindahl-Hirschman index × 10,000"),
        lambda level: level.hhi * 10_000,
        "whole",
        say("Made for markets: above 1,800 counts as highly concentrated; only a label here."),
    ),
    Figure(say("The same from 0 to 1"), lambda level: level.hhi, "fine"),
    Figure(
        say("Normalised"),
        lambda level: level.hhi_normalised,
        "fine",
        say("0 where all are equal, 1 where one has everything."),
    ),
    Figure(
        say("Effective number of accounts"),
        lambda level: level.effective_number,
        "places",
        say("So many equal accounts would be as concentrated."),
    ),
    Figure(say("Gini coefficient"), lambda level: level.gini, "fine", say("0 where all are equal.")),
    Figure(
        say("Gini, corrected for few accounts"),
        lambda level: level.gini_corrected,
        "fine",
        say("n / (n − 1); to be read below 30 accounts."),
    ),
    Figure(say("Accounts for 50 % of the total"), lambda level: level.customers_for_50pct, "whole"),
    Figure(say("Accounts for 80 % of the total"), lambda level: level.customers_for_80pct, "whole"),
)


def _without(found: Concentration) -> Sequence[Figure]:
    return [
        Figure(
            say("without the largest account", "without the largest {n} accounts", n=count),
            lambda level, count=count: amount(level.without.get(count)),  # type: ignore[misc] # as above
            "money",
        )
        for count in sorted(found.without)
    ]


def _table(paper: Paper, heading: Message, figures: Sequence[Figure]) -> Placed:
    """A line per figure, each in a style of its own, so it is composed here and not by `Paper.table`."""
    analysis = paper.book.analysis
    paper.heading(heading, across=_ACROSS)
    headings: list[Value] = [None, say("by account"), None, None]
    if analysis.group_concentration is not None:
        headings[2] = say("by group")
    for place, text in enumerate(headings, start=LEFT):
        paper.put(paper.row, place, text, "header", "right")
    paper.row += 1
    first = paper.row
    for figure in figures:
        paper.put(paper.row, LEFT, figure.label, "cell", "text")
        paper.put(paper.row, LEFT + 1, figure.read(analysis.concentration), "cell", figure.style, "bold")
        group = None if analysis.group_concentration is None else figure.read(analysis.group_concentration)
        paper.put(paper.row, LEFT + 2, group, "cell", figure.style)
        paper.put(paper.row, LEFT + 3, figure.meaning, "cell", "quiet", "text")
        paper.row += 1
    return Placed(first, paper.row - 1, LEFT)


def _chart(paper: Paper, ladder: Placed) -> object:
    book, found = paper.book, paper.book.analysis.concentration
    figures = _ladder(found)
    labels = [book.words(figure.label) for figure in figures]
    chart = new_chart(book, "column", say("Share of the largest accounts"))
    levels = [(say("by account"), found, 1, ACCENT)]
    if book.analysis.group_concentration is not None:
        levels.append((say("by group"), book.analysis.group_concentration, 2, BAR))
    for name, level, column, color in levels:
        cached = (labels, [figure.read(level) for figure in figures])
        cells = paper.range(ladder.column(0)), paper.range(ladder.column(column))
        chart.add_series(series(book.words(name), *cells, cached, **columns(color)))
    chart.set_title({"none": True})
    chart.set_y_axis(axis(percent=True, max=1))
    chart.set_x_axis(axis(grid=False))
    return chart
