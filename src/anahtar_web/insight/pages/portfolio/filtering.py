"""The filter of the portfolio in words: buttons for the usual months, chips for what is in force."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

from anahtar.analysis.slicing import Slice
from anahtar_web.accounts.models import Account
from anahtar_web.insight import filters
from anahtar_web.insight.models import Measure, Run
from anahtar_web.insight.portfolio.asked import PortfolioAsked
from anahtar_web.insight.portfolio.periods import MONTHS, offered

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Button:
    """One of several, of which one is pressed."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """Something in force, and the address without it."""

    label: str
    text: str
    without: str


def periods(asked: PortfolioAsked, run: Run) -> Sequence[Button]:
    """Give the usual months, and those chosen where they are others."""
    found = list(offered(run))
    if all(one.name != asked.period.name for one in found):
        found.append(asked.period)
    return [
        Button(
            one.label,
            asked.address() if one.name == MONTHS else asked.address(period=one.name),
            one.name == asked.period.name,
        )
        for one in found
    ]


def measures(asked: PortfolioAsked) -> Sequence[Button]:
    """Give what one may rank by, where there is a choice."""
    if len(asked.measures) < 2:
        return ()
    return [
        Button(
            str(Measure(one).label).capitalize(),
            asked.address(measure="" if one == asked.usual_measure else one),
            one == asked.measure,
        )
        for one in asked.measures
    ]


def chips(asked: PortfolioAsked, found: Slice, user: "User") -> Sequence[Chip]:
    """Give what is in force beside months and measure.

    Raises
    ------
    BadRequest
        A KAM or a group is nobody's name.
    """
    return list(_chips(asked, found, user))


def _chips(asked: PortfolioAsked, found: Slice, user: "User") -> Iterator[Chip]:
    if asked.direction:
        yield Chip(_("Direction"), direction_name(asked, found, asked.direction), asked.address(direction=""))
    for name, value in asked.narrowed.items():
        yield Chip(str(filters.BY_NAME[name].label), _named(name, value, user), asked.address(**{name: ""}))
    for account in asked.without:
        yield Chip(_("Without"), account.name, asked.address(without=str(account.pk)))


def direction_name(asked: PortfolioAsked, found: Slice, value: str) -> str:
    """Say a line of business."""
    code = asked.directions[value]
    return (found.directions.get(code) or code) if code else _("lines without one")


def _named(name: str, value: str, user: "User") -> str:
    if value == filters.NONE:
        return _("none")
    visible = Account.objects.visible_to(user)
    said = filters.person_name(value) if name in filters.PEOPLE else filters.group_name(value, visible)
    if said is None:
        raise BadRequest(f"unknown value of {name!r}")
    return said
