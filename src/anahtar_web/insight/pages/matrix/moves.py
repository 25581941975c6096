"""Every account that moved in the matrix in a year, page by page, those with the most money at stake first."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse

from anahtar.analysis.portfolio import STATES
from anahtar_web.accounts.models import Account
from anahtar_web.audit.leaving import WITHOUT_REASON
from anahtar_web.gate.rights import Right
from anahtar_web.insight import remembered
from anahtar_web.insight.choosing import without
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.matrix.selection import Selection
from anahtar_web.insight.pages.matrix.ways import kinds_in_words, moves_address
from anahtar_web.insight.pages.portfolio.accounts import named_of, place
from anahtar_web.insight.pages.portfolio.filtering import Button
from anahtar_web.insight.pages.portfolio.page import Filtering
from anahtar_web.insight.pages.portfolio.written import write
from anahtar_web.insight.portfolio.asked import PortfolioAsked
from anahtar_web.insight.portfolio.reckoning import key_codes
from anahtar_web.insight.portfolio.ways import KINDS, kind_of, movers
from anahtar_web.insight.queries import knows_company
from anahtar_web.insight.remembered import Memory

if TYPE_CHECKING:
    from anahtar_web.people.models import User

OWN_PARAMETERS: Final = ("before", "after", "way", "page")
SIZE: Final = 50
SHOWN: Final = 10
"""Moves beside the matrix itself."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One account, where it stood and stands, and what it came to; `pk` None: no account of the house any more."""

    pk: int | None
    code: str
    name: str
    key: bool
    kind: str
    before: str
    after: str
    value: int
    value_year_ago: int

    @property
    def difference(self) -> int:
        """What came, or less than nothing."""
        return self.value - self.value_year_ago


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the address says of the list itself; empty: everybody who moved."""

    before: str
    after: str
    kind: str

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read it.

        Raises
        ------
        BadRequest
            There is no such place or kind.
        """
        before, after, kind = (query.get(name, "") for name in ("before", "after", "way"))
        if before not in ("", *STATES) or after not in ("", *STATES) or kind not in ("", *KINDS):
            raise BadRequest("unknown way")
        return cls(before, after, kind)

    def address(self, asked: PortfolioAsked) -> str:
        """Write it behind the filter of the portfolio."""
        return moves_address(asked, before=self.before, after=self.after, kind=self.kind)


@dataclass(frozen=True, slots=True)
class MovesPage:
    """The template's contract.

    Parameters
    ----------
    take_out
        Where the list is taken out as a file; empty: it has no rows, or the reader takes nothing out.
    """

    asked: PortfolioAsked
    filtering: Filtering
    own: bool
    kinds: Sequence[Button]
    before: str
    after: str
    everybody: str
    is_whole: bool
    written: "WrittenMoves"
    slice: "Page[Any]"
    take_out: str

    @classmethod
    def build(cls, user: "User", run: Run, query: QueryDict) -> Self:
        """Read one page; the number of queries does not depend on the number of accounts.

        Raises
        ------
        BadRequest
            The address asks for what there is not, or not for this person.
        FiguresMissing
            The run has nothing to compute it from.
        """
        narrowed = Narrowed.of(query)
        selection = Selection.of(user, run, without(query, *OWN_PARAMETERS))
        asked = selection.asked
        moves = Moves.of_page(selection, narrowed, query.get("page"))
        return cls(
            asked,
            selection.filtering(user, run),
            not knows_company(user),
            _kinds(asked, narrowed),
            place(narrowed.before) if narrowed.before else "",
            place(narrowed.after) if narrowed.after else "",
            moves_address(asked),
            narrowed == Narrowed("", "", ""),
            WrittenMoves(Named.of(moves.rows, selection.memory), moves.of, selection),
            Paginator(range(moves.all), SIZE).get_page(query.get("page")),
            _take_out(asked, narrowed) if moves.all and user.may(Right.EXPORT) else "",
        )


@dataclass(frozen=True, slots=True)
class Moves:
    """A part of those who moved, and how many there are; `of` tells which part of which of them."""

    rows: Sequence[dict[str, Any]]
    all: int
    of: Hashable

    @classmethod
    def of_page(cls, selection: Selection, narrowed: Narrowed, page: str | None) -> Self:
        """Read a page of them. The order of all is made once for a selection, whatever happens in the house."""
        of = (narrowed.before, narrowed.after, narrowed.kind, page)
        return selection.memory.recall_alike(
            "moves", selection.mark, of, make=lambda: cls._read(selection, narrowed, page, of), among=remembered.answers
        )

    @classmethod
    def first(cls, selection: Selection) -> Sequence[dict[str, Any]]:
        """Read those with the most money at stake."""
        return cls.of_page(selection, Narrowed("", "", ""), None).rows[:SHOWN]

    @classmethod
    def _read(cls, selection: Selection, narrowed: Narrowed, page: str | None, of: Hashable) -> Self:
        table = movers(selection.portfolio, before=narrowed.before, after=narrowed.after, kind=narrowed.kind)
        listed = Paginator(range(table.num_rows), SIZE).get_page(page)
        start = max(listed.start_index() - 1, 0)
        return cls(table.slice(start, SIZE).to_pylist(), table.num_rows, of)


