"""The page whole: one filter, one slice, everything reckoned from it."""

import functools
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict
from django.urls import reverse

from anahtar.analysis.refusals import UnableToAnalyze
from anahtar.analysis.slicing import Slice, UnableToSlice
from anahtar_web.accounts.models import Account, KeyStatus
from anahtar_web.accounts.queries import codes_of_key_accounts, decided
from anahtar_web.gate.rights import Right
from anahtar_web.insight import filters, remembered, slices
from anahtar_web.insight.models import Run, SavedView
from anahtar_web.insight.pages.portfolio.accounts import Known, Shown
from anahtar_web.insight.pages.portfolio.bridge import BridgeCard
from anahtar_web.insight.pages.portfolio.concentration import ConcentrationCard, Dependence
from anahtar_web.insight.pages.portfolio.filtering import Button, Chip, chips, measures, periods
from anahtar_web.insight.pages.portfolio.headline import Figure, Listed, figures
from anahtar_web.insight.pages.portfolio.links import Links
from anahtar_web.insight.pages.portfolio.matrix import MatrixCard
from anahtar_web.insight.pages.portfolio.turns import SHOWN, TurnsCard
from anahtar_web.insight.pages.portfolio.written import Written
from anahtar_web.insight.pages.views import ViewTab, portfolio_tabs
from anahtar_web.insight.portfolio.asked import PortfolioAsked
from anahtar_web.insight.portfolio.periods import span
from anahtar_web.insight.portfolio.reckoning import LARGEST, Chosen, Reckoned, largest, reckon
from anahtar_web.insight.queries import knows_company
from anahtar_web.insight.remembered import Memory
from anahtar_web.insight.trust import Trust, trust

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from anahtar_web.insight.models import Standing
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Asking:
    """The filter in force with its slice and its figures."""

    asked: PortfolioAsked
    slice: Slice
    reckoned: Reckoned
    memory: Memory


@dataclass(frozen=True, slots=True)
class Filtering:
    """What stands above the figures: months, measure, what else is in force."""

    periods: Sequence[Button]
    measures: Sequence[Button]
    chips: Sequence[Chip]
    months: str
    months_year_ago: str


