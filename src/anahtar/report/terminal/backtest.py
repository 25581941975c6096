"""The backtest on a terminal: every way of telling side by side, what was chosen and why, and the warnings."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from anahtar.forecast.backtest.results import BUDGET, Backtest, Score
from anahtar.forecast.backtest.telling import three, told
from anahtar.forecast.backtest.warnings import RULE_NAMES, Rule, Warned, WarnedAccount
from anahtar.forecast.backtest.ways import WAY_NAMES
from anahtar.report.amounts import NOTHING
from anahtar.report.terminal.bricks import heading, plain
from anahtar.words import Message, Share, Words, say

WIDEST: Final = 120
TOLD: Final = 10
"""Accounts told one by one for a rule."""


def print_backtest(found: Backtest, console: Console, words: Words, *, names: Sequence[str] = ()) -> None:
    """Print a backtest.

    Parameters
    ----------
    found
        What `anahtar.forecast.backtest.running.backtest` returned.
    console
        Where it goes; at most 120 columns of it are used.
    words
        The reader's language.
    names
        Of the accounts, by their number in the purchases; with them, the warnings are told account by account.
    """
    width = console.width
    console.width = min(width, WIDEST)
    try:
        heading(console, words(say("Which way of telling is right on this ledger")))
        for sentence in told(found):
            console.print(Text(words(sentence)))
        heading(console, words(say("Side by side")), words(_note()))
        console.print(_scores(found, words))
        heading(console, words(say("What was said, and what happened")), words(say("ten parts, the safest first")))
        console.print(_tenths(found, words))
        heading(console, words(say("Warnings about the largest accounts")), words(_horizon_note(found)))
        console.print(_warnings(found, words))
        if names:
            heading(
                console, words(say("Account by account")), words(say("right and wrong warnings, days to a right one"))
            )
            console.print(_accounts(found, words, names))
    finally:
        console.width = width


def _note() -> Message:
    return say("calls: the surest {share} of the accounts", share=Share(BUDGET, 0))


def _horizon_note(found: Backtest) -> Message:
    return say("right: nothing bought within {horizon} days of the warning", horizon=found.frame.horizon)


def _scores(found: Backtest, words: Words) -> Table:
    drawn = _table("", *(
        words(one)
        for one in (
            say("AUC"), say("95 %"), say("right calls"), say("found"), say("lost revenue in 10 %"),
            say("in 20 %"), say("Brier"), say("off by"),
        )
    ))  # fmt: skip
    for score in found.scores:
        style = "bold" if score.way == found.chosen else ""
        drawn.add_row(*(Text(cell, style=style) for cell in _row(score, words)))
    return drawn


def _row(score: Score, words: Words) -> list[str]:
    shares = (score.precision, score.recall, score.capture_10, score.capture_20)
    return [
        words(WAY_NAMES[score.way]),
        words.value(three(score.auc.value)),
        f"{words.value(three(score.auc.low))}–{words.value(three(score.auc.high))}",
        *(words.share(one, 0) if one == one else NOTHING for one in shares),
        NOTHING if score.brier is None else words.value(three(score.brier)),
        NOTHING if score.calibration_error is None else words.value(three(score.calibration_error)),
    ]


def _tenths(found: Backtest, words: Words) -> Table:
    drawn = _table(*(words(one) for one in (say("accounts"), say("said"), say("happened"))))
    for tenth in found.score(found.chosen).tenths:
        drawn.add_row(words.number(tenth.accounts), words.share(tenth.said), words.share(tenth.happened))
    return drawn


def _warnings(found: Backtest, words: Words) -> Table:
    titles = (say("right"), say("wrong"), say("open"), say("days to it"), say("before the 90-day rule"))
    drawn = _table("", *(words(one) for one in titles))
    for one in found.warned:
        drawn.add_row(*_warning(one, words))
    return drawn


def _warning(one: Warned, words: Words) -> list[str]:
    days = [NOTHING if value is None else words.number(value) for value in (one.days, one.before_flat)]
    counts = [words.number(count) for count in (one.right, one.wrong, one.open)]
    return [words(RULE_NAMES[one.rule]), *counts, *days]


def _accounts(found: Backtest, words: Words, names: Sequence[str]) -> Table:
    """The accounts warned of most, by their own rhythm beside 90 days for everybody."""
    rhythm, flat = ({one.account: one for one in _by(found, rule)} for rule in (Rule.RHYTHM, Rule.FLAT_90))
    own, ninety = words(say("own rhythm")), words(say("90 days"))
    titles = [f"{rule}\n{words(one)}" for rule in (own, ninety) for one in (say("right"), say("wrong"), say("days"))]
    drawn = _table("", *titles)
    for account in [*dict.fromkeys([*rhythm, *flat])][:TOLD]:
        cells = [cell for one in (rhythm, flat) for cell in _account(one.get(account), words)]
        drawn.add_row(plain(names[account]), *cells)
    return drawn


def _by(found: Backtest, rule: Rule) -> Sequence[WarnedAccount]:
    return next(one for one in found.warned if one.rule is rule).accounts


def _account(one: WarnedAccount | None, words: Words) -> list[str]:
    if one is None:
        return [words.number(0), words.number(0), NOTHING]
    return [words.number(one.right), words.number(one.wrong), NOTHING if one.days is None else words.number(one.days)]


def _table(*titles: str) -> Table:
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for at, title in enumerate(titles):
        drawn.add_column(title, justify="left" if at == 0 else "right", no_wrap=True, overflow="ellipsis")
    return drawn
