"""The calendar of a person for programs that cannot sign in: a secret nobody guesses, and only what they may see."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import icalendar
import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from anahtar_web.accounts.models import Account, Assignment
from anahtar_web.audit.models import Entry
from anahtar_web.interactions.actions import Parts, move
from anahtar_web.interactions.actions.feeding import end_address, make_address
from anahtar_web.interactions.models import CalendarAddress
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import asked as questions
from tests.anahtar_web.accounts.pages import nothing_changes, send
from tests.anahtar_web.insight.pages import plain
from tests.anahtar_web.interactions.made import ago, agreed, happened

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _nobody_has_guessed() -> Iterator[None]:
    caches["process"].clear()
    yield
    caches["process"].clear()


def asked(token: str) -> Any:
    return Client().get(reverse("interactions:feed", args=[token]))


def entries(token: str) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(asked(token).content)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_what_comes_next_is_told_with_a_name_that_stays_and_a_way_back(
    acme: Account, birch: Account, ana: User, boris: User, head: User
) -> None:
    step, done = agreed(acme, ana, 7), agreed(acme, ana, 3, owner=boris)
    planned = happened(acme, ana, -2, kind="meeting", subject="Yıl sonu", parts=Parts(ours=[ana]))
    happened(acme, ana, -2, subject="Without her", parts=Parts(ours=[boris]))
    happened(acme, ana, 2, subject="Long over", parts=Parts(ours=[ana]))
    token = make_address(by=ana)
    told = entries(token)
    assert set(told) == {f"next-step-{step.pk}@testserver", f"interaction-{planned.pk}@testserver"}
    first = told[f"next-step-{step.pk}@testserver"]
    assert (first.decoded("DTSTART"), first.decoded("DTEND")) == (ago(-7), ago(-8))
    assert str(first["SUMMARY"]) == "Acme Çelik A.Ş.: Send the offer"
    assert str(first["URL"]) == f"http://testserver/accounts/{acme.pk}/interactions/"
    assert "agreed by Ana Işık" in str(first["DESCRIPTION"])
    move(touch=step, seen=step.steps.get().pk, due_on=ago(-9), owner=ana, reason="They asked", by=ana)
    again = entries(token)[f"next-step-{step.pk}@testserver"]
    assert (again.decoded("DTSTART"), int(first["SEQUENCE"]), int(again["SEQUENCE"])) == (ago(-9), 0, 1)
    assert done.owner == boris
    ana.language = "tr"
    ana.save()
    assert "Sonraki adım" in str(entries(token)[f"next-step-{step.pk}@testserver"]["DESCRIPTION"])


def test_it_tells_only_what_the_person_sees_at_that_moment(acme: Account, ana: User) -> None:
    agreed(acme, ana)
    token = make_address(by=ana)
    assert len(entries(token)) == 1
    Assignment.objects.filter(person=ana).update(until=date(2025, 1, 1))
    assert entries(token) == {}


def test_the_address_is_shown_once_and_a_new_one_ends_the_old(ana: User, boris: User, signed_in: SignedIn) -> None:
    client, page = signed_in(ana), "/interactions/calendar/"
    assert send(client, f"{page}new/").status_code == 302
    html = client.get(page).content.decode()
    token = html.partition("http://testserver/calendar/")[2].partition("/anahtar.ics")[0]
    assert asked(token).status_code == 200
    assert token not in CalendarAddress.objects.get().digest
    assert "anahtar.ics" not in client.get(page).content.decode()
    other = make_address(by=ana)
    assert (asked(token).status_code, asked(other).status_code) == (404, 200)
    send(client, f"{page}end/")
    assert asked(other).status_code == 404
    assert not end_address(by=boris)


def test_a_revoked_one_and_that_of_a_locked_person_are_as_absent_as_a_guess_and_guessing_is_held(
    ana: User, boris: User
) -> None:
    token, locked = make_address(by=ana), make_address(by=boris)
    User.objects.filter(pk=boris.pk).update(is_active=False)
    good = make_address(by=ana)
    entered = Entry.objects.count()
    with nothing_changes():
        bodies = {plain(asked(one).content.decode()) for one in (token, locked, "guess")}
        answer = asked(good)
    assert len(bodies) == 1
    assert (answer.status_code, Entry.objects.count()) == (200, entered)
    assert "private" in answer.headers["Cache-Control"]
    for _time in range(10):
        asked("guess")
    assert asked(good).status_code == 429


def test_growing_rows_ask_no_more_questions(acme: Account, ana: User) -> None:
    path = reverse("interactions:feed", args=[make_address(by=ana)])
    agreed(acme, ana)
    few = questions(Client(), path)
    for at in range(5):
        agreed(acme, ana, at + 1)
        happened(acme, ana, -at - 1, parts=Parts(ours=[ana]))
    assert questions(Client(), path) == few
