"""From the revenue of the period before to that of now: what was won, what was lost, what was kept, and by whom."""

from collections.abc import Iterator
from typing import Final

import pyarrow.compute as pc

from anahtar.analysis.losing.bridging import Bridge, bridge_within
from anahtar.metrics.loss.bridge import BUCKETS
from anahtar.metrics.loss.retention import Rate
from anahtar.report.amounts import NOTHING, rounded
from anahtar.report.loss_labels import BUCKETS as BUCKET_WORDS
from anahtar.report.page.charts import fall
from anahtar.report.page.markup import Html, tag
from anahtar.report.page.story import Story, account, card, section, table, td, th
from anahtar.words import Message, say

_LISTED: Final = 8


def bridge(story: Story) -> Html:
    """The waterfall with its numbers, what was kept, and who left the most behind."""
    title, found = story(say("The bridge")), bridge_within(story.analysis)
    if found is None:
        short = story(say("The ledger holds less than two months: nothing to compare with yet."))
        return section("bridge", title, short)
    lead = say(
        "From the revenue of {before} to {before_end} to that of {start} to {end}: every account stands in one step.",
        before=found.before.start,
        before_end=found.before.end,
        start=found.window.start,
        end=found.window.end,
    )
    note = say(
        "An account that goes on under another code is lost here under the old one and new under the new one; "
        "`anahtar losses` looks for such pairs."
    )
    return section(
        "bridge",
        title,
        story(lead),
        card(_steps(story, found), title=story(say("From then to now")), note=story(note)),
        tag(
            "div",
            card(_retention(story, found), title=story(say("What was kept"))),
            card(_fallen(story, found), title=story(say("Who left the most behind"))),
            class_="wide-and-side even",
        ),
    )


def _steps(story: Story, found: Bridge) -> Html:
    titles = [story(say("Step")), "", story(say("Revenue")), story(say("Accounts"))]
    headers = [th(titles[0]), tag("td"), th(titles[2], "num"), th(titles[3], "num")]
    return table(headers, _lines(story, found, titles), caption=story(say("The bridge")), class_="plain bridge")


def _lines(story: Story, found: Bridge, titles: list[str]) -> Iterator[Html]:
    sums = [found.revenue_before]
    for name in BUCKETS:
        sums.append(sums[-1] + found.buckets[name].amount)
    low, high = min(0, *sums), max(0, *sums)

    def line(said: Message, drawn: Html, amount: int, accounts: int | None, class_: str | None = None) -> Html:
        told = NOTHING if accounts is None else story.words.number(accounts)
        return tag(
            "tr",
            tag("th", story(said), scope="row"),
            td(drawn),
            td(rounded(story.words, amount, story.currency), titles[2], "num"),
            td(told, titles[3], "num"),
            class_=class_,
        )

    kept = found.retention.accounts
    yield line(say("revenue before"), fall(0, sums[0], low, high, "whole"), found.revenue_before, kept)
    for at, name in enumerate(BUCKETS):
        one = found.buckets[name]
        kind = "up" if one.amount >= 0 else "down"
        yield line(BUCKET_WORDS[name], fall(sums[at], sums[at + 1], low, high, kind), one.amount, one.accounts)
    bought = pc.sum(found.accounts["bought"]).as_py() or 0
    yield line(say("revenue now"), fall(0, sums[-1], low, high, "whole"), found.revenue, bought)


def _retention(story: Story, found: Bridge) -> Html:
    kept = found.retention
    rows = (
        (say("accounts kept ({kept} of {n})", kept=kept.kept, n=kept.accounts), kept.logos),
        (say("gross revenue kept"), kept.gross),
        (say("net revenue kept"), kept.net),
    )
    headers = [tag("td"), th(story(say("Share")), "num"), th(story(say("95 % interval")), "num")]
    lines = (
        tag(
            "tr",
            tag("th", story(label), scope="row"),
            td(_share(story, rate.value), None, "num"),
            td(_interval(story, rate), None, "num"),
        )
        for label, rate in rows
    )
    return table(headers, lines, caption=story(say("What was kept")), class_="plain")


def _share(story: Story, value: float | None) -> str:
    return NOTHING if value is None else story.words.share(value)


def _interval(story: Story, rate: Rate) -> str:
    if rate.low is None or rate.high is None:
        return NOTHING
    return f"{story.words.share(rate.low)} – {story.words.share(rate.high)}"


def _fallen(story: Story, found: Bridge) -> Html:
    rows = found.accounts.filter(pc.less(found.accounts["amount"], 0)).slice(0, _LISTED).to_pylist()
    if not rows:
        return tag("p", story(say("nobody")), class_="empty")
    own = story.analysis.standings
    names = dict(zip(own["code"].to_pylist(), own["name"].to_pylist(), strict=True))
    titles = [story(one) for one in (say("Account"), say("Step"), say("Before"), say("Now"), say("Change"))]
    headers = [th(titles[0]), th(titles[1]), *(th(title, "num") for title in titles[2:])]
    lines = (
        tag(
            "tr",
            tag("th", account(names[row["code"]], row["code"]), scope="row"),
            td(story(BUCKET_WORDS[row["bucket"]]), titles[1], "short"),
            td(rounded(story.words, row["revenue_before"]), titles[2], "num"),
            td(rounded(story.words, row["revenue"]), titles[3], "num"),
            td(rounded(story.words, row["amount"]), titles[4], "num"),
        )
        for row in rows
    )
    return table(headers, lines, caption=story(say("Who left the most behind")), class_="stacked")
