"""What else could be lost, and whom to win back first."""

from collections.abc import Sequence
from typing import Final

from rich.text import Text

from anahtar.analysis.losing.winning_back import WinBack
from anahtar.report.amounts import NOTHING, rounded
from anahtar.report.terminal.bricks import plain
from anahtar.report.terminal.losses.frame import Frame
from anahtar.words import Share, say

_LISTED: Final = 8


def stress(frame: Frame) -> None:
    """What is left when somebody is gone, and what it takes to fill the gap."""
    found = frame.losses.stress
    if found is None:
        return
    names = ", ".join(
        frame.names[shock.code] + (f" ({shock.direction})" if shock.direction else "") for shock in found.shocks
    )
    frame.heading(say("Without {names}", names=plain(names)))
    left, currency = found.revenue - found.lost, frame.sheet.currency
    frame.line(
        say(
            "{lost} gone ({share}); {left} left, the largest account then {top}, HHI {before} → {after}",
            lost=rounded(frame.sheet.words, found.lost, currency),
            share=NOTHING if found.share_lost is None else Share(found.share_lost),
            left=rounded(frame.sheet.words, left, currency),
            top=Share(found.after.top[1]),
            before=frame.sheet.words.number(found.before.hhi, places=3),
            after=frame.sheet.words.number(found.after.hhi, places=3),
        )
    )
    if found.refill.together is None:
        frame.line(say("No prospective account is there to fill the gap."))
    else:
        frame.line(
            say(
                "to fill it, {n} prospective account would have to grow by {together}; {open} stays open",
                "to fill it, {n} prospective accounts would have to grow by {together} each; {open} stays open",
                n=len(found.refill.accounts),
                together=Share(found.refill.together),
                open=rounded(frame.sheet.words, found.refill.left, currency),
            )
        )
    for later, payment in frame.losses.late:
        frame.line(
            say(
                "{name} paying {days} days later ties up {capital}, {interest} of interest a year at {rate}",
                name=plain(frame.names[later.code]),
                days=later.days,
                capital=rounded(frame.sheet.words, payment.capital, currency),
                interest=rounded(frame.sheet.words, payment.interest, currency),
                rate=Share(later.interest_ppm / 1_000_000),
            )
        )


def way_back(frame: Frame) -> None:
    """Chances of return, and the ranking."""
    found = frame.losses.way_back
    basis = say("in profit") if found.in_profit else say("in revenue: the ledger knows no cost")
    frame.heading(say("The way back"), say("P(return within a year) × what a year brought − cost, {b}", b=basis))
    for days, chance in found.shown.items():
        line = say(
            "lost, and silent for {days} days: {chance} return ({n} lapses lasted so long)",
            days=days,
            chance=frame.bounds(chance.value, chance.low, chance.high),
            n=chance.reached,
        )
        frame.line(line)
    if found.recovery.is_assumed:
        frame.line(say("too few have returned to say how much comes back: all of it is assumed"))
    else:
        share_back = Share(found.recovery.share_ppm / 1_000_000)
        told = say("{n} returned accounts brought back {share}", n=found.recovery.accounts, share=share_back)
        frame.line(told)
    if not found.accounts:
        frame.note(say("No account stands lost."))
        return
    titles = (say("worth"), say("account"), say("a year brought"), say("chance"), say("silent, days"))
    drawn = frame.table(*frame.fitting(titles, 2))
    for one in found.accounts[:_LISTED]:
        drawn.add_row(*frame.fitting(_won_back(frame, one), 2))
    frame.sheet.console.print(drawn)
    frame.more(len(found.accounts) - _LISTED)


def _won_back(frame: Frame, one: WinBack) -> Sequence[Text]:
    chance = one.chance
    return (
        frame.money(one.value, "bold"),
        frame.name(one.code),
        frame.money(one.margin),
        Text(frame.bounds(chance.value, chance.low, chance.high)),
        Text(frame.sheet.words.number(one.silence)),
    )
