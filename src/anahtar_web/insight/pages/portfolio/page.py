"""The page whole: one filter, one slice, everything reckoned from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.core.exceptions import BadRequest
from django.http import QueryDict

from anahtar.analysis.refusals import UnableToAnalyze
from anahtar.analysis.slicing import Slice, UnableToSlice
from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import Right
from anahtar_web.insight import slices
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.portfolio.accounts import Shown
from anahtar_web.insight.pages.portfolio.bridge import BridgeCard
from anahtar_web.insight.pages.portfolio.concentration import ConcentrationCard, Dependence
from anahtar_web.insight.pages.portfolio.filtering import Button, Chip, chips, measures, periods
from anahtar_web.insight.pages.portfolio.headline import Figure, figures
from anahtar_web.insight.pages.portfolio.links import Links
from anahtar_web.insight.pages.portfolio.matrix import MatrixCard
from anahtar_web.insight.pages.portfolio.turns import SHOWN, TurnsCard
from anahtar_web.insight.portfolio.asked import PortfolioAsked
from anahtar_web.insight.portfolio.periods import span
from anahtar_web.insight.portfolio.reckoning import Reckoned, reckon
from anahtar_web.insight.queries import knows_company
from anahtar_web.insight.trust import Trust, trust

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Asking:
    """The filter in force with its slice and its figures."""

    asked: PortfolioAsked
    slice: Slice
    reckoned: Reckoned


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
    """

    run: Run | None
    trust: Trust | None
    own: bool
    may_import: bool
    missing: str = ""
    asked: PortfolioAsked | None = None
    filtering: Filtering | None = None
    figures: Figures | None = None
    turns: TurnsCard | None = None

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
            without = _without(asking, user, run)
        except slices.FiguresMissing as missing:
            return cls(here.run, here.trust, here.own, here.may_import, "damaged" if missing.damaged else "old")
        return cls(
            here.run,
            here.trust,
            here.own,
            here.may_import,
            asked=asking.asked,
            filtering=_filtering(asking, user, run),
            figures=_figures(asking, without, user, run),
            turns=turns_for(asking.asked, user, run),
        )


def turns_for(asked: PortfolioAsked, user: "User", run: Run, *, most: int = SHOWN) -> TurnsCard:
    """Read what changed among the accounts that a filter is about."""
    everybody = knows_company(user) and not asked.narrowed
    return TurnsCard.build(user, run, None if everybody else asked.standings(user, run), most=most)


def asked_for(user: "User", run: Run, query: QueryDict) -> Asking:
    """Read an address and find the figures it asks for.

    Raises
    ------
    FiguresMissing
        The run has nothing to compute them from.
    BadRequest
        The address asks for what there is not, or not for this person.
    """
    directions = slices.read(run, slices.usual(run)).directions
    asked = PortfolioAsked.of(query, user, run, directions)
    try:
        found = slices.read(run, asked.slice_of(run))
    except (UnableToAnalyze, UnableToSlice) as refusal:
        raise BadRequest(str(refusal)) from refusal
    return Asking(asked, found, reckon(run, found, asked.codes(user, run)))


def _without(asking: Asking, user: "User", run: Run) -> Reckoned | None:
    left = [account.code for account in asking.asked.without]
    return reckon(run, asking.slice, asking.asked.codes(user, run), left) if left else None


def _filtering(asking: Asking, user: "User", run: Run) -> Filtering:
    then = asking.slice.window_year_ago
    return Filtering(
        periods(asking.asked, run),
        measures(asking.asked),
        chips(asking.asked, asking.slice, user),
        span(asking.slice.window),
        "" if then is None else span(then),
    )


def _figures(asking: Asking, without: Reckoned | None, user: "User", run: Run) -> Figures:
    reckoned, links = asking.reckoned, Links.of(asking.asked, asking.slice, run)
    concentration = ConcentrationCard.build(reckoned, without)
    shown = Shown.build(reckoned, user, run, also=[one.code for one in concentration.dependences])
    return Figures(
        headline=figures(reckoned, user, links, whole=knows_company(user) and not asking.asked.narrowed),
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
