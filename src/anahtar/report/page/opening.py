"""The first ten seconds of the page: who, how much, what to look at first, and how far to trust it."""

from anahtar.report.amounts import rounded
from anahtar.report.attention import Attention, what_to_look_at
from anahtar.report.figures import Headline, Trust, headlines, trust, without_a_sale
from anahtar.report.page.charts import sparkline
from anahtar.report.page.markup import Html, many, name_of, tag
from anahtar.report.page.story import Story, card, section
from anahtar.words import say


def masthead(story: Story, company: str | None) -> Html:
    """The title, and the settings without which no figure means anything."""
    analysis = story.analysis
    window = say("{start} to {end}", start=analysis.window.start, end=analysis.window.end)
    ranked = say("by {measure}", measure=story.measure)
    if analysis.options.by_group:
        ranked = say("by {measure}, groups as one account", measure=story.measure)
    settings = (
        (say("As of"), story.words.day(analysis.as_of)),
        (say("Window"), story(window)),
        (say("Ranked"), story(ranked)),
        (say("Customers"), story.words.number(analysis.ledger.customers)),
    )
    facts = many(tag("div", tag("dt", story(name)), tag("dd", value)) for name, value in settings)
    title = tag("h1", name_of(company) if company else story(say("Key accounts")))
    under = tag("p", story(say("Key account report from the sales ledger")), class_="lead")
    return tag("header", tag("div", title, under), tag("dl", facts, class_="settings"), class_="masthead")


def opening(story: Story) -> Html:
    """Headline figures, the lines to look at first, the data-trust strip."""
    figures = tag("div", many(map(_tile, headlines(story.analysis, story.words))), class_="tiles")
    lines = what_to_look_at(story.analysis)
    body = tag("ol", many(_line(story, line) for line in lines), class_="attention") if lines else _quiet(story)
    stake = story(say("ranked by the money at stake"))
    first = card(body, title=story(say("What to look at first")), note=stake, class_="first")
    lead = story(story.analysis.measure_reason)
    return section("overview", story(say("Overview")), lead, _without_a_sale(story), figures, first, _trust(story))


def _without_a_sale(story: Story) -> Html | None:
    empty = without_a_sale(story.analysis)
    return None if empty is None else card(tag("p", tag("b", story(empty)), class_="empty"))


def _tile(headline: Headline) -> Html:
    sign = {True: tag("span", "▲ ", class_="up"), False: tag("span", "▼ ", class_="down"), None: None}
    note = tag("p", sign[headline.rising], headline.note, class_="note")
    course = sparkline(headline.months) if headline.months else None
    return tag("div", tag("h3", headline.label), tag("p", headline.value, class_="figure"), note, course, class_="tile")


def _line(story: Story, line: Attention) -> Html:
    money = tag("span", rounded(story.words, line.money, story.currency), class_="money")
    code = tag("span", name_of(line.code), class_="code") if line.code and line.code != line.name else None
    title = tag("h4", story(line.title), " ", code)
    return tag("li", money, tag("div", title, tag("p", story(line.why), _more(story, line))), class_=line.concern.value)


def _more(story: Story, line: Attention) -> Html | None:
    if not line.more:
        return None
    money = rounded(story.words, line.more_money, story.currency)
    more = say(
        "The same holds for {n} more account ({money}).",
        "The same holds for {n} more accounts ({money}).",
        n=line.more,
        money=money,
    )
    return many([" ", tag("em", story(more))])


def _quiet(story: Story) -> Html:
    calm = say("Nothing stands out: no important account is silent or falling, and no one customer carries the rest.")
    return tag("p", story(calm), class_="empty")


def _trust(story: Story) -> Html:
    strip = tag("dl", many(map(_statement, trust(story.analysis, story.words))), class_="trust")
    return tag("div", tag("h3", story(say("How far these figures can be trusted"))), strip, class_="card truststrip")


def _statement(statement: Trust) -> Html:
    sign = tag(
        "span", "⚠ " if statement.careful else "✓ ", class_="warn" if statement.careful else "up", aria_hidden="true"
    )
    value = tag("dd", sign, statement.value, class_="value")
    return tag("div", tag("dt", statement.label), value, tag("dd", statement.note, class_="note"))
