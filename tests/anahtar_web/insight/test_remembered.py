"""What pages remember of the list: used again while nothing changed, and never a moment longer."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anahtar_web.accounts.actions import Verdict, decide_key, edit, end_part, hand_over, merge
from anahtar_web.accounts.models import Account, Assignment, KeyStatus, Part
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import today
from anahtar_web.insight import remembered
from anahtar_web.insight.models import Run
from anahtar_web.insight.remembered import Memory
from anahtar_web.people.models import User
from anahtar_web.strategies.actions import write
from anahtar_web.strategies.subjects import SUBJECTS
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


def portfolio(client: Client, query: str = "") -> str:
    answer = client.get(f"/portfolio/?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_portfolio_is_written_once_until_something_changes(
    director: User, acme: Account, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    assert acme.name in portfolio(client)
    Account.objects.filter(pk=acme.pk).update(name="Renamed behind the trail")
    assert "Renamed behind the trail" not in portfolio(client)
    edit(account=acme, version=acme.version, fields={"name": "Acme Renamed"}, by=director)
    assert "Acme Renamed" in portfolio(client)


def test_a_portfolio_written_for_one_is_not_shown_to_who_sees_less_or_reads_another_language(
    director: User, ana: User, acme: Account, marketing: User, run: Run, signed_in: SignedIn
) -> None:
    told = portfolio(signed_in(director))
    assert "<dt>Profit</dt>" in told
    assert "<dt>Profit</dt>" not in portfolio(signed_in(marketing))
    own = portfolio(signed_in(ana))
    assert told.partition('class="figures')[2] != own.partition('class="figures')[2]
    assert own.count("/accounts/") < told.count("/accounts/"), "one account of their own"
    director.language = "tr"
    director.save()
    assert "<dt>Kâr</dt>" in portfolio(signed_in(director))


def test_a_decision_is_on_the_next_portfolio(director: User, acme: Account, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    assert "/key-accounts/?show=key" not in portfolio(client)
    decide_key(account=acme, verdict=Verdict(KeyStatus.KEY, "Reference"), by=director)
    assert "/key-accounts/?show=key" in portfolio(client)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pieces of pages that are written, in order."""
    pieces: list[str] = []

    def note(template: str, context: Any) -> str:
        pieces.append(template.rpartition("/")[2])
        return render_to_string(template, context)

    monkeypatch.setattr("anahtar_web.insight.pages.portfolio.written.render_to_string", note)
    return pieces


def matrix(client: Client, more: str = "") -> str:
    answer = client.get(f"/portfolio/matrix/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_changes_elsewhere_has_no_piece_written_anew(
    director: User, acme: Account, chen: User, run: Run, signed_in: SignedIn, written: list[str]
) -> None:
    client = signed_in(director)

    def look() -> None:
        portfolio(client), matrix(client), matrix(client, "moves/")

    look()
    assert sorted(written) == ["_cards.html", "_figures.html", "_grid.html", "_moves.html", "_ways.html"]
    record("person.edited", director, by=director)
    look()
    assert len(written) == 5
    hand_over(account=acme, to=chen, by=director, on=today())
    assert chen.name in portfolio(client), "a manager stands beside the account"
    assert written[5:] == ["_figures.html", "_cards.html"]


def test_what_a_piece_shows_is_on_the_next_page(
    director: User, acme: Account, run: Run, signed_in: SignedIn, written: list[str]
) -> None:
    client = signed_in(director)
    matrix(client)
    write(subject=SUBJECTS["AX"], version=0, word="Grow with them", text="Visit.", reason="A plan", by=director)
    assert "Grow with them" in matrix(client)
    mover = Account.objects.get(code=re.findall(r'"who-below">([^<]+)<', matrix(client, "moves/"))[0])
    edit(account=mover, version=mover.version, fields={"name": "Moved and Renamed"}, by=director)
    assert "Moved and Renamed" in matrix(client)
    assert "Moved and Renamed" in matrix(client, "moves/")


def test_pieces_of_the_matrix_are_not_shown_to_who_sees_less(
    director: User, ana: User, acme: Account, marketing: User, run: Run, signed_in: SignedIn
) -> None:
    whole = matrix(signed_in(director))
    assert "Profit" in whole
    assert "#thresholds" in whole
    seen = matrix(signed_in(marketing))
    assert "Profit" not in seen
    assert "#thresholds" not in seen
    assert "until 80" in whole
    assert "until 80" not in seen, "the thresholds are not for everybody"
    own = matrix(signed_in(ana), "moves/")
    assert set(re.findall(r'"who-below">([^<]+)<', own)) <= {acme.code}
