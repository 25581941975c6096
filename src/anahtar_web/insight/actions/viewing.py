"""People keep a page as they want to see it again."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import record
from anahtar_web.gate.refusals import Refused
from anahtar_web.insight import slices
from anahtar_web.insight.asked import Asked
from anahtar_web.insight.models import Run, SavedView
from anahtar_web.insight.portfolio.asked import PortfolioAsked
from anahtar_web.people.models import User

MOST: Final = 30


class UnableToKeepView(Refused):
    """The view cannot be saved as it is asked for."""

    @classmethod
    def named_already(cls, name: str) -> "UnableToKeepView":
        """The person has another view of that name."""
        return cls(_("You have a view called “%(name)s” already. Choose another name.") % {"name": name})

    @classmethod
    def too_many(cls) -> "UnableToKeepView":
        """There are as many as one can find one's way in."""
        return cls(_("You have %(n)s saved views. Delete one before you save another.") % {"n": MOST})


@transaction.atomic
def save_view(
    *,
    name: str,
    query: str,
    default: bool,
    run: Run,
    by: User,
    columns: Sequence[str] = (),
    page: SavedView.Page = SavedView.Page.ACCOUNTS,
) -> SavedView:
    """Keep what a page shows under a name.

    Parameters
    ----------
    columns
        Of the list; the portfolio has none.

    Raises
    ------
    UnableToKeepView
        The name is taken, or there are too many.
    BadRequest
        Filter, order or columns are unknown, or not for this person.
    """
    _hold(by)
    check(page, query, columns, by, run)
    _check_name(page, name, by)
    if SavedView.objects.filter(person=by, page=page).count() >= MOST:
        raise UnableToKeepView.too_many()
    if default:
        _open_another(page, by)
    view = SavedView.objects.create(
        person=by, page=page, name=name, query=query, columns=list(columns), default=default
    )
    record("view.saved", view, by=by, after={"name": name, "query": query, "columns": list(columns)})
    return view


@transaction.atomic
def change_view(*, view: SavedView, query: str, run: Run, by: User, columns: Sequence[str] = ()) -> SavedView:
    """Keep under the same name what the page shows now."""
    check(SavedView.Page(view.page), query, columns, by, run)
    before = {"query": view.query, "columns": view.columns}
    view.query, view.columns = query, list(columns)
    view.save(update_fields=["query", "columns"])
    record("view.changed", view, by=by, before=before, after={"query": query, "columns": list(columns)})
    return view


@transaction.atomic
def rename_view(*, view: SavedView, name: str, by: User) -> SavedView:
    """Give a view another name."""
    _hold(by)
    before = view.name
    if name != before:
        _check_name(SavedView.Page(view.page), name, by)
        view.name = name
        view.save(update_fields=["name"])
        record("view.renamed", view, by=by, before={"name": before}, after={"name": name})
    return view


@transaction.atomic
def open_with(*, view: SavedView, opens: bool, by: User) -> None:
    """Let the page open with a view, or as it is without one again."""
    _hold(by)
    if opens != view.default:
        _open_another(SavedView.Page(view.page), by)
        SavedView.objects.filter(pk=view.pk).update(default=opens)
        record("view.opens", view, by=by, before={"opens": not opens}, after={"opens": opens})


@transaction.atomic
def delete_view(*, view: SavedView, by: User) -> None:
    """Forget a view."""
    record("view.deleted", view, by=by, before={"name": view.name, "query": view.query, "columns": view.columns})
    view.delete()


def check(page: SavedView.Page, query: str, columns: Sequence[str], user: User, run: Run) -> None:
    """Read a view as the address of its page would be read."""
    asked = QueryDict(query, mutable=True)
    if page == SavedView.Page.PORTFOLIO:
        PortfolioAsked.of(asked, user, run, slices.directions(run))
        return
    if columns:
        asked["columns"] = ",".join(columns)
    Asked.of(asked, user, run)


def _hold(by: User) -> None:
    """Let what one person does to the own views follow each other: two saves of one name would both find it free."""
    User.objects.select_for_update().get(pk=by.pk)


def _check_name(page: SavedView.Page, name: str, by: User) -> None:
    if SavedView.objects.filter(person=by, page=page, name=name).exists():
        raise UnableToKeepView.named_already(name)


def _open_another(page: SavedView.Page, by: User) -> None:
    SavedView.objects.filter(person=by, page=page, default=True).update(default=False)
