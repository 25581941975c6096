"""How accounts moved between the classes in twelve months, and who moved."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyarrow.compute as pc

from anahtar.analysis import Move
from anahtar.report.amounts import change, rounded
from anahtar.report.labels import PLACES, label
from anahtar.report.page.charts import updown
from anahtar.report.page.markup import Html, many, tag
from anahtar.report.page.story import Story, account, card, section, table, td, th
from anahtar.report.rows import Standing, rows
from anahtar.words import say

_ORDER: Final = ("A", "B", "C", "N", "none")
_LISTED: Final = 8


@dataclass(frozen=True, slots=True)
class _Moves:
    """Account and money counts by (class a year ago, class now)."""

    customers: Counter[tuple[str, str]]
    money: Counter[tuple[str, str]]


def movement(story: Story) -> Html:
    """The table of moves beside those who rose and fell the most; a young ledger says that it is young."""
    lead = say("Classes of the window against classes of the same window a year earlier.")
    title = story(say("Movement"))
    if not pc.any(pc.is_valid(story.analysis.standings["abc_year_ago"])).as_py():
        young = story(say("The ledger does not reach back a year before the window: nothing to compare with yet."))
        return section("movement", title, story(lead), card(tag("p", young, class_="empty")))
    body = tag("div", _matrix(story), _months(story), *_movers(story), class_="wide-and-side even")
    return section("movement", title, story(lead), body)


def _months(story: Story) -> Html:
    """Rises and falls between consecutive month ends: a drift, or one jump that the year's table hides."""
    ends = sorted({move.month_end for move in story.analysis.migration})
    rises = [_crossed(story.analysis.migration, end, up=True) for end in ends]
    falls = [_crossed(story.analysis.migration, end, up=False) for end in ends]
    headers = [tag("td"), *(th(f"{end.month:02}", "num") for end in ends), th("Σ", "num")]
    lines = (
        tag(
            "tr",
            tag("th", story(title), scope="row", class_=kind),
            many(td(str(n), class_="num") for n in [*counts, sum(counts)]),
        )
        for title, kind, counts in ((say("rose"), "up", rises), (say("fell"), "down", falls))
    )
    title = story(say("Month by month"))
    counted = table(headers, lines, caption=title, class_="plain years")
    note = story(say("accounts that crossed a border between A, B and C up to each month end"))
    return card(updown(rises, falls), counted, title=title, note=note)


def _crossed(migration: Sequence[Move], end: date, *, up: bool) -> int:
    return sum(
        move.customers
        for move in migration
        if move.month_end == end
        and {move.before, move.after} <= set("ABC")
        and (move.after < move.before) is up
        and move.after != move.before
    )


def _counted(story: Story) -> _Moves:
    columns = story.analysis.standings.select(["abc_year_ago", "abc", "value", "value_year_ago"])
    customers: Counter[tuple[str, str]] = Counter()
    money: Counter[tuple[str, str]] = Counter()
    for before, now, value, value_before in zip(*(column.to_pylist() for column in columns.columns), strict=True):
        move = (before or "none", now or "none")
        customers[move] += 1
        money[move] += (value or 0) - (value_before or 0)
    return _Moves(customers, money)


def _matrix(story: Story) -> Html:
    moves = _counted(story)
    used = [name for name in _ORDER if any(name in move and move != ("none", "none") for move in moves.customers)]
    headers = [th(story(say("then ↓ · now →"))), *(th(_place(story, name)) for name in used)]
    lines = (
        tag("tr", tag("th", _place(story, before), scope="row"), many(_move(story, moves, before, now) for now in used))
        for before in used
    )
    drawn = table(headers, lines, caption=story(say("Accounts by class a year ago and now")), class_="moves")
    note = story(say("accounts, and how much more or less {measure} they bring than a year ago", measure=story.measure))
    return card(drawn, title=story(say("12 months ago → now")), note=note)


def _place(story: Story, name: str) -> str:
    return name if name != "none" else story(label(PLACES, name))


def _move(story: Story, moves: _Moves, before: str, now: str) -> Html:
    customers = moves.customers[before, now]
    if not customers or before == now == "none":
        return tag("td", tag("span", "·", class_="code"), class_="stay")
    rank = _ORDER.index(now) - _ORDER.index(before)
    kind = "stay" if rank == 0 else "fell" if rank > 0 else "rose"
    sign = {"stay": "", "fell": "▼ ", "rose": "▲ "}[kind]
    money = moves.money[before, now]
    written = f"{'−' if money < 0 else '+' if money > 0 else ''}{rounded(story.words, abs(money))}"
    return tag("td", tag("b", sign, story.words.number(customers)), tag("span", written, class_="note"), class_=kind)


def _movers(story: Story) -> tuple[Html, Html]:
    standings = story.analysis.standings
    left, joined = pc.field("abc_year_ago"), pc.field("abc")
    # Into or out of class A is what a director asks after; moves between B and C are in the workbook.
    crossed = [
        row for row in rows(standings.filter((left == "A") | (joined == "A"))) if row["abc"] != row["abc_year_ago"]
    ]
    fell = _largest(row for row in crossed if row["abc"] != "A")
    rose = _largest(row for row in crossed if row["abc"] == "A")
    return (
        card(_people(story, fell), title=story(say("Left class A"))),
        card(_people(story, rose), title=story(say("Came into class A"))),
    )


def _largest(found: Iterable[Standing]) -> list[Standing]:
    return sorted(found, key=lambda row: -abs((row["value"] or 0) - (row["value_year_ago"] or 0)))[:_LISTED]


def _people(story: Story, found: Sequence[Standing]) -> Html:
    if not found:
        return tag("p", story(say("nobody")), class_="empty")
    titles = [story(title) for title in (say("Account"), say("Class"), say("A year ago"), say("Now"), say("Change"))]
    headers = [th(titles[0]), th(titles[1]), *(th(title, "num") for title in titles[2:])]
    lines = (
        tag(
            "tr",
            tag("th", account(row["name"], row["code"]), scope="row"),
            td(f"{row['abc_year_ago'] or '–'} → {row['abc'] or '–'}", titles[1], "short"),
            td(rounded(story.words, row["value_year_ago"]), titles[2], "num"),
            td(rounded(story.words, row["value"]), titles[3], "num"),
            td(change(story.words, row["change"], 0), titles[4], "num"),
        )
        for row in found
    )
    return table(headers, lines, caption=story(say("Accounts that crossed the border of class A")), class_="stacked")
