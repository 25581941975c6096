"""The accounts table: rows, what they come to, filters in force, saved views."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import decisions_of, managers_of
from anahtar_web.company.queries import today
from anahtar_web.dossier.queries import kept_of
from anahtar_web.gate.rights import Field, Right
from anahtar_web.insight import filters
from anahtar_web.insight.asked import DEEPEST, Asked
from anahtar_web.insight.choosing import arrangement
from anahtar_web.insight.columns import TOUCHES, Column, Kind
from anahtar_web.insight.models import Run, SavedView, Standing
from anahtar_web.insight.pages.cells import Heading, Reading, cell, value_of
from anahtar_web.insight.pages.views import ViewTab, list_tabs
from anahtar_web.insight.queries import Totals, knows_company, totals_of, totals_of_run
from anahtar_web.insight.remembered import Memory, rows
from anahtar_web.insight.trust import Trust, trust
from anahtar_web.interactions.queries import touches_of
from anahtar_web.ui.templatetags.shown import say

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Row:
    """One account."""

    pk: int
    name: str
    cells: Sequence[SafeString]

    @property
    def html(self) -> SafeString:
        """All cells in one: five hundred variables of a template would take as long as all queries of the page."""
        return SafeString("".join(self.cells))


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    name: str
    label: "StrOrPromise"
    numeric: bool
    sortable: bool
    first: str
    help: "StrOrPromise"


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the address without it."""

    label: "StrOrPromise"
    text: str
    without: str


@dataclass(frozen=True, slots=True)
class _Paginator:
    count: int


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of the list, as `<c-pager>` takes it; the last ones of a very long list cannot be turned to."""

    number: int
    size: int
    count: int
    deepest: int = DEEPEST

    @property
    def paginator(self) -> _Paginator:
        """How many there are."""
        return _Paginator(self.count)

    @property
    def start(self) -> int:
        """How many stand on the pages before."""
        return (self.number - 1) * self.size

    @property
    def start_index(self) -> int:
        """Number of the first row, from 1."""
        return min(self.start + 1, self.count)

    @property
    def end_index(self) -> int:
        """Number of the last row."""
        return min(self.start + self.size, self.count)

    @property
    def has_previous(self) -> bool:
        """Whether it is not the first page."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page behind it that can be turned to."""
        return self.end_index < min(self.count, self.deepest)

    @property
    def has_other_pages(self) -> bool:
        """Whether there is another page."""
        return self.has_previous or self.has_next

    @property
    def previous_page_number(self) -> int:
        """The page before."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """The page behind."""
        return self.number + 1

    @property
    def is_cut(self) -> bool:
        """Whether there is more than can be turned to."""
        return self.count > self.deepest


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """The template's contract. `run` None: the ledger has not been analysed yet, and everything else is empty."""

    run: Run | None
    trust: Trust | None
    asked: Asked | None = None
    heads: Sequence[Head] = ()
    rows: Sequence[Row] = ()
    totals: Totals | None = None
    slice: Slice | None = None
    chips: Sequence[Chip] = ()
    views: Sequence[ViewTab] = ()
    current_view: SavedView | None = None
    own: bool = False
    may_import: bool = False
    may_export: bool = False
    may_keep_views: bool = False
    may_assign: bool = False

    @property
    def may_choose(self) -> bool:
        """Whether there is anything to do with chosen accounts."""
        return self.may_assign or self.may_export

    @property
    def arranged(self) -> Sequence[tuple[str, str]]:
        """Order and columns, which chosen accounts keep when they are taken out."""
        return [] if self.asked is None else arrangement(self.asked)

    @property
    def kept(self) -> Sequence[tuple[str, str]]:
        """What a search takes along."""
        return [] if self.asked is None else [pair for pair in self.asked.parameters() if pair[0] != "q"]

    @property
    def shows_all(self) -> bool:
        """Whether this is the list as it is without a view."""
        return self.asked is not None and self.current_view is None and not self.asked.is_narrowed

    @classmethod
    def without_run(cls, user: "User", refused: Run | None) -> Self:
        """Give the page of a house without figures."""
        return cls(None, Trust((), refused) if refused else None, may_import=user.may(Right.IMPORT))

    @classmethod
    def build(cls, user: "User", run: Run, refused: Run | None, asked: Asked) -> Self:
        """Read everything the page shows; the number of queries does not depend on the number of accounts."""
        memory = Memory.of(user, run)
        found = _find(memory, asked)
        views = list_tabs(user, run, asked.view)
        return cls(
            run=run,
            trust=trust(user, run, refused),
            asked=asked,
            heads=[_head(column, user) for column in asked.columns],
            rows=_rows(found, memory, asked),
            totals=found.totals if user.sees(Field.PROFIT) else replace(found.totals, profit=None),
            slice=Slice(asked.page, asked.size, found.totals.accounts),
            chips=_chips(user, asked),
            views=views,
            current_view=next((tab.view for tab in views if tab.current), None),
            own=not knows_company(user),
            may_import=user.may(Right.IMPORT),
            may_export=user.may(Right.EXPORT),
            may_keep_views=user.may(Right.KEEP_VIEWS),
            may_assign=user.may(Right.ASSIGN_TEAMS),
        )


