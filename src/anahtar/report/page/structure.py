"""Who carries the company: the Pareto curve, how much hangs on how few, and the nine cells."""

from collections.abc import Iterator, Sequence
from typing import Final

import pyarrow.compute as pc

from anahtar.analysis import Cell, Concentration
from anahtar.report.amounts import NOTHING, rounded, share
from anahtar.report.figures import band_verdict
from anahtar.report.labels import REGULARITY_MEANING
from anahtar.report.page.charts import band, pareto, sparkline
from anahtar.report.page.markup import Html, many, name_of, tag
from anahtar.report.page.story import Story, card, section, table, td, th, with_bar
from anahtar.report.rows import Standing, rows, with_codes
from anahtar.words import Message, Share, say

_NAMED: Final = 10
_TINTS: Final = (0.02, 0.08, 0.18, 0.35)
"""Shares from which a cell of the matrix takes its next deeper tint."""


def concentration(story: Story) -> Html:
    """The Pareto curve beside the ladder of the largest."""
    lead = say("No account earned anything in the window.")
    if story.analysis.concentration.customers_positive:
        lead = _lead(story)
    body = tag("div", _pareto(story), _ladder(story), class_="wide-and-side")
    return section("concentration", story(say("Concentration")), story(lead), body)


def _lead(story: Story) -> Message:
    return say(
        "{half} of {customers} customers bring half of the {measure}, {most} bring 80 %.",
        half=story.analysis.concentration.customers_for_50pct,
        most=story.analysis.concentration.customers_for_80pct,
        customers=story.analysis.concentration.customers_positive,
        measure=story.measure,
    )


def _pareto(story: Story) -> Html:
    ranked = story.analysis.standings.filter(pc.field("rank").is_valid()).sort_by("rank")
    values, classes = ranked["value"].to_pylist(), ranked["abc"].to_pylist()
    title = story(say("Customers by {measure}, largest first", measure=story.measure))
    if not values:
        return card(tag("p", story(say("No account earned anything in the window.")), class_="empty"), title=title)
    drawing = pareto(values, classes, title=title, description=_described(story))
    scale = [tag("span", story.words.share(tick / 100, 0)) for tick in (100, 80, 60, 40, 20, 0)]
    top = rounded(story.words, values[0], story.currency)
    figure = tag(
        "figure",
        tag("div", tag("span", top), tag("span", "0"), class_="scale left", aria_hidden="true"),
        drawing,
        tag("div", many(scale), class_="scale right", aria_hidden="true"),
        class_="chart",
    )
    return card(_legend(story), figure, _classes(story), _largest(story), title=title)


def _described(story: Story) -> str:
    parts = (
        story(say("class {name}: {n} customers with {share}", name=name, n=total.customers, share=Share(total.share)))
        for name, total in story.analysis.abc.items()
        if total.customers
    )
    return "; ".join(parts)


def _legend(story: Story) -> Html:
    entries = (("bars", say("one account")), ("line", say("cumulative share")), ("dash", say("border of a class")))
    return tag("p", many(tag("span", story(text), class_=f"key {name}") for name, text in entries), class_="legend")


def _classes(story: Story) -> Html:
    headers = [th(story(say("Class"))), *(th(story(text), "num") for text in _class_columns(story))]
    body = (
        tag(
            "tr",
            tag("th", tag("span", name, class_=f"chip class-{name.lower()}"), scope="row"),
            td(story.words.number(total.customers), class_="num"),
            td(rounded(story.words, total.amount, story.currency), class_="num"),
            td(story.words.share(total.share), class_="num"),
        )
        for name, total in story.analysis.abc.items()
        if total.customers
    )
    return table(headers, body, caption=story(say("Classes A, B, C and N")), class_="plain")


def _class_columns(story: Story) -> tuple[Message, ...]:
    return say("Customers"), say("Sum of {measure}", measure=story.measure), say("Share")


def _largest(story: Story) -> Html:
    """What the drawing shows at its left end, by name; also for those who read rather than look."""
    ranked = story.analysis.standings.filter(pc.field("rank") <= _NAMED).sort_by("rank")
    titles = ["#", *map(story, (say("Account"), say("12 months"), say("Share"), say("Cumulative")))]
    kinds = ("num", None, None, None, "num")
    headers = [th(title, kind) for title, kind in zip(titles, kinds, strict=True)]
    lines = (_ranked(story, row, titles) for row in rows(ranked))
    return table(headers, lines, caption=story(say("The largest customers")), class_="stacked plain largest")


def _ranked(story: Story, row: Standing, titles: Sequence[str]) -> Html:
    part = row["share"] or 0.0
    return tag(
        "tr",
        td(str(row["rank"]), class_="num rank"),
        tag("th", name_of(row["name"]), scope="row"),
        td(sparkline(row["last12"]), titles[2]),
        td(with_bar(part, story.words.share(part)), titles[3]),
        td(share(story.words, row["cumulative_share"]), titles[4], "num"),
    )


def _ladder(story: Story) -> Html:
    analysis = story.analysis
    levels = [(say("accounts"), analysis.concentration)]
    if analysis.group_concentration is not None:
        levels.append((say("groups"), analysis.group_concentration))
    return tag(
        "div",
        card(_steps(story, levels), title=story(say("The ladder")), note=story(say("share of the largest customers"))),
        card(_key_group(story), title=story(say("The key group"))),
        card(_measures(story, levels), *_dependence(story), title=story(say("How much hangs on how few"))),
        class_="stack",
    )


