"""What is foreseen of an account in four lines, for its overview."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.foresight.models import DirectionOutlook, Forecast, Outlook
from anahtar_web.foresight.pages import Short
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


@pytest.fixture
def shown(acme: Account) -> Run:
    """A run that foresees Acme: ten days late, with a likely silence of 90 days."""
    now = timezone.now()
    run = Run.objects.create(started_at=now, finished_at=now, current=True, as_of=date(2026, 3, 31), currency="TRY")
    Forecast.objects.create(run=run, horizon=90, criterion="rhythm")
    Outlook.objects.create(run=run, account=acme, **silence(10), none_ahead=0.37)
    return run


def silence(late: int, at_stake: int = 0) -> dict[str, Any]:
    told = {"purchase_days": 9, "gaps": 8, "silence": 40, "state": "watch", "why": {}, "at_stake": at_stake}
    return told | {"last_purchase": date(2026, 2, 19), "expected_by": date(2026, 3, 21), "days_late": late}


def directed(run: Run, acme: Account, name: str, late: int, at_stake: int) -> DirectionOutlook:
    return DirectionOutlook.objects.create(run=run, account=acme, direction=name, **silence(late, at_stake))


def text_of(client: Client, acme: Account) -> str:
    answer = client.get(reverse("foresight:short", args=[acme.pk]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_worst_direction_has_the_most_money_times_days(shown: Run, acme: Account) -> None:
    """5 × 700 is more than 30 × 100 and than a direction that is worth most and not late."""
    for name, late, at_stake in (("Rulman", 30, 100), ("Kayış", 5, 700), ("Hidrolik", 0, 90_000)):
        directed(shown, acme, name, late, at_stake)
    worst = Short.build(acme).worst
    assert worst is not None
    assert worst.direction == "Kayış"


def test_who_is_late_in_no_direction_has_no_worst_one(
    shown: Run, acme: Account, ana: User, signed_in: SignedIn
) -> None:
    directed(shown, acme, "Hidrolik", 0, 90_000)
    assert Short.build(acme).worst is None
    assert "late in none" in text_of(signed_in(ana), acme)


def test_it_says_what_was_foreseen_and_opens_the_page(
    shown: Run, acme: Account, ana: User, signed_in: SignedIn
) -> None:
    directed(shown, acme, "Rulman", 30, 100)
    text = text_of(signed_in(ana), acme)
    assert "Buys nothing within 90 days" in text
    for part in ("37", "Rulman", "30 days late", reverse("foresight:account", args=[acme.pk])):
        assert part in text
    overview = signed_in(ana).get(reverse("insight:account", args=[acme.pk])).content.decode()
    assert f'hx-get="{reverse("foresight:short", args=[acme.pk])}"' in overview


def test_nothing_is_shown_where_nothing_is_foreseen(
    shown: Run, acme: Account, ana: User, chen: User, signed_in: SignedIn
) -> None:
    Outlook.objects.filter(account=acme).delete()
    assert "<section" not in text_of(signed_in(ana), acme)
    assert signed_in(chen).get(reverse("foresight:short", args=[acme.pk])).status_code == 404


def test_three_queries_whatever_it_buys(shown: Run, acme: Account, django_assert_num_queries: Any) -> None:
    for number in range(30):
        directed(shown, acme, f"Direction {number}", number, 100)
    with django_assert_num_queries(3):
        Short.build(acme)