def _head(column: Column, user: "User") -> Head:
    return Head(column.name, column.label_for(user), column.numeric, bool(column.sort), column.first, column.help)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is found by looking at every account of a list: what they come to, and who stands on the page."""

    totals: Totals
    accounts: Sequence[int]
    share_of: Mapping[str, int]


def _find(memory: Memory, asked: Asked) -> _Found:
    user, run = memory.user, memory.run
    start = (asked.page - 1) * asked.size

    @cache
    def found() -> "QuerySet[Standing]":
        return asked.narrow(memory.standings(), user)

    def accounts() -> Sequence[int]:
        # First which, from the index alone; then what they say: in one query, whole rows would go through the sort.
        return list(ids_of(user, run, asked, found())[start : start + asked.size])

    return _Found(
        totals=memory.recall("totals", *_narrowed(asked), make=lambda: _totals(found(), user, run, asked)),
        accounts=memory.recall("page", *_page(asked), make=accounts),
        share_of=share_of(memory, asked),
    )


def _narrowed(asked: Asked) -> tuple[Hashable, ...]:
    return asked.text, *sorted(asked.narrowed.items())


def _page(asked: Asked) -> tuple[Hashable, ...]:
    return *_narrowed(asked), asked.sort.sort, asked.downwards, asked.page, asked.size


def _totals(found: "QuerySet[Standing]", user: "User", run: Run, asked: Asked) -> Totals:
    all_of_run = knows_company(user) and not asked.is_narrowed and run.totals
    return totals_of_run(run) if all_of_run else totals_of(found)


def ids_of(user: "User", run: Run, asked: Asked, found: "QuerySet[Standing]") -> "QuerySet[Standing, int]":
    """Give the accounts of a list in its order.

    Of a whole house an index is walked until the page is full; of a part, all that meets the filters is looked at.
    """
    whole = knows_company(user)
    if whole and asked.sort.sort in ("account__sort_key", "account__code"):
        # From the accounts, in the order of their index; from the standings, all of them would be sorted.
        standing = Exists(found.filter(account=OuterRef("pk")))
        field = asked.sort.sort.removeprefix("account__")
        sign = "-" if asked.downwards else ""
        accounts = Account.objects.visible_to(user).filter(standing).order_by(f"{sign}{field}", f"{sign}pk")
        return accounts.values_list("pk", flat=True)
    walked = whole and not asked.is_narrowed
    return found.order_by(*asked.order(walked=walked)).values_list("account", flat=True)


def _rows(found: _Found, memory: Memory, asked: Asked) -> Sequence[Row]:
    headings = tuple(Heading(column, str(column.label_for(memory.user))) for column in asked.columns)
    shown = (get_language(), *((heading.column.name, heading.label) for heading in headings))

    def write() -> Sequence[Row]:
        return _written(found, headings, memory.run, asked)

    return memory.recall("rows", *_page(asked), *shown, make=write, among=rows)


def _written(found: _Found, headings: Sequence[Heading], run: Run, asked: Asked) -> Sequence[Row]:
    standings = {
        standing.account_id: standing
        for standing in Standing.objects.filter(run=run, account__in=found.accounts).select_related("account__parent")
    }
    reading = _reading(run, asked, found)
    found_rows = [standings[pk] for pk in found.accounts if pk in standings]
    reading.largest = _largest(found_rows, reading, asked)
    return [
        Row(one.account_id, one.account.name, [cell(heading, one, reading) for heading in headings])
        for one in found_rows
    ]


def _largest(standings: Sequence[Standing], reading: Reading, asked: Asked) -> Mapping[str, float]:
    return {
        column.name: max((value_of(column, one, reading) or 0.0 for one in standings), default=0.0)
        for column in asked.columns
        if column.kind == Kind.SHARE
    }


def _reading(run: Run, asked: Asked, found: _Found) -> Reading:
    """Look up what the columns need beside the standings."""
    kinds = {column.kind for column in asked.columns}
    return Reading(
        currency=run.currency,
        managers=managers_of(found.accounts, today()) if Kind.MANAGER in kinds else {},
        share_of=found.share_of,
        decisions=decisions_of(found.accounts) if Kind.DECIDED in kinds else {},
        touches=touches_of(found.accounts) if kinds & TOUCHES else {},
        dossiers=kept_of(found.accounts) if Kind.KNOWN in kinds else {},
        on=today(),
    )


def share_of(memory: Memory, asked: Asked) -> Mapping[str, int]:
    """Sum up what shares are of, for who may not know what the company sells: the accounts they see."""
    shares = [column.name for column in asked.columns if column.kind == Kind.SHARE]
    if knows_company(memory.user):
        return {}
    return {name: memory.sold_by_own("value" if name == "share" else "revenue") for name in shares}


def _chips(user: "User", asked: Asked) -> Sequence[Chip]:
    chips = [Chip(_("Text"), f"“{asked.text}”", asked.address(without="q"))] if asked.text else []
    for name, values in asked.narrowed.items():
        one = filters.BY_NAME[name]
        for value in values:
            chips.append(Chip(one.label, _meaning(one, value, user), asked.address(without=name, value=value)))
    return chips


def _meaning(one: filters.Filter, value: str, user: "User") -> str:
    if one.choices is not None:
        meaning = one.choices[value]
        return meaning if isinstance(meaning, str) else _said(meaning)
    if value == filters.NONE:
        return _("none")
    found: str | None = value
    if one.name in filters.PEOPLE:
        found = filters.person_name(value)
    elif one.name == "group":
        found = filters.group_name(value, Account.objects.visible_to(user))
    if found is None:
        raise BadRequest(f"unknown value of {one.name!r}")
    return found


def _said(meaning: Any) -> str:
    from anahtar.words import Message

    return say(meaning) if isinstance(meaning, Message) else str(meaning)
