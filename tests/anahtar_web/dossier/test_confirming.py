"""Five facts a week: ranked, the same until Sunday, dealt with by one click; and everybody's counts."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.dossier.actions import UnableToWriteFact, confirm, postpone
from anahtar_web.dossier.kinds import every
from anahtar_web.dossier.models import Fact, Postponement
from anahtar_web.dossier.queries import asked_this_week, facts_of
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import asked, send
from tests.anahtar_web.dossier.facts import ago, write

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def back_to(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def worn(acme: Account, ana: User) -> list[Fact]:
    """Seven facts of two years ago, the most important and most worn first."""
    codes = ("credit", "description", "turnover", "need", "headcount", "size_class", "goal")
    values = ("AA", "Steel", 100, 200, 300, "large", "More")
    return [
        write(acme, ana, code, value, on=ago(720), at=back_to(720)) for code, value in zip(codes, values, strict=True)
    ]


def test_the_five_are_ranked_and_stay_the_same_whatever_is_written_meanwhile(
    acme: Account, ana: User, worn: list[Fact]
) -> None:
    first = [item.known.kind.code for item in asked_this_week(ana)]
    assert len(first) == 5
    # Importance × how worn: 2 × 2 three times, then 1 × 2 and 2 × 0.99 (a description lives for two years).
    assert set(first[:3]) == {"credit", "turnover", "need"}
    assert set(first[3:]) <= {"headcount", "goal", "description", "size_class"}
    write(acme, ana, "payment_terms", "30 days", on=ago(720))
    fact = next(fact for fact in worn if fact.kind == first[0])
    confirm(account=acme, fact=fact, kind=every()[fact.kind], by=ana)
    again = asked_this_week(ana)
    assert [item.known.kind.code for item in again] == first
    assert [item.answer for item in again] == ["confirmed", "", "", "", ""]


def test_one_click_confirms_with_the_day_of_today(
    acme: Account, ana: User, signed_in: SignedIn, worn: list[Fact]
) -> None:
    fact = worn[0]
    answer = send(signed_in(ana), f"/facts/{fact.pk}/confirm/")
    assert answer.status_code == 302
    made = Fact.objects.get(confirms=fact)
    assert (made.grade, made.known_on, made.text, made.by) == ("confirmed", today(), "AA", ana)
    assert not next(one for one in facts_of(acme) if one.kind.code == "credit").wants_confirming


def test_a_second_click_of_somebody_else_is_refused_by_name(
    acme: Account, ana: User, boris: User, worn: list[Fact]
) -> None:
    confirm(account=acme, fact=worn[0], kind=every()["credit"], by=ana)
    with pytest.raises(UnableToWriteFact, match="Ana Işık"):
        confirm(account=acme, fact=worn[0], kind=every()["credit"], by=boris)
    with pytest.raises(UnableToWriteFact, match="today already"):
        confirm(account=acme, fact=Fact.objects.get(confirms=worn[0]), kind=every()["credit"], by=boris)


def test_who_does_not_know_is_asked_again_in_four_weeks(acme: Account, ana: User, worn: list[Fact]) -> None:
    fact = asked_this_week(ana)[0].known.fact
    postpone(account=acme, fact=fact, kind=every()[fact.kind], by=ana)
    assert asked_this_week(ana)[0].answer == "postponed"
    Postponement.objects.update(at=back_to(10))
    assert fact.pk not in [item.known.fact.pk for item in asked_this_week(ana)]
    Postponement.objects.update(until=ago(8))
    assert fact.pk in [item.known.fact.pk for item in asked_this_week(ana)]


def test_what_was_changed_counts_as_dealt_with(acme: Account, ana: User, signed_in: SignedIn, worn: list[Fact]) -> None:
    fact = asked_this_week(ana)[0].known.fact
    kind = every()[fact.kind]
    path = f"/accounts/{acme.pk}/facts/{fact.pk}/change/?from=facts"
    form = {"text": "BB", "number": "5", "money": "5", "currency": "TRY", "grade": "confirmed", "seen": str(fact.pk)}
    answer = send(signed_in(ana), path, **(form | ({"text": "small"} if kind.code == "size_class" else {})))
    assert answer.headers["Location"] == "/facts/"
    assert asked_this_week(ana)[0].answer == "changed"


def test_a_colleague_on_the_team_is_asked_nothing_and_the_head_sees_everybody(
    acme: Account, ana: User, boris: User, head: User, auditor: User, signed_in: SignedIn, worn: list[Fact]
) -> None:
    assert asked_this_week(boris) == []
    confirm(account=acme, fact=worn[0], kind=every()["credit"], by=ana)
    assert "How far everybody is" not in signed_in(ana).get("/facts/").content.decode()
    for reader in (head, auditor):
        html = signed_in(reader).get("/facts/").content.decode()
        assert "How far everybody is" in html
        assert "Ana Işık" in html


def test_more_facts_ask_the_database_no_more(
    acme: Account, ana: User, head: User, signed_in: SignedIn, worn: list[Fact]
) -> None:
    few = [asked(signed_in(reader), "/facts/") for reader in (ana, head)]
    rows = [
        Fact(
            account=acme, kind="goal", text=f"{n}", grade="rumour", known_on=ago(700), by=ana, recorded_at=back_to(700)
        )
        for n in range(300)
    ]
    Fact.objects.bulk_create(rows)
    assert [asked(signed_in(reader), "/facts/") for reader in (ana, head)] == few
