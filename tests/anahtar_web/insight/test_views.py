"""Saved views: kept, opened, renamed, deleted, and never another's."""

import re
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.audit.models import Entry
from anahtar_web.gate.rights import Role
from anahtar_web.insight import actions
from anahtar_web.insight.models import Run, SavedView
from anahtar_web.people.models import User
from tests.anahtar_web.insight.pages import codes, heads
from tests.anahtar_web.people.test_at_once import at_once

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def save(client: Client, name: str = "Silent", query: str = "state=lost", columns: str = "", **more: Any) -> Any:
    form = {"name": name, "query": query, "columns": columns, "once": uuid.uuid4().hex, **more}
    return client.post("/accounts/views/new/", form)


def save_filter(client: Client, name: str, query: str, **more: Any) -> Any:
    return client.post("/portfolio/views/new/", {"name": name, "query": query, "once": uuid.uuid4().hex, **more})


def send(client: Client, path: str, **form: str) -> Any:
    return client.post(path, {"once": uuid.uuid4().hex, **form})


def test_a_view_opens_the_list_as_it_was(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    answer = save(client, "Large", "class=A&sort=name", "name,margin,state")
    opened = client.get(answer.headers["Location"])
    assert heads(opened) == ["Account", "Margin", "State"]
    assert codes(opened) == codes(client.get("/accounts/?class=A&sort=name"))
    assert 'aria-current="page">Large' in opened.content.decode()
    assert Entry.objects.get(verb="view.saved").by == director


def test_the_portfolio_has_views_of_its_own(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    save(client, "Silent")
    form = client.get("/portfolio/views/new/?period=2024&kam=none").content.decode()
    assert 'name="query" value="period=2024&amp;kam=none"' in form
    answer = save_filter(client, "Silent", "period=2024&kam=none")
    view = SavedView.objects.get(page="portfolio")
    assert answer.headers["Location"] == f"/portfolio/?view={view.pk}&period=2024&kam=none"
    opened = client.get(answer.headers["Location"]).content.decode()
    assert 'aria-current="page">Silent' in opened
    assert f'action="/accounts/views/{view.pk}/change/?view={view.pk}&amp;period=2024&amp;kam=none"' in opened
    assert 'aria-current="page">Silent' not in client.get("/portfolio/").content.decode()
    assert f"view={view.pk}" not in client.get("/accounts/").content.decode(), "the list has its own"


def test_the_portfolio_opens_with_the_view_that_was_chosen_and_without_it(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    save_filter(client, "Nobody's", "kam=none", opens="on")
    view = SavedView.objects.get()
    assert client.get("/portfolio/").headers["Location"] == f"/portfolio/?view={view.pk}&kam=none"
    assert client.get("/accounts/").status_code == 200, "the list opens as it did"
    page = client.get("/portfolio/?kam=none").content.decode()
    assert 'href="/portfolio/?view=all"' in page, "the way back does not lead to the view again"
    assert client.get("/portfolio/?view=all").status_code == 200
    send(client, f"/accounts/views/{view.pk}/opens/", opens="no")
    assert client.get("/portfolio/").status_code == 200


def test_a_portfolio_that_would_open_with_what_is_gone_opens_whole(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    save_filter(client, "Old", "period=2024", opens="on")
    SavedView.objects.update(query="period=1999")
    assert client.get("/portfolio/").status_code == 200


def test_a_view_whose_filter_is_gone_opens_whole_and_can_be_deleted(
    director: User, ana: User, run: Run, signed_in: SignedIn
) -> None:
    acme = Account.objects.get(code="0001")
    hers = Assignment.objects.create(account=acme, person=ana, part=Part.MANAGER, since=date(2020, 1, 1))
    client = signed_in(ana)
    save_filter(client, "Without Acme", f"without={acme.pk}")
    save_filter(client, "Long ago", "period=2024")
    hers.delete()
    one, other = SavedView.objects.order_by("name")
    SavedView.objects.filter(pk=one.pk).update(query="period=1999")
    tabs = re.findall(r'href="(/portfolio/\?view=\d[^"]*)"', client.get("/portfolio/").content.decode())
    assert len(tabs) == 2
    for tab, view in zip(tabs, (one, other), strict=True):
        answer = client.get(tab.replace("&amp;", "&"))
        assert answer.headers["Location"] == f"/portfolio/?view={view.pk}"
        opened = client.get(answer.headers["Location"]).content.decode()
        assert "What this view asks for is no longer there" in opened
        assert f'action="/accounts/views/{view.pk}/delete/"' in opened
    assert client.get(f"/portfolio/?view={one.pk}&period=1998").status_code == 400, "the view never asked for that"
    assert client.get(f"/portfolio/?view={other.pk}&without={acme.pk}&period=2024").status_code == 404
    assert signed_in(director).get(f"/portfolio/?view={one.pk}&period=1999").status_code == 400, "another's view"


def test_a_portfolio_view_by_profit_opens_by_revenue_where_the_role_no_longer_sees_it(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    save_filter(signed_in(director), "Profit", f"kam=none&measure={'revenue' if run.measure == 'profit' else 'profit'}")
    SavedView.objects.update(query="measure=profit&kam=none", default=True)
    director.role = Role.MARKETING
    director.save()
    view = SavedView.objects.get()
    client = signed_in(director)
    assert client.get("/portfolio/").headers["Location"] == f"/portfolio/?view={view.pk}&kam=none"
    assert client.get(f"/portfolio/?view={view.pk}&kam=none").status_code == 200


def test_a_view_of_the_portfolio_is_changed_renamed_and_deleted(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    save_filter(client, "Nobody's", "kam=none")
    view = SavedView.objects.get()
    answer = send(client, f"/accounts/views/{view.pk}/change/?view={view.pk}&group=none")
    assert answer.headers["Location"] == f"/portfolio/?view={view.pk}&group=none"
    answer = send(client, f"/accounts/views/{view.pk}/rename/", name="Alone")
    assert answer.headers["Location"] == f"/portfolio/?view={view.pk}&group=none"
    assert SavedView.objects.get().name == "Alone"
    answer = send(client, f"/accounts/views/{view.pk}/delete/")
    assert answer.headers["Location"] == "/portfolio/?view=all"
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("query", ["class=A", "kam=nobody", "period=never", "without=999999"])
def test_a_view_of_the_portfolio_keeps_only_what_the_portfolio_can_show(
    query: str, director: User, run: Run, signed_in: SignedIn
) -> None:
    assert save_filter(signed_in(director), "Odd", query).status_code in (400, 404)
    assert not SavedView.objects.exists()


def test_the_form_takes_the_list_as_it_is(director: User, run: Run, signed_in: SignedIn) -> None:
    form = signed_in(director).get("/accounts/views/new/?class=A&sort=-margin&columns=name,margin").content.decode()
    assert 'name="query" value="class=A&amp;sort=-margin"' in form
    assert 'name="columns" value="name,margin"' in form


def test_the_list_opens_with_the_view_that_was_chosen(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    save(client, "Silent", "state=lost", opens="on")
    view = SavedView.objects.get()
    answer = client.get("/accounts/")
    assert answer.headers["Location"] == f"/accounts/?view={view.pk}&state=lost"
    assert client.get("/accounts/?view=all").status_code == 200
    save(client, "Large", "class=A", opens="on")
    assert list(SavedView.objects.filter(default=True).values_list("name", flat=True)) == ["Large"]
    send(client, f"/accounts/views/{view.pk}/opens/", opens="yes")
    assert list(SavedView.objects.filter(default=True).values_list("name", flat=True)) == ["Silent"]
    send(client, f"/accounts/views/{view.pk}/opens/", opens="no")
    assert client.get("/accounts/").status_code == 200


def test_a_view_is_renamed_changed_and_deleted(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    save(client)
    view = SavedView.objects.get()
    assert send(client, f"/accounts/views/{view.pk}/rename/", name="Lost").status_code == 302
    send(client, f"/accounts/views/{view.pk}/change/?class=B&columns=name,orders")
    view.refresh_from_db()
    assert (view.name, view.query, view.columns) == ("Lost", "class=B", ["name", "orders"])
    send(client, f"/accounts/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()
    verbs = Entry.objects.filter(verb__startswith="view.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["view.saved", "view.renamed", "view.changed", "view.deleted"]


def test_a_name_is_given_once_per_person(director: User, head: User, run: Run, signed_in: SignedIn) -> None:
    save(signed_in(director))
    assert save(signed_in(director)).status_code == 422
    assert save(signed_in(head)).status_code == 302


def test_anothers_view_is_absent(director: User, head: User, run: Run, signed_in: SignedIn) -> None:
    save(signed_in(director))
    view, stranger = SavedView.objects.get(), signed_in(head)
    assert "Silent" not in stranger.get("/accounts/").content.decode()
    for path in ("rename", "change", "opens", "delete"):
        assert send(stranger, f"/accounts/views/{view.pk}/{path}/", name="Mine").status_code == 404
    assert SavedView.objects.get() == view


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("owner__password__startswith=p", ""),
        ("sort=password", ""),
        ("class=Q", ""),
        ("", "name,password"),
        ("page=9999", ""),
    ],
)
def test_a_view_of_what_is_unknown_is_refused(
    director: User, run: Run, signed_in: SignedIn, query: str, columns: str
) -> None:
    assert save(signed_in(director), query=query, columns=columns).status_code == 400
    assert not SavedView.objects.exists()


def test_a_view_with_what_the_role_no_longer_sees_opens_without_it(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    save(signed_in(director), "Margins", "class=A&sort=-margin", "name,margin,revenue", opens="on")
    User.objects.filter(pk=director.pk).update(role=Role.MARKETING)
    director.refresh_from_db()
    answer = signed_in(director).get("/accounts/", follow=True)
    assert answer.status_code == 200
    assert heads(answer) == ["Account", "Revenue"]


def test_an_auditor_writes_nothing(auditor: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(auditor)
    assert save(client).status_code == 403
    assert "Save view" not in client.get("/accounts/").content.decode()
    assert send(client, "/runs/again/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_saves_of_one_name_at_once_keep_one_and_refuse_the_other(director: User, run: Run) -> None:
    def save_it() -> None:
        actions.save_view(name="Silent", query="state=lost", default=True, run=run, by=director)

    assert at_once(save_it, save_it, save_it) == ["UnableToKeepView", "UnableToKeepView", "done"]
    assert SavedView.objects.filter(person=director, name="Silent").count() == 1
