"""Who is quiet beyond their own rhythm: expected by, late by, and whether they were ever as quiet before."""

from collections.abc import Sequence
from typing import Final

from anahtar.report.amounts import NOTHING, rounded
from anahtar.report.attention import compared_with_own_gaps
from anahtar.report.labels import STATES
from anahtar.report.page.charts import sparkline
from anahtar.report.page.markup import Html, many, tag
from anahtar.report.page.story import Story, account, card, cell_chip, section, state_chip, table, td, th
from anahtar.report.rows import SILENT, Standing, at_stake, silent
from anahtar.words import say

_LISTED: Final = 40
_OPEN: Final = 15
"""The first so many stand open, the others open with a click: on a phone each is a card, and what follows is far."""


def silence(story: Story) -> Html:
    """States of all accounts, then the silent ones by what hangs on them; lost ones are counted, not listed."""
    quiet = silent(story.analysis)
    waiting = [row for row in quiet if row["state"] != "lost"]
    lead = say(
        "Each account is measured against its own gaps between orders, not against a number of days for everybody."
    )
    listed = (
        _list(story, waiting) if waiting else tag("p", story(say("No account is beyond its rhythm.")), class_="empty")
    )
    return section(
        "silence", story(say("Silence")), story(lead), _states(story, quiet), card(listed, _left_out(story, waiting))
    )


def _states(story: Story, quiet: Sequence[Standing]) -> Html:
    def entry(state: str, customers: int) -> Html:
        money = sum(at_stake(row) for row in quiet if row["state"] == state)
        note = rounded(story.words, money, story.currency) if state in SILENT else NOTHING
        return tag(
            "div",
            tag("dt", state_chip(story, state)),
            tag("dd", story.words.number(customers), class_="value"),
            tag("dd", note, class_="note"),
        )

    shown = [state for state in STATES if story.analysis.silence.get(state)]
    return tag("dl", many(entry(state, story.analysis.silence[state]) for state in shown), class_="card trust states")


def _list(story: Story, waiting: Sequence[Standing]) -> Html:
    titles = [
        story(title)
        for title in (
            say("Account"),
            say("12 months"),
            say("At stake"),
            say("Expected by"),
            say("Days late"),
            say("Silence against own gaps"),
            say("State"),
        )
    ]
    kinds = (None, None, "num", None, "num", None, None)
    headers = [th(title, kind) for title, kind in zip(titles, kinds, strict=True)]
    lines = [_line(story, row, titles) for row in waiting[:_LISTED]]
    caption = story(say("Accounts quiet beyond their rhythm"))
    first = table(headers, lines[:_OPEN], caption=caption, class_="stacked")
    if len(lines) <= _OPEN:
        return first
    more = tag("summary", story(say("Show all {n}", n=len(lines))))
    folded = tag("details", more, table(headers, lines[_OPEN:], caption=caption, class_="stacked"), class_="rest")
    return many([first, folded])


def _line(story: Story, row: Standing, titles: Sequence[str]) -> Html:
    words = story.words
    expected = words.day(row["expected_by"]) if row["expected_by"] else NOTHING
    return tag(
        "tr",
        tag("th", account(row["name"], row["code"]), " ", cell_chip(row), scope="row"),
        td(sparkline(row["last12"]), titles[1]),
        td(tag("b", rounded(words, at_stake(row), story.currency)), titles[2], "num"),
        td(expected, titles[3], "short"),
        td(words.number(row["days_late"]) if row["days_late"] else NOTHING, titles[4], "num"),
        td(_against_own_gaps(story, row), titles[5]),
        td(state_chip(story, row["state"]), titles[6]),
    )


def _against_own_gaps(story: Story, row: Standing) -> str:
    if row["gap_median"] is None or not row["gaps"]:
        return story(say("{silence} days; no rhythm known", silence=row["silence"] or 0))
    return story(
        say(
            "{silence} days; usually {usual}; {compared}",
            silence=row["silence"] or 0,
            usual=round(row["gap_median"]),
            compared=compared_with_own_gaps(row),
        )
    )


def _left_out(story: Story, waiting: Sequence[Standing]) -> Html | None:
    more, lost = len(waiting) - _LISTED, story.analysis.silence.get("lost", 0)
    sentences = []
    if more > 0:
        sentences.append(
            say(
                "{n} further account is listed in report.xlsx.",
                "{n} further accounts are listed in report.xlsx.",
                n=more,
            )
        )
    if lost:
        sentences.append(
            say(
                "{n} lost account is counted above, not listed.",
                "{n} lost accounts are counted above, not listed.",
                n=lost,
            )
        )
    return tag("p", " ".join(map(story, sentences)), class_="note") if sentences else None
