"""The sheet of key accounts: who, of which type, and every criterion with its number."""

from collections.abc import Sequence
from typing import Final

from anahtar.analysis import KeyAccount
from anahtar.report.evidence import decisive
from anahtar.report.figures import band_verdict
from anahtar.report.labels import STATES, TYPES, label
from anahtar.report.lists import key_ids
from anahtar.report.rows import Standing, with_codes
from anahtar.report.workbook.accounts import courses_of, role
from anahtar.report.workbook.book import Book, amount
from anahtar.report.workbook.paint import draw_courses, paint_bars, paint_changes, paint_classes, paint_states
from anahtar.report.workbook.paper import LEFT, Column, Paper, Placed
from anahtar.rules.evidence import Evidence
from anahtar.words import Message, Share, say

_WHY: Final = 92
_CHARACTERS: Final = 110
"""Letters of running text across that column."""

_ACROSS: Final = 11
_COURSE: Final = 6

Chosen = tuple[KeyAccount, Standing]


def write_keys(book: Book) -> None:
    """Write the sheet: the key accounts, then the accounts that only carry a type or are candidates."""
    paper = Paper(book, "key")
    paper.widths([14, 34, 22, 14, 9, 12, 16, 7, 10, 12, _WHY])
    chosen = key_ids(book.analysis)
    paper.note(_together(book), across=_ACROSS)
    key = [account for account in book.analysis.key_accounts if account.account_id in chosen]
    others = [account for account in book.analysis.key_accounts if account.account_id not in chosen]
    paper.row += 1
    paper.heading(say("Accounts that meet the criteria"), across=_ACROSS, to="accounts")
    _write(paper, key)
    if others:
        paper.row += 1
        paper.heading(say("Not key, but worth knowing: accounts with a type, and candidates for one"), across=_ACROSS)
        _write(paper, others)
    paper.row += 1
    paper.note(
        say("Image maker and expert are never assigned by computing; what speaks for it is listed."), across=_ACROSS
    )
    paper.flush()


def _together(book: Book) -> Message:
    return say(
        "Together the key accounts make {share} of the total: {verdict}.",
        share=Share(book.analysis.key_share),
        verdict=band_verdict(book.analysis),
    )


def _write(paper: Paper, accounts: Sequence[KeyAccount]) -> None:
    standings = with_codes(paper.book.analysis, [account.code for account in accounts])
    rows = [(account, standings[account.code]) for account in accounts if account.code in standings]
    if not rows:
        paper.put(paper.row, LEFT, say("None in this window."), "quiet")
        paper.row += 1
        return
    placed = paper.table(_columns(paper.book), rows, lines=lambda chosen: _why(paper.book, chosen)[1])
    _decorate(paper, placed, rows)


def _decorate(paper: Paper, placed: Placed, rows: Sequence[Chosen]) -> None:
    paint_bars(paper, placed, 4)
    paint_changes(paper, placed, 5)
    paint_classes(paper, placed, 7)
    paint_states(paper, placed, 9)
    cells = {row["code"]: (placed.first + number, LEFT + _COURSE) for number, (_, row) in enumerate(rows)}
    draw_courses(paper, courses_of(paper.book, cells))


def _columns(book: Book) -> Sequence[Column[Chosen]]:
    return (
        Column(say("Code"), 11, "text quiet", lambda chosen: chosen[0].code),
        Column(say("Account"), 30, "text bold wrap", lambda chosen: chosen[0].name),
        Column(say("Type"), 19, "text wrap", _type),
        Column(say("Value"), 14, "money", lambda chosen: amount(chosen[1]["value"])),
        Column(say("Share"), 9, "share", lambda chosen: chosen[1]["share"]),
        Column(say("Against the year before"), 11, "change", lambda chosen: chosen[1]["change"]),
        Column(say("12 months"), 15, "text", lambda chosen: None),
        Column(say("ABC"), 7, "center bold", lambda chosen: chosen[1]["abc"]),
        Column(say("ABC-XYZ"), 9, "center", lambda chosen: chosen[1]["cell"]),
        Column(say("State"), 11, "center", lambda chosen: label(STATES, chosen[1]["state"])),
        Column(say("Why: what is met (✓) and what is not (✗)"), _WHY, "wrap", lambda chosen: _why(book, chosen)[0]),
    )


def _type(chosen: Chosen) -> Message | None:
    account, standing = chosen
    if not account.candidate_for:
        return role(standing)
    candidate = say("candidate: {type}", type=label(TYPES, account.candidate_for[0]))
    has = role(standing)
    return candidate if has is None else say("{type}; {candidate}", type=has, candidate=candidate)


def _why(book: Book, chosen: Chosen) -> tuple[str, int]:
    """All evidence of an account, a line each, and how many lines that takes in its column."""
    account, _ = chosen
    lines = [_line(book, evidence) for evidence in decisive(account.reasons)]
    for name, found in account.type_evidence.items():
        lines += [f"{book.words(label(TYPES, name))}: {_line(book, evidence)}" for evidence in found]
    return "\n".join(lines), sum(-(-len(line) // _CHARACTERS) for line in lines)


def _line(book: Book, evidence: Evidence) -> str:
    return f"{'✓' if evidence.met else '✗'} {book.words(evidence.sentence)}"
