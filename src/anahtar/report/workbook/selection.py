"""The workbook of a selection: the sheets of the whole analysis that are true of some accounts under one filter.

Sums, shares, classes and moves are reckoned from the slice of the filter and of the chosen accounts alone. What an
analysis knows only of the whole company (silence, problems, method, evidence with the company's shares) has no sheet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
from xlsxwriter import Workbook

from anahtar.analysis import STANDINGS, Analysis, AnalysisOptions, Base, Cell, ClassTotal, LedgerTotals
from anahtar.analysis.classing import ABC
from anahtar.analysis.portfolio import KeyShare, Portfolio
from anahtar.analysis.slicing.slice import month_of
from anahtar.ledger.schema import PROBLEMS
from anahtar.report.figures import Headline
from anahtar.report.harmless import printable
from anahtar.report.lists import LADDER, Mover
from anahtar.report.rows import Standing
from anahtar.report.workbook.accounts import write_accounts
from anahtar.report.workbook.book import CONTENTS, TITLES, Book, amount, sheet_names
from anahtar.report.workbook.concentration import write_concentration
from anahtar.report.workbook.front import GRID, KEYS, WIDTH, classes_and_keys, contents, tiles
from anahtar.report.workbook.matrix import write_matrix
from anahtar.report.workbook.migration import ROWS as MOST_MOVERS
from anahtar.report.workbook.migration import write_year
from anahtar.report.workbook.options import CENTS_BELOW, OPTIONS
from anahtar.report.workbook.paint import paint_bars, paint_changes
from anahtar.report.workbook.paper import LEFT, Column, Paper
from anahtar.report.workbook.styles import CENTS, WHOLE, Styles
from anahtar.rules.strategy import CELLS, strategy
from anahtar.words import Message, Words, say

SHEETS: Final = ("summary", "key", "accounts", "matrix", "migration", "concentration")

_OF_THE_RUN: Final = frozenset({"orders", "months_active", "stability", "group"})
"""Columns that a slice has not: they are of the months and lines of the analysis, not of the filter's."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key account, with what people decided and what the ledger says, in the reader's words; money in units."""

    code: str
    name: str
    decided: str
    ledger: str
    manager: str
    value: int | None
    share: float | None
    change: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """What the workbook is made of.

    Parameters
    ----------
    facts
        Code -> what is known of an account whatever the filter: columns of `STANDINGS`.
    figures
        The figures of the first sheet, in words.
    remarks
        What the figures are of, who has them and since when, in words.
    key
        What the key accounts make of the selection.
    strategies
        Cell -> what we do with its accounts, where the company has words of its own for it.
    more_keys
        How many key accounts are not among `keys`.
    left_out
        Columns that the reader does not see: profit, margin.
    whole
        Whether it is the whole company.
    most
        How many accounts are listed, the largest.
    """

    portfolio: Portfolio
    facts: Mapping[str, Mapping[str, Any]]
    figures: Sequence[Headline]
    remarks: Sequence[str]
    key: KeyShare
    keys: Sequence[KeyRow]
    more_keys: int
    left_out: frozenset[str] = field(default_factory=frozenset)
    whole: bool = True
    most: int = 20_000
    strategies: Mapping[str, str] = field(default_factory=dict)


def write_selection(selection: Selection, path: Path, words: Words, *, company: str | None = None) -> None:
    """Write the portfolio of some accounts as a workbook, in the manner of `write_workbook`.

    Parameters
    ----------
    selection
        What to write.
    path
        The file; one of that name is replaced.
    words
        The reader's language.
    company
        Whose accounts these are.
    """
    analysis = _analysis(selection)
    workbook = Workbook(str(path), OPTIONS)
    money = WHOLE if abs(analysis.concentration.total) >= CENTS_BELOW else CENTS
    book = Book(
        analysis,
        words,
        workbook,
        Styles(workbook, money=money),
        company or "",
        {key: name for key, name in sheet_names(words).items() if key in SHEETS},
        left_out=_OF_THE_RUN | selection.left_out,
        whole=selection.whole,
        rest=say("The accounts table of the web application takes out more of them."),
    )
    created = datetime.combine(analysis.as_of, time(), UTC)
    title = printable(book.company) or words(TITLES["key"])
    workbook.set_properties({"title": title, "author": "Anahtar", "created": created})
    _front(book, selection)
    _keys(book, selection)
    accounts = write_accounts(book, of=len(selection.portfolio.rows))
    write_matrix(book, accounts)
    write_year(book, _moves(selection.portfolio), _movers(selection.portfolio))
    write_concentration(book)
    workbook.close()


# Sheets of our own -----------------------------------------------------------------------------------------------


def _front(book: Book, selection: Selection) -> None:
    paper = Paper(book, "summary")
    paper.widths([WIDTH] * GRID)
    paper.row = 3
    tiles(paper, selection.figures)
    classes_and_keys(paper, [_as_standing(row, selection) for row in selection.keys[:KEYS]])
    paper.heading(say("What these figures are"), across=GRID)
    for remark in selection.remarks:
        paper.note(say("• {note}", note=remark), across=GRID, characters=150)
    paper.row += 1
    contents(paper, {**CONTENTS, **_CONTENTS})
    paper.flush()
    paper.sheet.activate()


_CONTENTS: Final[Mapping[str, Message]] = {
    "key": say("Who is key, as people decided and as the ledger says, and what it brings."),
    "migration": say("Who moved between classes, against the same months a year before."),
}
"""What stands on the sheets that are others here than in the workbook of the whole."""


def _as_standing(row: KeyRow, selection: Selection) -> Standing:
    types = selection.facts.get(row.code, {}).get("types", [])
    return {"name": row.name, "value": row.value, "share": row.share, "types": types}  # type: ignore[typeddict-item]  # what the first sheet reads


def _keys(book: Book, selection: Selection) -> None:
    paper = Paper(book, "key")
    paper.widths([column.width for column in _COLUMNS])
    if selection.more_keys:
        told = say(
            "{n} more key account is not listed.", "{n} more key accounts are not listed.", n=selection.more_keys
        )
        paper.note(told, across=len(_COLUMNS))
        paper.row += 1
    if not selection.keys:
        paper.put(paper.row, LEFT, say("None in this window."), "quiet")
    placed = paper.table(_COLUMNS, selection.keys) if selection.keys else None
    paper.flush()
    if placed is not None:
        paint_bars(paper, placed, 6)
        paint_changes(paper, placed, 7)


_COLUMNS: Final[Sequence[Column[KeyRow]]] = (
    Column(say("Code"), 14, "text quiet", lambda row: row.code),
    Column(say("Account"), 38, "text bold", lambda row: row.name),
    Column(say("Decided"), 30, "text", lambda row: row.decided),
    Column(say("By the ledger"), 24, "text", lambda row: row.ledger),
    Column(say("Manager"), 24, "text", lambda row: row.manager),
    Column(say("Value"), 16, "money", lambda row: amount(row.value)),
    Column(say("Share"), 10, "share", lambda row: row.share),
    Column(say("Against the year before"), 13, "change", lambda row: row.change),
)


# The analysis that the sheets of the whole read ------------------------------------------------------------------


def _analysis(selection: Selection) -> Analysis:
    """Give what the shared sheets read, true of the selection; what they do not read is empty."""
    portfolio, found = selection.portfolio, selection.portfolio.slice
    zero = LedgerTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, found.as_of, found.as_of, found.currency)
    return Analysis(
        options=AnalysisOptions(),
        as_of=found.as_of,
        window=found.window,
        measure=found.measure,
        measure_reason=Message(""),
        ledger=zero,
        batches=(),
        problems=PROBLEMS.empty_table(),
        standings=_standings(selection),
        months=pa.table({}),
        directions=pa.table({}),
        abc=_classes(portfolio),
        xyz={},
        cells=[_cell(portfolio, name, selection) for name in CELLS],
        migration=(),
        concentration=portfolio.concentration,
        group_concentration=None,
        key_share=selection.key.share or 0.0,
        key_band=selection.key.band,
        key_accounts=(),
        silence={},
        base=Base(None, None),
    )


def _cell(portfolio: Portfolio, name: Any, selection: Selection) -> Cell:
    cell = next(one for one in portfolio.cells if one.name == name)
    profit = None if "profit" in selection.left_out else cell.profit
    own = selection.strategies.get(name)
    told = Message("{words}", values={"words": own}) if own else strategy(name)
    return Cell(name, cell.accounts, cell.one_off, cell.new, cell.revenue, profit, cell.share, told)


def _classes(portfolio: Portfolio) -> Mapping[str, ClassTotal]:
    abc = portfolio.slice.words("abc")[portfolio.rows]
    values = portfolio.slice.amounts("value")[portfolio.rows]
    told = {}
    for at, name in enumerate(ABC):
        inside = abc == at
        total = int(values[inside].sum(dtype=np.int64))
        part = total / portfolio.now.positive if portfolio.now.positive and name != "N" else 0.0
        told[name] = ClassTotal(int(inside.sum()), total, part)
    return told


def _standings(selection: Selection) -> pa.Table:
    portfolio = selection.portfolio
    rows = portfolio.rows[: selection.most]
    shares = portfolio.shares()[: selection.most]
    reached = 0.0
    told = []
    for place, (row, share) in enumerate(zip(portfolio.slice.table.take(rows).to_pylist(), shares, strict=True), 1):
        ranked = not np.isnan(share)
        reached += float(share) if ranked else 0.0
        told.append(_standing(row, selection, place, float(share) if ranked else None, reached))
    return pa.Table.from_pylist(told, schema=_SCHEMA)


def _standing(
    row: Mapping[str, Any], selection: Selection, place: int, share: float | None, reached: float
) -> dict[str, Any]:
    with_cost = row["revenue_with_cost"]
    margin = row["profit"] / with_cost if row["profit"] is not None and with_cost and with_cost > 0 else None
    return {
        **dict.fromkeys(_NAMES),
        **_USUAL,
        **{name: value for name, value in row.items() if name in _NAMES},
        "margin": margin,
        **selection.facts.get(row["code"], {}),
        # In place of the company's: an account's value divided by its share is the company's.
        "rank": None if share is None else place,
        "share": share,
        "cumulative_share": None if share is None else reached,
        **dict.fromkeys(selection.left_out & _NAMES.keys()),
    }


_NAMES: Final = dict.fromkeys(Standing.__annotations__)
_SCHEMA: Final = pa.schema([STANDINGS.field(name).with_nullable(True) for name in _NAMES])
_USUAL: Final[Mapping[str, Any]] = {"key": False, "types": [], "candidate_for": [], "state": "never"}


# A year ago and now ----------------------------------------------------------------------------------------------


def _ends(portfolio: Portfolio) -> "tuple[Any, Any] | None":
    """Where each account stood and stands, as places in LADDER, `new` last; None where the ledger is younger."""
    found, rows = portfolio.slice, portfolio.rows
    then = found.window_year_ago
    if then is None:
        return None
    nowhere, new = len(ABC), len(ABC) + 1
    before, after = (found.words(name)[rows].astype(np.int64) for name in ("abc_year_ago", "abc"))
    young = found.amounts("first_month")[rows] > month_of(then.end)
    before = np.where(before >= 0, before, np.where(young, new, nowhere))
    return before, np.where(after >= 0, after, nowhere)


_STEPS: Final = (*ABC, "none", "new")


def _moves(portfolio: Portfolio) -> Mapping[tuple[str, str], int]:
    ends = _ends(portfolio)
    if ends is None:
        return {}
    width = len(_STEPS)
    counts = np.bincount(ends[0] * width + ends[1], minlength=width * width)
    return {(_STEPS[at // width], _STEPS[at % width]): int(counts[at]) for at in np.flatnonzero(counts)}


def _movers(portfolio: Portfolio) -> Sequence[Mover]:
    ends = _ends(portfolio)
    if ends is None:
        return ()
    before, after = ends
    left_a = (before == 0) & (after != 0)
    far = (before < LADDER.index("none")) & (np.abs(before - after) > 1)
    now, then = (portfolio.slice.amounts(name)[portfolio.rows] for name in ("value", "value_year_ago"))
    at = np.flatnonzero(left_a | far)
    at = at[np.argsort(-np.abs(now[at] - then[at]), kind="stable")]
    named = portfolio.slice.table.select(["code", "name"]).take(portfolio.rows[at[:MOST_MOVERS]]).to_pylist()
    return [
        Mover(one["code"], one["name"], _STEPS[before[row]], _STEPS[after[row]], int(then[row]), int(now[row]))
        for one, row in zip(named, at[:MOST_MOVERS].tolist(), strict=True)
    ]
