"""The demo lets a visitor in as any of its cast; outside the demo the page does not exist."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from anahtar_web.people.actions import make_cast
from anahtar_web.people.cast import CAST
from anahtar_web.people.models import User
from tests.anahtar_web.people.door import is_in, verbs

pytestmark = pytest.mark.django_db


def play(client: Client, person: User) -> Any:
    return client.post(reverse("people:demo_sign_in", args=[person.pk]), {"once": str(uuid4())})


def test_a_visitor_is_one_of_the_cast_by_one_button(client: Client, settings: Any) -> None:
    settings.DEMO = True
    cast = make_cast()
    page = client.get(reverse("people:demo")).content.decode()
    for member in CAST:
        assert member.name in page
        assert str(member.look).replace("'", "&#x27;") in page
    answer = play(client, cast[3])
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_in(client)
    assert verbs()[-1] == "sign_in.succeeded"
    play(client, cast[0])
    assert client.session["_auth_user_id"] == str(cast[0].pk)


def test_outside_the_demo_there_is_no_such_page_and_no_such_way_in(client: Client) -> None:
    (first, *_others) = make_cast()
    assert client.get(reverse("people:demo")).status_code == 404
    assert play(client, first).status_code == 404
    assert not is_in(client)


def test_the_sign_in_page_leads_to_the_cast_in_the_demo_only(client: Client, settings: Any) -> None:
    make_cast()
    assert reverse("people:demo") not in client.get(reverse("account_login")).content.decode()
    settings.DEMO = True
    assert reverse("people:demo") in client.get(reverse("account_login")).content.decode()


def test_even_in_the_demo_nobody_outside_the_cast_and_nobody_locked_comes_in_without_a_password(
    client: Client, settings: Any, ana: User
) -> None:
    settings.DEMO = True
    (first, *_others) = make_cast()
    assert play(client, ana).status_code == 404
    User.objects.filter(pk=first.pk).update(is_active=False)
    assert play(client, first).status_code == 404
    assert not is_in(client)
    assert first.name not in client.get(reverse("people:demo")).content.decode()


def test_making_the_cast_again_changes_nobody() -> None:
    first, second = make_cast(), make_cast()
    assert first == second
    assert User.objects.count() == len(CAST)


def test_the_key_account_managers_are_the_salespeople_of_the_demo_ledger() -> None:
    from anahtar.demo.company import SALESPEOPLE

    assert {name for _code, name in SALESPEOPLE.values()} <= {member.name for member in CAST}
