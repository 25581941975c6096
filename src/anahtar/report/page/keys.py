"""The key accounts: each with its verdicts and the evidence behind them."""

from collections.abc import Iterable, Sequence

from anahtar.analysis import KeyAccount
from anahtar.report.amounts import change, rounded, share
from anahtar.report.evidence import decisive
from anahtar.report.labels import TYPES, label
from anahtar.report.page.charts import bar, sparkline
from anahtar.report.page.markup import Html, many, tag
from anahtar.report.page.story import Story, account, card, cell_chip, section, state_chip, type_chip
from anahtar.report.rows import Standing, with_codes
from anahtar.rules.evidence import Evidence
from anahtar.words import say

_OPEN = 6
"""The first of them stand open; the others open with a click, and on paper."""


def key_accounts(story: Story) -> Html:
    """Key accounts first, then those that only carry a type or are candidates."""
    analysis = story.analysis
    standings = with_codes(analysis, (one.code for one in analysis.key_accounts))
    keys = [one for one in analysis.key_accounts if standings[one.code]["key"]]
    others = [one for one in analysis.key_accounts if not standings[one.code]["key"]]
    lead = say(
        "{n} account meets the criteria and brings {share} of the {measure}.",
        "{n} accounts meet the criteria and bring {share} of the {measure}.",
        n=len(keys),
        share=story.words.share(analysis.key_share),
        measure=story.measure,
    )
    return section(
        "key-accounts",
        story(say("Key accounts")),
        story(lead),
        _cards(story, keys, standings, open_=_OPEN) if keys else _none(story),
        _others(story, others, standings),
    )


def _none(story: Story) -> Html:
    return card(tag("p", story(say("No account meets the criteria. Change them with --criteria.")), class_="empty"))


def _others(story: Story, others: Sequence[KeyAccount], standings: dict[str, Standing]) -> Html | None:
    if not others:
        return None
    title = tag("h3", story(say("Not key, but worth knowing")))
    note = tag("p", story(say("accounts with a type, or candidates for one: a person decides")), class_="note")
    return many(
        [tag("div", title, note, class_="between"), _cards(story, others, standings, open_=0, class_="keys more-keys")]
    )


def _cards(
    story: Story, found: Sequence[KeyAccount], standings: dict[str, Standing], *, open_: int, class_: str = "keys"
) -> Html:
    opened = (_card(story, one, standings[one.code], opened=i < open_) for i, one in enumerate(found))
    return tag("div", many(opened), class_=class_)


def _card(story: Story, one: KeyAccount, row: Standing, *, opened: bool) -> Html:
    chips = many(
        [
            *(type_chip(story, kind) for kind in one.types),
            cell_chip(row),
            state_chip(story, row["state"]),
        ]
    )
    head = tag(
        "summary",
        tag("span", account(one.name, one.code), class_="who"),
        tag("span", share(story.words, one.share), class_="part"),
        bar(one.share),
        tag("span", chips, class_="chips"),
    )
    return tag("details", head, _body(story, one, row), class_="card key", open=opened)


def _body(story: Story, one: KeyAccount, row: Standing) -> Html:
    return tag(
        "div",
        _numbers(story, row),
        tag("p", story(say("Why key")), class_="why"),
        _evidence(story, one.reasons),
        *(
            tag(
                "div",
                tag("p", story(say("Why {kind}", kind=label(TYPES, kind))), class_="why"),
                _evidence(story, one.type_evidence.get(kind, ())),
            )
            for kind in one.types
        ),
        *(
            tag(
                "div",
                tag("p", story(say("Candidate: {kind}", kind=label(TYPES, kind))), class_="why"),
                _evidence(story, one.type_evidence.get(kind, ())),
            )
            for kind in one.candidate_for
        ),
        class_="body",
    )


def _numbers(story: Story, row: Standing) -> Html:
    words = story.words
    facts: tuple[tuple[str, str | Html], ...] = (
        (story(say("Revenue")), rounded(words, row["revenue"], story.currency)),
        (story(say("Profit")), rounded(words, row["profit"])),
        (story(say("Year before")), change(words, row["change"])),
        (story(say("12 months")), sparkline(row["last12"])),
    )
    return tag("dl", many(tag("div", tag("dt", name), tag("dd", value)) for name, value in facts), class_="numbers")


def _evidence(story: Story, found: Iterable[Evidence]) -> Html:
    return tag("ul", many(_sentence(story, one) for one in decisive(list(found))), class_="evidence")


def _sentence(story: Story, one: Evidence) -> Html:
    met = story(say("met:")) if one.met else story(say("not met:"))
    sign = tag("span", "✓" if one.met else "✗", aria_hidden="true")
    return tag(
        "li",
        sign,
        tag("span", met, class_="unseen"),
        tag("span", story(one.sentence)),
        class_="met" if one.met else "unmet",
    )
