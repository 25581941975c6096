"""The form of the portfolio's filter, and the accounts that can be thought away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Self

from django.utils.translation import gettext as _

from anahtar.analysis.slicing import Slice
from anahtar_web.accounts.models import Account
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.choices import Choice, managers_among, named_groups, team_among
from anahtar_web.insight.pages.portfolio.filtering import direction_name
from anahtar_web.insight.portfolio.asked import PortfolioAsked
from anahtar_web.insight.portfolio.periods import MONTHS, months, quarters, years
from anahtar_web.insight.portfolio.reckoning import Reckoned
from anahtar_web.ui.templatetags.shown import month, quarter

if TYPE_CHECKING:
    from anahtar_web.people.models import User

FOUND: Final = 10
"""Accounts that a search offers to be left out."""


@dataclass(frozen=True, slots=True)
class FilterForm:
    """The template's contract; every list begins with the choice that is no choice."""

    asked: PortfolioAsked
    periods: Sequence[Choice]
    first: Sequence[Choice]
    last: Sequence[Choice]
    directions: Sequence[Choice]
    managers: Sequence[Choice]
    team: Sequence[Choice]
    groups: Sequence[Choice]
    kept: Sequence[tuple[str, str]]

    @classmethod
    def build(cls, user: "User", run: Run, asked: PortfolioAsked, found: Slice) -> Self:
        """Look up everything one can choose from."""
        visible = Account.objects.visible_to(user).standing_alone()
        first, last = asked.period.months
        return cls(
            asked,
            _periods(run, asked),
            _months(run, first),
            _months(run, last),
            [
                Choice(value, direction_name(asked, found, value), value == asked.direction)
                for value in asked.directions
            ],
            _chosen(managers_among(visible), asked.kam),
            _chosen(team_among(visible), asked.team),
            _chosen(named_groups(visible), asked.group),
            _kept(asked, [pair for pair in asked.parameters() if pair[0] in ("measure", "without")]),
        )


def _kept(asked: PortfolioAsked, pairs: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """Give what a form takes along; the saved view that is open stays open."""
    return [("view", asked.view), *pairs] if asked.view else pairs


def _periods(run: Run, asked: PortfolioAsked) -> Sequence[Choice]:
    named = [("", _("the last 12 full months"))]
    named += [(str(year), str(year)) for year in years(run)]
    named += [(name, _quarter(name)) for name in quarters(run)]
    named.append((MONTHS, _("from month to month:")))
    return _chosen(named, asked.period.name)


def _quarter(name: str) -> str:
    year, _dash, at = name.partition("-Q")
    return quarter(date(int(year), int(at) * 3, 1))


def _months(run: Run, chosen: str) -> Sequence[Choice]:
    return [Choice(f"{first:%Y-%m}", month(first), f"{first:%Y-%m}" == chosen) for first in months(run)]


def _chosen(named: Sequence[tuple[str, str]], chosen: str) -> Sequence[Choice]:
    return [Choice(value, text, value == chosen) for value, text in named]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account that can be thought away, and the address that does it."""

    account: Account
    share: float | None
    href: str


@dataclass(frozen=True, slots=True)
class WithoutForm:
    """The template's contract: the largest accounts of the selection, and those a search found."""

    asked: PortfolioAsked
    text: str
    largest: Sequence[Candidate]
    found: Sequence[Candidate]
    kept: Sequence[tuple[str, str]]

    @classmethod
    def build(cls, user: "User", asked: PortfolioAsked, reckoned: Reckoned, text: str) -> Self:
        """Look the accounts up among those the person sees."""
        visible = Account.objects.visible_to(user).standing_alone()
        shares = {one.code: one.share for one in reckoned.largest}
        named = {one.code: one for one in visible.filter(code__in=shares).order_by("pk")}
        left = {account.pk for account in asked.without}
        found = visible.matching(text).order_by("sort_key", "pk")[:FOUND] if text.strip() else ()
        return cls(
            asked,
            text,
            [
                _candidate(named[code], part, asked)
                for code, part in shares.items()
                if code in named and named[code].pk not in left
            ],
            [_candidate(account, shares.get(account.code), asked) for account in found if account.pk not in left],
            _kept(asked, asked.parameters()),
        )


def _candidate(account: Account, part: float | None, asked: PortfolioAsked) -> Candidate:
    return Candidate(account, part, asked.address_without(account.pk))
