"""What a careful reader asks last: what to know, by which rules, from which files, and what was not taken."""

from collections.abc import Iterator

from anahtar.money import Money
from anahtar.report.amounts import NOTHING
from anahtar.report.labels import ROLES, done_with, kind_label, label
from anahtar.report.page.markup import Html, many, name_of, tag
from anahtar.report.page.story import Story, card, section, table, td, th
from anahtar.words import say


def method(story: Story) -> Html:
    """Notes, conventions, sources and problems by kind."""
    lead = say("By which rules the figures were made, from which files, and what was not taken at face value.")
    left = tag("div", _notes(story), _choices(story), class_="stack")
    right = tag("div", _problems(story), _sources(story), class_="stack")
    body = tag("div", left, right, class_="wide-and-side even")
    return section("method", story(say("Method and data")), story(lead), body)


def _notes(story: Story) -> Html | None:
    if not story.analysis.notes:
        return None
    notes = tag("ul", many(tag("li", story(note)) for note in story.analysis.notes), class_="notes")
    return card(notes, title=story(say("What to know")))


def _choices(story: Story) -> Html:
    chosen = (many([tag("dt", story(one.topic)), tag("dd", story(one.setting))]) for one in story.analysis.method)
    return card(tag("dl", many(chosen), class_="method"), title=story(say("Method")))


def _problems(story: Story) -> Html:
    title = story(say("Rows that were not taken at face value"))
    counted = story.analysis.problems.group_by(["kind", "verdict"]).aggregate([([], "count_all"), ("amount", "sum")])
    found = sorted(counted.to_pylist(), key=lambda line: -line["count_all"])
    if not found:
        return card(tag("p", story(say("None: every row was read and counted.")), class_="empty"), title=title)
    headers = [
        th(story(say("Kind"))),
        th(story(say("What was done"))),
        th(story(say("Rows")), "num"),
        th(story(say("Amount")), "num"),
    ]
    lines = (
        tag(
            "tr",
            tag("th", story(kind_label(line["kind"])), scope="row"),
            td(story(done_with(line["kind"], line["verdict"]))),
            td(story.words.number(line["count_all"]), class_="num"),
            td(NOTHING if line["amount_sum"] is None else story.words.money(Money(line["amount_sum"])), class_="num"),
        )
        for line in found
    )
    whole = tag("p", story(say("Each row with its file, sheet, row and text stands in problems.csv.")), class_="note")
    return card(table(headers, lines, caption=title, class_="plain"), whole, title=title)


def _sources(story: Story) -> Html:
    return card(tag("ul", many(_files(story)), class_="sources"), title=story(say("Read from")))


def _files(story: Story) -> Iterator[Html]:
    for batch in story.analysis.batches:
        mapping = ", ".join(f"{story(label(ROLES, role))} = {header}" for role, header in batch.mapping.items())
        for file in batch.files:
            checksum = tag("span", f"SHA-256 {file.sha256[:16]}…", class_="code")
            yield tag(
                "li",
                tag("b", name_of(file.name)),
                " ",
                name_of(file.sheet),
                " ",
                checksum,
                tag("p", name_of(mapping), class_="note"),
            )
