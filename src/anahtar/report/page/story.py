"""What every part of the page is told from: the analysis, the reader's words, and the bricks they share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from anahtar.analysis import Analysis
from anahtar.report.amounts import NOTHING
from anahtar.report.labels import MEASURES, STATES, TYPES, label
from anahtar.report.page.charts import bar
from anahtar.report.page.markup import Child, Html, many, name_of, tag
from anahtar.report.rows import Standing
from anahtar.words import Message, Words


@dataclass(frozen=True)
class Story:
    """One analysis, told in one language."""

    analysis: Analysis
    words: Words

    def __call__(self, message: Message) -> str:
        """Say a sentence in the page's language."""
        return self.words(message)

    @cached_property
    def currency(self) -> str:
        """The code of the ledger's currency, empty where it names none."""
        return self.analysis.ledger.currency

    @cached_property
    def measure(self) -> str:
        """The word for what accounts are ranked by."""
        return self.words(MEASURES[self.analysis.measure])


def section(slug: str, title: str, lead: str, *body: Child) -> Html:
    """A chapter of the page."""
    heading = tag("header", tag("h2", title, id=f"{slug}-title"), tag("p", lead, class_="lead"))
    return tag("section", heading, *body, id=slug, aria_labelledby=f"{slug}-title")


def card(*body: Child, title: str | None = None, note: str | None = None, class_: str = "") -> Html:
    """A framed part of a chapter."""
    head = tag("h3", title) if title else None
    return tag("div", head, tag("p", note, class_="note") if note else None, *body, class_=f"card {class_}".strip())


def cells(kind: str, contents: Iterable[Child]) -> Html:
    """Cells of one row."""
    return many(tag(kind, content) for content in contents)


def table(headers: Sequence[Child], rows: Iterable[Html], *, caption: str, class_: str = "") -> Html:
    """A table with its heading row, which paper repeats on every sheet."""
    head = tag("thead", tag("tr", many(headers)))
    named = tag("caption", caption, class_="unseen")
    return tag("div", tag("table", named, head, tag("tbody", many(rows)), class_=class_ or None), class_="scroll")


def th(title: str, class_: str | None = None) -> Html:
    """A heading of a column."""
    return tag("th", title, scope="col", class_=class_)


def td(content: Child, title: str | None = None, class_: str | None = None, **more: str | int | float | None) -> Html:
    """A cell; on a phone its column's title stands beside it."""
    return tag("td", content, class_=class_, data_title=title, **more)


def with_bar(fraction: float, written: str) -> Html:
    """A share as a bar and as a number."""
    return tag("div", bar(fraction), tag("span", written), class_="with-bar")


def account(name: str, code: str) -> Html:
    """An account by name and code, the code small."""
    return many([tag("b", name_of(name)), " ", tag("span", name_of(code), class_="code") if code != name else None])


def state_chip(story: Story, state: str) -> Html:
    """The state of an account; its colour repeats what the word says."""
    return tag("span", story(label(STATES, state)), class_=f"chip {state}" if state in STATES else "chip")


def type_chip(story: Story, kind: str, *, candidate: bool = False) -> Html:
    """A type of key account; a candidate type is drawn as an outline."""
    return tag("span", story(label(TYPES, kind)), class_="chip outline" if candidate else "chip type")


def cell_chip(row: Standing) -> Html:
    """The class of an account, or its cell of the matrix."""
    return tag("span", row["cell"] or row["abc"] or NOTHING, class_=f"chip class-{(row['abc'] or 'n').lower()}")
