"""What pages remember of the list: used again while nothing changed, and never a moment longer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anahtar_web.accounts.actions import Verdict, decide_key, end_part, hand_over, merge
from anahtar_web.accounts.models import Account, Assignment, KeyStatus, Part
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.insight import remembered
from anahtar_web.insight.models import Run
from anahtar_web.insight.remembered import Memory
from anahtar_web.people.models import User
from tests.anahtar_web.insight.pages import codes

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def trail(director: User) -> None:
    """A house in which something has happened: without an entry nothing is remembered."""
    record("person.edited", director, by=director)


def scans(client: Client, address: str) -> list[str]:
    """The queries that look through a whole list: they sum, or name no account."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    sums = ("COUNT(", "SUM(")
    of_standings = [one["sql"] for one in captured if 'FROM "insight_standing"' in one["sql"]]
    return [sql for sql in of_standings if any(f'{sum}"insight_standing"' in sql for sum in sums)]


def test_a_list_is_looked_through_once_until_something_changes(
    director: User, ana: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    client, other = signed_in(director), signed_in(ana)
    assert scans(client, "/accounts/?class=A")
    assert not scans(client, "/accounts/?class=A")
    assert scans(client, "/accounts/?class=B"), "another filter"
    assert scans(other, "/accounts/?class=A"), "somebody who sees less"
    assert not scans(other, "/accounts/?class=A")
    record("person.edited", director, by=director)
    assert scans(client, "/accounts/?class=A"), "something happened in the house"


def test_the_share_of_ones_own_accounts_is_added_up_once(
    director: User, ana: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    assert scans(client, f"/accounts/{acme.pk}/")
    assert not scans(client, f"/accounts/{acme.pk}/")
    record("person.edited", director, by=director)
    assert scans(client, f"/accounts/{acme.pk}/")


def test_what_changes_is_on_the_next_page(
    director: User, ana: User, chen: User, acme: Account, birch: Account, run: Run, signed_in: SignedIn
) -> None:
    anas, chens, directors = (signed_in(who) for who in (ana, chen, director))
    for client in (anas, chens, directors):
        client.get("/accounts/")
    assert codes(anas.get("/accounts/")) == ["0001"]
    assert codes(chens.get("/accounts/")) == ["0002"]
    assert "0001" not in codes(directors.get("/accounts/?decided=key"))
    hand_over(account=acme, to=chen, by=director, on=today())
    assert codes(anas.get("/accounts/")) == []
    assert set(codes(chens.get("/accounts/"))) == {"0001", "0002"}
    verdict = Verdict(status=KeyStatus.KEY, reason="Half of the steel goes there.")
    decide_key(account=acme, verdict=verdict, by=director)
    assert codes(directors.get("/accounts/?decided=key")) == ["0001"]
    merge(source=birch, target=acme, by=director, reason="The same company.")
    assert codes(chens.get("/accounts/")) == ["0001"]
    assert "0002" not in codes(directors.get("/accounts/?size=200"))


def test_a_part_that_ends_tomorrow_is_not_remembered_tomorrow(
    director: User, boris: User, acme: Account, run: Run, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(boris)
    tomorrow = today() + timedelta(days=1)
    end_part(assignment=Assignment.objects.get(account=acme, part=Part.SERVICE), by=director, on=tomorrow)
    assert codes(client.get("/accounts/")) == ["0001"]
    for module in ("insight.remembered", "accounts.managers"):
        monkeypatch.setattr(f"anahtar_web.{module}.today", lambda: tomorrow)
    assert codes(client.get("/accounts/")) == []


def test_a_house_without_a_trail_remembers_nothing(director: User, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anahtar_web.insight.remembered.last_digest", lambda: "")
    answers = iter((1, 2))
    assert [Memory.of(director, run).recall("it", make=lambda: next(answers)) for _time in range(2)] == [1, 2]


def test_a_manager_of_very_many_accounts_sees_the_same(
    director: User, ana: User, acme: Account, birch: Account, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few are asked for by their keys, many by a subquery."""
    hand_over(account=birch, to=ana, by=director, on=today())
    few = set(Memory.of(ana, run).standings().values_list("account__code", flat=True))
    monkeypatch.setattr(remembered, "FEW", 1)
    many = set(Memory.of(ana, run).standings().values_list("account__code", flat=True))
    assert few == many == {"0001", "0002"}


def test_a_role_that_sees_less_is_not_answered_from_what_it_saw(
    director: User, ana: User, acme: Account, birch: Account, run: Run
) -> None:
    def ask(user: User) -> int:
        return Memory.of(user, run).recall("it", make=lambda: user.pk)

    assert ask(director) == director.pk
    assert ask(ana) == ana.pk