@dataclass(frozen=True)
class Named:
    """Some moves, and whom the house knows by their codes."""

    moves: Sequence[dict[str, Any]]
    accounts: Mapping[str, Account]
    run: Run

    @classmethod
    def of(cls, moves: Sequence[dict[str, Any]], memory: Memory) -> Self:
        """Look the accounts up among those the reader sees."""
        return cls(moves, named_of([one["code"] for one in moves], memory.user), memory.run)

    @property
    def told(self) -> Hashable:
        """What the rows show beside figures and states."""
        return tuple((code, one.pk, one.name) for code, one in sorted(self.accounts.items()))

    @property
    def rows(self) -> Sequence[Moved]:
        """The moves as rows."""
        keys = keys_among([one["code"] for one in self.moves], self.run)
        return [_moved(one, self.accounts.get(one["code"]), keys) for one in self.moves]


@dataclass(frozen=True)
class WrittenMoves:
    """The template's contract: `table` is written once for who sees alike; its template finds `rows` under `page`."""

    named: Named
    of: Hashable
    selection: Selection

    @property
    def table(self) -> str:
        """The moves as a table; empty: there are none."""
        if not self.named.moves:
            return ""
        return write(
            "insight/matrix/_moves.html",
            self,
            memory=self.selection.memory,
            of=(self.asked.address(), self.of),
            told=lambda: (self.selection.mark, self.named.told),
        )

    @property
    def moves(self) -> Sequence[Moved]:
        """The rows."""
        return self.named.rows

    @property
    def asked(self) -> PortfolioAsked:
        """The filter in force."""
        return self.selection.asked

    @property
    def currency(self) -> str:
        """The ledger's."""
        return self.selection.portfolio.slice.currency


def moved_of(moves: Sequence[dict[str, Any]], user: "User", run: Run) -> Sequence[Moved]:
    """Give some rows of `Portfolio.movers` with whom the house knows by their codes."""
    return Named(moves, named_of([one["code"] for one in moves], user), run).rows


@dataclass(frozen=True, slots=True)
class MovesAsked:
    """The list of an address whole, to be taken out.

    Parameters
    ----------
    filter
        What it is narrowed to, as an address writes it.
    """

    asked: PortfolioAsked
    table: Any
    filter: str

    @classmethod
    def of(cls, user: "User", run: Run, query: QueryDict) -> Self:
        """Read an address; refusals are those of `MovesPage.build`."""
        narrowed = Narrowed.of(query)
        selection = Selection.of(user, run, without(query, *OWN_PARAMETERS))
        table = movers(selection.portfolio, before=narrowed.before, after=narrowed.after, kind=narrowed.kind)
        return cls(selection.asked, table, narrowed.address(selection.asked).partition("?")[2])


@dataclass(frozen=True, slots=True)
class MovesExport:
    """What the page before the file says.

    Parameters
    ----------
    left
        Rows the reader may still take out today.
    """

    moves: MovesAsked
    left: int

    @property
    def rows(self) -> int:
        """How many accounts leave the house."""
        return int(self.moves.table.num_rows)

    @property
    def asks_reason(self) -> bool:
        """Whether there are so many that somebody is asked why."""
        return self.rows > WITHOUT_REASON

    @property
    def address(self) -> str:
        """What stands behind the addresses of the list and of its file."""
        return f"?{self.moves.filter}" if self.moves.filter else ""


def keys_among(codes: Sequence[str], run: Run) -> frozenset[str]:
    """Give whose codes of some are key by the ledger."""
    return frozenset(codes).intersection(key_codes(run).to_pylist())


def _moved(one: dict[str, Any], account: Account | None, keys: frozenset[str]) -> Moved:
    return Moved(
        pk=account.pk if account else None,
        code=one["code"],
        name=account.name if account else one["name"],
        key=account is not None and account.code in keys,
        kind=kind_of(one["before"], one["after"]),
        before=place(one["before"]),
        after=place(one["after"]),
        value=one["value"],
        value_year_ago=one["value_year_ago"],
    )


def _take_out(asked: PortfolioAsked, narrowed: Narrowed) -> str:
    query = narrowed.address(asked).partition("?")[2]
    return reverse("insight:export_moves") + (f"?{query}" if query else "")


def _kinds(asked: PortfolioAsked, narrowed: Narrowed) -> Sequence[Button]:
    words = kinds_in_words()
    some = bool(narrowed.before or narrowed.after)
    return [Button(words[kind], moves_address(asked, kind=kind), not some and narrowed.kind == kind) for kind in KINDS]
