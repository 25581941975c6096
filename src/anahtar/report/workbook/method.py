"""The sheet of method: what a reader needs to work every figure out again."""

from collections.abc import Sequence
from typing import Final

from anahtar.ledger.manifest import Manifest, Tally
from anahtar.ledger.roles import Role
from anahtar.money import Money
from anahtar.report.labels import ROLES, label
from anahtar.report.workbook.book import Book, amount
from anahtar.report.workbook.paper import LEFT, Paper, Value
from anahtar.words import Message, Words, say

_WIDTHS: Final = (38, 24, 18, 18, 18, 18)
_ACROSS: Final = len(_WIDTHS)
_CHARACTERS: Final = 112

Line = tuple[Message | str, Value]


def write_method(book: Book) -> None:
    """Write the sheet: settings, denominators, what was left out, how each file was read, and that it balances."""
    paper = Paper(book, "method")
    paper.widths(_WIDTHS)
    kept = [batch for batch in book.analysis.batches if not batch.removes]
    if book.analysis.notes:
        _notes(paper)
    _lines(
        paper,
        say("Thresholds and conventions of this run"),
        [(choice.topic, choice.setting) for choice in book.analysis.method],
    )
    _lines(paper, say("Denominators, and what was left out"), _left_out(book))
    for batch in kept:
        _lines(paper, _source(batch), _mapping(batch))
    _reconciliation(paper, kept)
    paper.flush()


def _notes(paper: Paper) -> None:
    paper.heading(say("To be read first"), across=_ACROSS)
    for note in paper.book.analysis.notes:
        paper.note(say("• {note}", note=note), across=_ACROSS)
    paper.row += 1


def _lines(paper: Paper, heading: Message, lines: Sequence[Line]) -> None:
    paper.heading(heading, across=_ACROSS)
    for topic, setting in lines:
        written = _written(setting, paper.book.words)
        paper.put(paper.row, LEFT, topic, "cell", "top", "wrap")
        paper.put(paper.row, LEFT + 1, written, "cell", "top", "wrap", across=_ACROSS - 1)
        paper.lines(paper.row, -(-len(written) // _CHARACTERS))
        paper.row += 1
    paper.row += 1


def _written(value: Value, words: Words) -> str:
    return "" if value is None else words.value(value)


def _left_out(book: Book) -> list[Line]:
    ledger, found = book.analysis.ledger, book.analysis.concentration
    currency = ledger.currency
    outside = book.analysis.standings.column("abc").null_count
    class_n = book.analysis.abc["N"].customers if "N" in book.analysis.abc else 0
    return [
        (
            say("Denominator of every share"),
            say(
                "{total}: the sum over {n} accounts of positive value",
                total=Money(found.total, currency),
                n=found.customers_positive,
            ),
        ),
        (say("Class N"), say("accounts of zero or less in the window, outside the denominator: {n}", n=class_n)),
        (say("No line in the window"), say("accounts without a class: {n}", n=outside)),
        (
            say("One-off, new, undefined"),
            say(
                "bought on one day only: {one_off}; too young to be judged: {new}; without a positive average: "
                "{undefined}",
                one_off=book.analysis.xyz.get("one_off", 0),
                new=book.analysis.xyz.get("new", 0),
                undefined=book.analysis.xyz.get("undefined", 0),
            ),
        ),
        (
            say("Rows without a customer"),
            say(
                "{rows} rows of {money}, outside every account and never a customer",
                rows=ledger.unassigned_rows,
                money=Money(ledger.unassigned_amount, currency),
            ),
        ),
        (
            say("Rows set aside and refused"),
            say(
                "{aside} set aside, {refused} refused of {rows}",
                aside=ledger.rows_set_aside,
                refused=ledger.rows_refused,
                rows=ledger.rows_in_file,
            ),
        ),
        (
            say("Exact duplicates"),
            say("{rows} rows, counted as they stand unless set aside", rows=ledger.duplicate_rows),
        ),
    ]


def _source(batch: Manifest) -> Message:
    names = ", ".join(file.name for file in batch.files)
    return say("How {file} was read", file=names)


def _mapping(batch: Manifest) -> list[Line]:
    roles: list[Line] = [(label(ROLES, role), batch.mapping[role]) for role in Role if role in batch.mapping]
    for file in batch.files:
        facts = " · ".join(f"{name}: {value}" for name, value in file.facts.items())
        roles.append((file.name, facts))
        roles.append(("SHA-256", file.sha256))
    return roles


def _reconciliation(paper: Paper, batches: Sequence[Manifest]) -> None:
    paper.heading(say("Reconciliation: in the file = accepted + set aside + refused"), across=_ACROSS)
    headings = (None, None, say("In the file"), say("Accepted"), say("Set aside"), say("Refused"))
    for place, heading in enumerate(headings, start=LEFT):
        paper.put(paper.row, place, heading, "header", "right")
    paper.row += 1
    for batch in batches:
        names = ", ".join(file.name for file in batch.files)
        rows, money = _balance(batch.tally)
        for word, numbers, style in ((say("rows"), rows, "whole"), (say("amount"), money, "cents")):
            paper.put(paper.row, LEFT, names, "cell", "text")
            paper.put(paper.row, LEFT + 1, word, "cell", "quiet")
            for place, number in enumerate(numbers, start=LEFT + 2):
                paper.put(paper.row, place, number, "cell", style)
            paper.row += 1


def _balance(tally: Tally) -> tuple[Sequence[int], Sequence[float | None]]:
    money = (tally.amount, tally.accepted_amount, tally.set_aside_amount, tally.refused_amount)
    return (tally.rows, tally.accepted, tally.set_aside, tally.refused), [amount(units) for units in money]