@dataclass(frozen=True, slots=True)
class Hanging:
    """A warning: so much hangs on one account."""

    account: Account | None
    dependence: Dependence


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that is reckoned; `empty`: nobody in the selection bought in these months."""

    headline: Sequence[Figure]
    concentration: ConcentrationCard
    hanging: Sequence[Hanging]
    matrix: MatrixCard
    bridge: BridgeCard
    shown: Shown
    links: Links
    currency: str
    classed_up: int
    classed_down: int
    empty: bool

    @property
    def all_accounts(self) -> str:
        """The accounts table of the selection."""
        return self.links.always(sort="-revenue")

    @property
    def moved_up(self) -> str:
        """The accounts of a better class; empty where the table classes otherwise."""
        return self.links.classes(moved="up")

    @property
    def moved_down(self) -> str:
        """The accounts of a worse class; empty where the table classes otherwise."""
        return self.links.classes(moved="down")


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """The template's contract.

    Parameters
    ----------
    run
        None: the ledger has not been analysed yet.
    missing
        `damaged` or `old`, where the run's figures cannot be read; then there is no filter either.
    own
        Whether totals and shares are of the reader's accounts alone.
    may_report
        Whether the person takes the portfolio out as a document.
    """

    run: Run | None
    trust: Trust | None
    own: bool
    may_import: bool
    missing: str = ""
    asked: PortfolioAsked | None = None
    filtering: Filtering | None = None
    written: Written | None = None
    turns: TurnsCard | None = None
    views: Sequence[ViewTab] = ()
    may_keep_views: bool = False
    may_report: bool = False

    @property
    def current_view(self) -> SavedView | None:
        """The view that is open."""
        return next((tab.view for tab in self.views if tab.current), None)

    @property
    def shows_all(self) -> bool:
        """Whether this is the page as it is without a view."""
        return self.asked is not None and self.asked.is_usual and self.current_view is None

    @classmethod
    def without_run(cls, user: "User", refused: Run | None) -> Self:
        """Give the page of a house without figures."""
        return cls(None, Trust((), refused) if refused else None, own=False, may_import=user.may(Right.IMPORT))

    @classmethod
    def build(cls, user: "User", run: Run, refused: Run | None, query: QueryDict) -> Self:
        """Read everything the page shows; the number of queries does not depend on the number of accounts."""
        here = cls(run, trust(user, run, refused), own=not knows_company(user), may_import=user.may(Right.IMPORT))
        try:
            asking = asked_for(user, run, query)
        except slices.FiguresMissing as missing:
            return cls(here.run, here.trust, here.own, here.may_import, "damaged" if missing.damaged else "old")
        return cls(
            here.run,
            here.trust,
            here.own,
            here.may_import,
            asked=asking.asked,
            filtering=filtering(asking.asked, asking.slice, user, run),
            written=_written(asking, user, run),
            turns=turns_for(asking.asked, user, run, memory=asking.memory),
            views=portfolio_tabs(user, asking.asked),
            may_keep_views=user.may(Right.KEEP_VIEWS),
            may_report=user.may(Right.EXPORT),
        )


def turns_for(
    asked: PortfolioAsked, user: "User", run: Run, *, most: int = SHOWN, memory: Memory | None = None
) -> TurnsCard:
    """Read what changed among the accounts that a filter is about."""
    memory = memory or Memory.of(user, run)

    def among() -> "QuerySet[Standing] | None":
        return None if knows_company(user) and not asked.narrowed else asked.standings(memory)

    return TurnsCard.build(memory, among, of=tuple(asked.narrowed.items()), most=most)


def asked_for(user: "User", run: Run, query: QueryDict) -> Asking:
    """Read an address and find the figures it asks for.

    Raises
    ------
    FiguresMissing
        The run has nothing to compute them from.
    BadRequest
        The address asks for what there is not, or not for this person.
    """
    asked = PortfolioAsked.of(query, user, run, slices.directions(run))
    try:
        found = slices.read(run, asked.slice_of(run))
    except (UnableToAnalyze, UnableToSlice) as refusal:
        raise BadRequest(str(refusal)) from refusal
    memory = Memory.of(user, run)
    return Asking(asked, found, reckon(run, found, *_selected(asked, memory)), memory)


def asked_or_absent(user: "User", run: Run, query: QueryDict) -> Asking:
    """Read an address whose page is absent where there are no figures."""
    try:
        return asked_for(user, run, query)
    except slices.FiguresMissing as missing:
        raise Http404 from missing


def without_for(asking: Asking, user: "User", run: Run) -> Reckoned | None:
    """Reckon the same without the accounts that are thought away; None: there are none."""
    left = [account.code for account in asking.asked.without]
    return reckon(run, asking.slice, *_selected(asking.asked, asking.memory), left) if left else None


def _selected(asked: PortfolioAsked, memory: Memory) -> tuple[Chosen, Chosen]:
    """Give the accounts a filter is about, and the key accounts that people decided on."""
    narrowed = tuple(asked.narrowed.items())
    chosen = memory.recall("chosen", narrowed, make=lambda: Chosen.of(asked.keys(memory)), among=remembered.selections)
    return chosen, memory.recall("key accounts", make=lambda: Chosen.of_codes(codes_of_key_accounts()))


def _listed(asking: Asking) -> Listed:
    """Count the accounts of the lists to which the share of the key accounts leads."""
    memory, asked = asking.memory, asking.asked

    def count() -> Listed:
        found = asked.standings(memory)
        proposed, key = found.filter(key=True).count(), KeyStatus.KEY
        if not asking.reckoned.is_decided:
            return Listed(0, proposed, "")
        if not asked.narrowed:
            # The list of the key accounts holds groups as well that were made since the analysis.
            return Listed(decided(memory.user, key).count(), proposed, f"{reverse('insight:key_accounts')}?show={key}")
        here = urlencode({**asked.narrowed, "decided": key.value})
        among = filters.BY_NAME["decided"].narrow(found, (key.value,))
        return Listed(among.count(), proposed, f"{reverse('insight:accounts')}?{here}")

    return memory.recall("listed", asking.reckoned.is_decided, tuple(asked.narrowed.items()), make=count)


def _written(asking: Asking, user: "User", run: Run) -> Written:
    @functools.cache
    def known() -> Known:
        return Known.read(asking.reckoned, user)

    def make() -> Figures:
        return figures_of(asking, without_for(asking, user, run), user, run, known=known())

    def told() -> Hashable:
        without = without_for(asking, user, run)
        return asking.reckoned.mark, without and without.mark, known().told, _listed(asking)

    empty = not asking.reckoned.portfolio.now.accounts
    return Written(asking.asked, asking.memory, make, told, own=not knows_company(user), empty=empty)


def filtering(asked: PortfolioAsked, found: Slice, user: "User", run: Run) -> Filtering:
    """Say what stands above the figures of a filter."""
    then = found.window_year_ago
    return Filtering(
        periods(asked, run),
        measures(asked),
        chips(asked, found, user),
        span(found.window),
        "" if then is None else span(then),
    )


def figures_of(
    asking: Asking,
    without: Reckoned | None,
    user: "User",
    run: Run,
    *,
    most: int = LARGEST,
    known: Known | None = None,
) -> Figures:
    """Put figures into words.

    Parameters
    ----------
    most
        How many of the largest accounts are named.
    known
        What was read of the accounts named already.
    """
    reckoned, links = asking.reckoned, Links.of(asking.asked, asking.slice, run)
    concentration = ConcentrationCard.build(reckoned, without)
    named = reckoned.largest if most == LARGEST else largest(reckoned.portfolio, most)
    shown = Shown.build(reckoned, run, known or Known.read(reckoned, user, named), named)
    return Figures(
        headline=figures(
            reckoned,
            user,
            links,
            whole=knows_company(user) and not asking.asked.narrowed,
            listed=_listed(asking),
        ),
        concentration=concentration,
        hanging=[Hanging(shown.names.get(one.code), one) for one in concentration.dependences],
        matrix=MatrixCard.build(reckoned, links),
        bridge=BridgeCard.build(reckoned),
        shown=shown,
        links=links,
        currency=asking.slice.currency,
        classed_up=reckoned.classed_up,
        classed_down=reckoned.classed_down,
        empty=not reckoned.portfolio.now.accounts,
    )
