"""The page of what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.core.exceptions import BadRequest

from anahtar_web.people.models import User
from anahtar_web.search.models import Text
from anahtar_web.search.queries import Mark, best, by_source, found, newest
from anahtar_web.search.sources import SOURCES, Source
from anahtar_web.search.words import Part, asked, marked, snippet

PER_PAGE: Final = 25
LONGEST: Final = 200
ORDERS: Final = ("", "newest")


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that was found."""

    text: Text
    source: Source
    title: Sequence[Part]
    parts: Sequence[Part]

    @property
    def address(self) -> str:
        """Where it is seen."""
        return self.source.address(self.text.row, self.text.account_id)

    @property
    def account(self) -> Any:
        """The account it belongs to, unless it is the account itself."""
        return None if self.source.name == "account" else self.text.account


@dataclass(frozen=True, slots=True)
class Kind:
    """One filter."""

    name: str
    label: Any
    icon: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """What was found, by kind.

    Parameters
    ----------
    text
        What was asked for, as typed.
    searched
        Whether there was a word in it.
    more
        The address of the next page; empty: this is the last one.
    first
        Whether this is the first page.
    """

    text: str
    searched: bool
    kind: str
    order: str
    kinds: Sequence[Kind]
    count: int
    hits: Sequence[Hit]
    more: str
    first: bool

    @classmethod
    def build(cls, user: User, filters: Mapping[str, str]) -> Self:
        """Search; the same number of questions however much there is."""
        text, kind, order = filters.get("q", "")[:LONGEST].strip(), filters.get("kind", ""), filters.get("order", "")
        if order not in ORDERS or (kind and kind not in SOURCES):
            raise BadRequest("no such kind or order")
        words, after = asked(text), Mark.read(filters.get("after", ""))
        everything = found(user, words)
        counts = by_source(everything) if words else {}
        rows = everything.filter(source=kind) if kind else everything
        shown = list(_ordered(rows, words, order, after)[: PER_PAGE + 1]) if words else []
        return cls(
            text=text,
            searched=bool(words),
            kind=kind,
            order=order,
            kinds=_kinds(counts, kind),
            count=counts.get(kind, 0) if kind else sum(counts.values()),
            hits=[_hit(row, words) for row in shown[:PER_PAGE]],
            more=_more(filters, shown),
            first=after is None,
        )


def _ordered(rows: Any, words: list[str], order: str, after: Mark | None) -> Any:
    return newest(rows, after) if order == "newest" else best(rows, words, after)


def _kinds(counts: Mapping[str, int], current: str) -> list[Kind]:
    return [
        Kind(source.name, source.label, source.icon, counts.get(source.name, 0), source.name == current)
        for source in SOURCES.values()
        if counts.get(source.name) or source.name == current
    ]


def _hit(row: Text, words: list[str]) -> Hit:
    return Hit(row, SOURCES[row.source], marked(row.title, words), snippet(row.body, words))


def _more(filters: Mapping[str, str], shown: Sequence[Text]) -> str:
    if len(shown) <= PER_PAGE:
        return ""
    kept = {name: filters[name] for name in ("q", "kind", "order") if filters.get(name)}
    return "?" + urlencode({**kept, "after": str(Mark.after(shown[PER_PAGE - 1]))})
