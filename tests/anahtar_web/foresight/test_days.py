"""The time line of purchase days: what it draws is what the ledger says."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anahtar.ledger.store.store import Ledger
from anahtar_web.accounts.models import Account
from anahtar_web.foresight import buying
from anahtar_web.foresight.buying import SPAN, Bought
from anahtar_web.foresight.models import Outlook
from anahtar_web.foresight.pages import DaysPage
from anahtar_web.foresight.strip import strip
from anahtar_web.insight.actions import analyse
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from tests.anahtar_web.foresight.conftest import FIRST, LAST

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
UNIT = 10_000


def bought_by(who: int) -> list[date]:
    """The days on which an account of the ledger bought, by the rule that wrote it."""
    day, gap, number, found = FIRST + timedelta(who), 7 + who, 0, list[date]()
    last = LAST - timedelta(150 + 5 * who if who % 3 == 0 else who)
    while day <= last:
        number += 1
        found.append(day)
        day += timedelta(gap + (number * 5 + who) % 4)
    return found


@pytest.fixture
def analysed(many: Ledger) -> Run:
    buying._kept.clear()
    run = analyse(by=None)
    assert run is not None
    return run


def test_the_days_are_those_of_the_ledger_with_their_gaps(analysed: Run) -> None:
    page = DaysPage.build(Account.objects.get(code="M05"))
    assert analysed.as_of is not None
    wanted = [day for day in bought_by(5) if day >= analysed.as_of - SPAN]
    assert [row.bought for row in page.rows[::-1]] == [Bought(day, 103_550 * UNIT // 100) for day in wanted]
    gaps = [(later - earlier).days for earlier, later in pairwise(wanted)]
    assert [row.gap for row in page.rows[::-1]] == [None, *gaps]
    assert page.longest == max(gaps)
    assert str(page.drawn).count('class="rhythm-now"') == len(wanted) == page.count


def test_it_is_fetched_by_the_page_and_opens_the_lines_of_a_month(
    analysed: Run, head: User, chen: User, signed_in: SignedIn
) -> None:
    account = Account.objects.get(code="M05")
    address = reverse("foresight:days", args=[account.pk])
    assert (
        f'hx-get="{address}"' in signed_in(head).get(reverse("foresight:account", args=[account.pk])).content.decode()
    )
    text = signed_in(head).get(address).content.decode()
    last = bought_by(5)[-1]
    assert f"{reverse('insight:lines', args=[account.pk])}?month={last:%Y-%m}&amp;order=latest" in text
    assert signed_in(chen).get(address).status_code == 404


def test_it_is_read_once_for_all_readers(analysed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account.objects.get(code="M05")
    first = DaysPage.build(account)
    monkeypatch.setattr(buying, "_read", lambda *_: pytest.fail("read again"))
    assert DaysPage.build(account).rows == first.rows


def test_as_many_queries_for_many_days_as_for_few(analysed: Run, django_assert_num_queries: Any) -> None:
    for code in ("M01", "M39"):
        account = Account.objects.get(code=code)
        DaysPage.build(account)
        with django_assert_num_queries(2):
            DaysPage.build(account)


def test_ticks_marks_and_long_gaps_stand_where_their_days_are() -> None:
    """720 wide over 95 days and 5 ahead: 7.2 a day. Ten, then thirty days apart, of which 95 % are 20."""
    today = date(2026, 4, 5)
    first = today - timedelta(95)
    told = Outlook(last_purchase=first + timedelta(80), gap_mean=10, gap_p95=15, expected_by=today, closed_days=0)
    days = [Bought(first + timedelta(n), amount) for n, amount in ((40, 100), (50, 50), (80, 100))]
    drawn = str(strip(days, told, first=first, today=today))
    ticks = re.findall(r'class="rhythm-now" x="([\d.]+)" y="([\d.]+)" width="1.5" height="([\d.]+)"', drawn)
    assert ticks == [("288.0", "4.0", "56.0"), ("360.0", "32.0", "28.0"), ("576.0", "4.0", "56.0")]
    assert re.findall(r'class="rhythm-gap" x="([\d.]+)" y="60" width="([\d.]+)"', drawn) == [("360.0", "216.0")]
    assert 'class="rate-band" x="576.0" y="60" width="108.0"' in drawn
    assert re.findall(r'class="rhythm-mean" x="([\d.]+)"', drawn) == ["648.0", "684.0"]
    assert 'd="M684.0 0V72"' in drawn
