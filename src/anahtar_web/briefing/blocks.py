"""What a briefing is made of: sections of a few kinds of blocks, in the reader's language, nothing protected.

Page, PDF and Word document are written from the same blocks, so that paper and screen cannot differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from django.utils.safestring import SafeString

from anahtar_web.ui.markdown import render


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in large type.

    Parameters
    ----------
    tone
        good, bad, warn, info, or empty.
    """

    label: str
    value: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures beside each other."""

    kind: ClassVar[str] = "figures"
    figures: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and what is known of it.

    Parameters
    ----------
    note
        Where it comes from and how old it is.
    stale
        It is too old to be relied on.
    href
        Where it can be read in full.
    prose
        What is known, in Markdown, in place of the value.
    """

    label: str
    value: str
    note: str = ""
    stale: bool = False
    href: str = ""
    prose: str = ""

    @property
    def html(self) -> SafeString:
        """The prose as it is shown."""
        return render(self.prose)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names and values below each other."""

    kind: ClassVar[str] = "pairs"
    pairs: Sequence[Pair]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads.

    Parameters
    ----------
    numbers
        Columns whose cells are aligned to the right, by their place.
    links
        Address of the first cell of each row; empty: none.
    """

    kind: ClassVar[str] = "table"
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()
    links: Sequence[str] = ()

    @property
    def label(self) -> str:
        """What the table is called for who does not see it."""
        return ", ".join(self.heads)

    @property
    def lines(self) -> list[tuple[str, list[tuple[str, bool]]]]:
        """Each row as its address and its cells, each with whether it is a number."""
        links = self.links or [""] * len(self.rows)
        return [
            (href, [(cell, at in self.numbers) for at, cell in enumerate(row)])
            for href, row in zip(links, self.rows, strict=True)
        ]

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """Each head with whether its column holds numbers."""
        return [(head, at in self.numbers) for at, head in enumerate(self.heads)]


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences in a list."""

    kind: ClassVar[str] = "points"
    points: Sequence[str]


@dataclass(frozen=True, slots=True)
class Prose:
    """What people wrote, in Markdown."""

    kind: ClassVar[str] = "prose"
    text: str
    title: str = ""

    @property
    def html(self) -> SafeString:
        """The text as it is shown."""
        return render(self.text)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, and what it says for who does not see it."""

    kind: ClassVar[str] = "picture"
    svg: SafeString
    says: str


Block: TypeAlias = Figures | Pairs | Table | Points | Prose | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the briefing.

    Parameters
    ----------
    name
        Names it in addresses and tests.
    missing
        What to say where nothing is known; a gap is worth knowing of.
    href
        The page of the application that holds all of it.
    paired
        On paper its titled parts stand two beside each other.
    first
        What of it somebody must know who reads nothing else; gathered at the head of the briefing.
    """

    name: str
    title: str
    icon: str
    blocks: Sequence[Block] = field(default_factory=tuple)
    missing: str = ""
    says: str = ""
    href: str = ""
    wide: bool = False
    paired: bool = False
    first: Sequence[Pair] = ()
