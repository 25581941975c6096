"""What was lost between two periods, and month by month."""

from typing import Final

import pyarrow.compute as pc
from rich.table import Table
from rich.text import Text

from anahtar.analysis.losing.bridging import Bridge
from anahtar.metrics.loss.bridge import BUCKETS
from anahtar.report.amounts import NOTHING, rounded
from anahtar.report.loss_labels import BUCKETS as BUCKET_WORDS
from anahtar.report.terminal.bricks import bar, plain
from anahtar.report.terminal.losses.frame import Frame
from anahtar.words import Message, Month, say

_LISTED: Final = 8
_MONTHS: Final = 13
_STYLES: Final = {"new": "green", "returned": "green", "expansion": "green", "contraction": "red", "lost": "red"}


def bridge(frame: Frame) -> None:
    """From the revenue of before to that of now, and who made the difference."""
    found = frame.losses.bridge
    if found is None:
        frame.heading(say("The bridge"))
        frame.note(say("The ledger holds less than two months: nothing to compare with yet."))
        return
    frame.heading(say("The bridge"), _periods(found))
    frame.sheet.console.print(_buckets(frame, found))
    _retention(frame, found)
    drawn = frame.table(say("change"), say("account"), say("before"), say("now"), say("what happened"))
    rows = found.accounts.filter(pc.less(found.accounts["amount"], 0)).slice(0, _LISTED).to_pylist()
    for row in rows:
        told = frame.sheet.say(BUCKET_WORDS[row["bucket"]])
        amounts = (frame.money(row[name]) for name in ("revenue_before", "revenue"))
        drawn.add_row(frame.money(row["amount"], "bold"), frame.name(row["code"]), *amounts, Text(told))
    if rows:
        frame.sheet.console.print(drawn)
    _apart(frame)


def months(frame: Frame) -> None:
    """The last months, as known then and as known now."""
    shown = frame.losses.months[-_MONTHS:]
    frame.heading(say("Month by month"), say("as known at the month's end → as known now"))
    if not shown:
        frame.note(say("Nobody has bought yet."))
        return
    titles = (say("lost"), say("month"), say("of accounts"), say("rate, 95 %"), say("revenue of their year"))
    drawn = frame.table(*frame.fitting((*titles, say("came back")), 2))
    for one in shown:
        month = Month(one.month.year, one.month.month)
        written = frame.sheet.words.month(month) if frame.sheet.roomy else f"{month.month:02}.{month.year}"
        counts = f"{one.lost_then} → {one.lost_now}" if one.lost_then != one.lost_now else f"{one.lost_then}"
        money = f"{rounded(frame.sheet.words, one.amount_then)} → {rounded(frame.sheet.words, one.amount_now)}"
        cells = (
            Text(counts, style="bold"),
            Text(written + ("" if one.whole else " *")),
            Text(frame.sheet.words.number(one.exposed)),
            Text(frame.rate(one.rate_now)),
            Text(money if one.lost_then else NOTHING),
            Text(frame.sheet.words.number(one.returned)),
        )
        drawn.add_row(*frame.fitting(cells, 2))
    frame.sheet.console.print(drawn)
    if not shown[-1].whole:
        frame.note(say("* cut by the as-of day. Accounts of the last months may still come back."))


def _buckets(frame: Frame, found: Bridge) -> Table:
    drawn = frame.table(say("money"), say("bridge"), say("accounts"), "")
    widest = max((abs(one.amount) for one in found.buckets.values()), default=0) or 1
    drawn.add_row(frame.money(found.revenue_before, "bold"), Text(frame.sheet.say(say("revenue before"))), "", "")
    for name in BUCKETS:
        one, width = found.buckets[name], 30 if frame.sheet.roomy else 12
        drawn.add_row(
            frame.money(one.amount, _STYLES.get(name, "")),
            Text(frame.sheet.say(BUCKET_WORDS[name])),
            Text(frame.sheet.words.number(one.accounts)),
            Text(bar(abs(one.amount) / widest, width, ascii_only=frame.sheet.ascii_only), style=_STYLES.get(name, "")),
        )
    drawn.add_row(frame.money(found.revenue, "bold"), Text(frame.sheet.say(say("revenue now"))), "", "")
    return drawn


def _retention(frame: Frame, found: Bridge) -> None:
    kept = found.retention
    for label, rate in (
        (say("accounts kept ({kept} of {n})", kept=kept.kept, n=kept.accounts), kept.logos),
        (say("gross revenue kept"), kept.gross),
        (say("net revenue kept"), kept.net),
    ):
        frame.line(say("{label}: {rate}", label=label, rate=frame.rate(rate)))


def _apart(frame: Frame) -> None:
    for code, change in frame.losses.taken_apart.items():
        parts = change.parts
        told = say(
            "{name}: volume {volume}, mix {mix}, price {price}, new products {new}, stopped products {stopped}, "
            "returns {returns}, not explained {unexplained}",
            name=plain(frame.names.get(code, code)),
            **{
                name: rounded(frame.sheet.words, getattr(parts, name))
                for name in ("volume", "mix", "price", "new", "stopped", "returns", "unexplained")
            },
        )
        frame.line(told)


def _periods(found: Bridge) -> Message:
    return say(
        "{before} to {before_end} → {start} to {end}",
        before=found.before.start,
        before_end=found.before.end,
        start=found.window.start,
        end=found.window.end,
    )