def _steps(story: Story, levels: list[tuple[Message, Concentration]]) -> Html:
    def step(top: int) -> Iterator[Html]:
        yield tag("th", story(say("top {n}", n=top)), scope="row", class_="short")
        for _, found in levels:
            yield td(with_bar(found.top[top], story.words.share(found.top[top])))

    headers = [th(""), *(th(story(name)) for name, _ in levels)]
    headers[0] = tag("td")
    steps = (tag("tr", many(step(top))) for top in sorted(levels[0][1].top))
    return table(headers, steps, caption=story(say("Share of the largest customers")), class_="ladder")


def _key_group(story: Story) -> Html:
    low, high = story.analysis.key_band
    return many(
        [
            tag(
                "p",
                tag("b", story.words.share(story.analysis.key_share), class_="figure small"),
                " ",
                story(band_verdict(story.analysis)),
            ),
            band(story.analysis.key_share, low, high),
        ]
    )


def _measures(story: Story, levels: list[tuple[Message, Concentration]]) -> Html:
    def line(title: Message, written: list[str]) -> Html:
        return tag("tr", tag("th", story(title), scope="row"), many(td(value, class_="num") for value in written))

    number, found = story.words.number, [concentration for _, concentration in levels]
    lines = [
        line(say("Customers"), [number(one.customers_positive) for one in found]),
        line(say("HHI"), [number(one.hhi, places=4) if one.customers_positive else NOTHING for one in found]),
        line(
            say("as if this many equal customers"),
            [number(one.effective_number, places=1) if one.customers_positive else NOTHING for one in found],
        ),
        line(say("Gini"), [number(one.gini, places=3) if one.customers_positive else NOTHING for one in found]),
        *(
            line(
                say("left without top {n}", n=top),
                [rounded(story.words, one.without[top], story.currency) for one in found],
            )
            for top in sorted(found[0].without)
        ),
    ]
    headers = [tag("td"), *(th(story(name), "num") for name, _ in levels)]
    return table(headers, lines, caption=story(say("Measures of concentration")), class_="plain")


def _dependence(story: Story) -> Iterator[Html]:
    analysis = story.analysis
    names = with_codes(analysis, analysis.concentration.dependence)
    for code in analysis.concentration.dependence:
        yield _warning(story, names[code]["name"], alone=code == analysis.concentration.mono_client)
    if analysis.group_concentration is not None:
        for code in analysis.group_concentration.dependence:
            if code not in names:
                yield _warning(story, code, alone=code == analysis.group_concentration.mono_client)


def _warning(story: Story, name: str, *, alone: bool) -> Html:
    sentence = say("Dependence: {name} brings 20 % or more.", name=name)
    if alone:
        sentence = say("Mono-client: {name} brings half or more.", name=name)
    return tag("p", "⚠ ", story(sentence), class_="warning")


def matrix(story: Story) -> Html:
    """The nine cells: how important by how regular, and what to do with each."""
    lead = say(
        "How much an account brings (A, B, C) against how evenly it buys (X, Y, Z); "
        "the deeper the colour, the larger the share."
    )
    return section("matrix", story(say("ABC–XYZ matrix")), story(lead), card(_grid(story), _meanings(story)))


def _grid(story: Story) -> Html:
    found = {cell.name: cell for cell in story.analysis.cells}
    columns = [tag("td"), *(_column(story, column) for column in "XYZ")]
    lines = (
        tag("tr", _row_head(story, line), many(_cell(story, found[line + column]) for column in "XYZ"))
        for line in "ABC"
    )
    return table(columns, lines, caption=story(say("The nine cells")), class_="matrix")


def _column(story: Story, name: str) -> Html:
    return tag("th", tag("b", name), " ", tag("span", story(REGULARITY_MEANING[name])), scope="col")


def _row_head(story: Story, name: str) -> Html:
    total = story.analysis.abc[name]
    return tag("th", tag("b", name), " ", tag("span", story.words.share(total.share)), scope="row")


def _cell(story: Story, cell: Cell) -> Html:
    tint = sum(cell.share >= border for border in _TINTS)
    sums = [rounded(story.words, cell.revenue, story.currency)]
    if cell.profit is not None:
        sums.append(story(say("profit {amount}", amount=rounded(story.words, cell.profit))))
    return tag(
        "td",
        tag(
            "p",
            tag("b", cell.name, class_="name"),
            tag("span", story.words.share(cell.share), class_="part"),
            class_="top",
        ),
        tag(
            "p",
            tag("b", story.words.number(cell.customers)),
            " ",
            story(say("customer", "customers", n=cell.customers)),
            _told_apart(story, cell),
        ),
        tag("p", " · ".join(sums)),
        tag("p", story(cell.strategy), class_="strategy"),
        class_=f"t{tint}",
    )


def _told_apart(story: Story, cell: Cell) -> str:
    """One-off buyers and newcomers stand in the Z column for want of a rhythm, not for the lack of one."""
    if not cell.one_off and not cell.new:
        return ""
    return " " + story(say("({one_off} one-off, {new} new)", one_off=cell.one_off, new=cell.new))


def _meanings(story: Story) -> Html:
    low, high = story.analysis.options.abc_cuts
    even, varying = story.analysis.options.xyz_cuts
    classes = say(
        "A: the accounts that together bring the first {low}; B: up to {high}; C: the rest. "
        "Accounts without a positive sum are in no cell.",
        low=Share(low, 0),
        high=Share(high, 0),
    )
    regular = say(
        "X: coefficient of variation up to {even}; Y: up to {varying}; Z: above. "
        "One-off buyers and newcomers are counted in Z and told apart.",
        even=story.words.number(even, places=1),
        varying=story.words.number(varying, places=1),
    )
    return tag("p", story(classes), " ", story(regular), class_="note")
