"""Saved views as addresses of their pages, and as tabs above them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict
from django.urls import reverse

from anahtar_web.insight import slices
from anahtar_web.insight.columns import visible_columns
from anahtar_web.insight.models import Run, SavedView
from anahtar_web.insight.portfolio.asked import PortfolioAsked, measures_for
from anahtar_web.insight.queries import saved_views

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class ViewTab:
    """A saved view as a tab."""

    view: SavedView
    href: str
    current: bool


def list_tabs(user: "User", run: Run, current: str) -> Sequence[ViewTab]:
    """Give the views of the list; `current` is the key of the one that is open."""
    views = saved_views(user, SavedView.Page.ACCOUNTS)
    return [ViewTab(view, view_address(view, user, run), current == str(view.pk)) for view in views]


def portfolio_tabs(user: "User", asked: PortfolioAsked) -> Sequence[ViewTab]:
    """Give the views of the portfolio."""
    views = saved_views(user, SavedView.Page.PORTFOLIO)
    return [ViewTab(view, portfolio_address(view, asked.measures), asked.view == str(view.pk)) for view in views]


def opening_view(user: "User", page: SavedView.Page) -> SavedView | None:
    """Give the view a page opens with."""
    return SavedView.objects.filter(person=user, page=page, default=True).first()


def opening_portfolio(user: "User", run: Run) -> str:
    """Write the address the portfolio opens with; empty: none, or one that asks for what is no longer there."""
    view = opening_view(user, SavedView.Page.PORTFOLIO)
    if view is None:
        return ""
    address = view_address(view, user, run)
    try:
        PortfolioAsked.of(QueryDict(urlsplit(address).query), user, run, slices.directions(run))
    except (BadRequest, Http404, slices.FiguresMissing):
        return ""
    return address


def left_of_view(user: "User", run: Run, query: QueryDict) -> str:
    """Write the address of a view of the portfolio without its filter, where an address asks for just that view.

    Empty: it asks for something else. Only a view that is open can be changed or deleted.
    """
    asked = [(name, value) for name, values in query.lists() for value in values]
    for view in saved_views(user, SavedView.Page.PORTFOLIO):
        address, whole = view_address(view, user, run), f"{reverse('insight:portfolio')}?view={view.pk}"
        if sorted(parse_qsl(urlsplit(address).query)) == sorted(asked) and address != whole:
            return whole
    return ""


def view_address(view: SavedView, user: "User", run: Run) -> str:
    """Write a saved view as an address."""
    if view.page == SavedView.Page.PORTFOLIO:
        return portfolio_address(view, measures_for(user, run))
    return _list_address(view, user, run)


def portfolio_address(view: SavedView, measures: Sequence[str]) -> str:
    """Write a view of the portfolio as an address, without a measure that its person may no longer see."""
    asked = [(name, value) for name, value in parse_qsl(view.query) if name != "measure" or value in measures]
    return f"{reverse('insight:portfolio')}?{urlencode([('view', str(view.pk)), *asked])}"


def page_address(view: SavedView) -> str:
    """Write the address of the page a view is of, as it is without one."""
    name = "insight:portfolio" if view.page == SavedView.Page.PORTFOLIO else "insight:accounts"
    return f"{reverse(name)}?{ALL}"


ALL: Final = "view=all"
"""Asks for a page without a view, whatever it opens with."""


def _list_address(view: SavedView, user: "User", run: Run) -> str:
    """Write a view of the list, without what its person may no longer see: the role may have changed."""
    visible = visible_columns(user, run)
    asked = [
        (name, value)
        for name, value in parse_qsl(view.query)
        if name != "sort" or (value.removeprefix("-") in visible and visible[value.removeprefix("-")].sort)
    ]
    if columns := [name for name in view.columns if name in visible]:
        asked.append(("columns", ",".join(columns)))
    return f"{reverse('insight:accounts')}?{urlencode([('view', str(view.pk)), *asked])}"
