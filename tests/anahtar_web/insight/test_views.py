"""Saved views: kept, opened, renamed, deleted, and never another's."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from anahtar_web.audit.models import Entry
from anahtar_web.gate.rights import Role
from anahtar_web.insight.models import Run, SavedView
from anahtar_web.people.models import User
from tests.anahtar_web.insight.pages import codes, heads

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def save(client: Client, name: str = "Silent", query: str = "state=lost", columns: str = "", **more: Any) -> Any:
    form = {"name": name, "query": query, "columns": columns, "once": uuid.uuid4().hex, **more}
    return client.post("/accounts/views/new/", form)


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
