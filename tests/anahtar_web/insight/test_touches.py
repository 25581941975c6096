"""Last and next touch in the accounts table: shown, ordered, narrowed, taken out; on the account and the portfolio."""

from collections.abc import Callable

import pytest
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.insight.models import Run
from anahtar_web.interactions.actions import recount
from anahtar_web.interactions.models import NextTouch
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import day
from tests.anahtar_web.accounts.pages import asked, send
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.pages import codes, plain
from tests.anahtar_web.interactions.made import ago, agreed, happened

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def named(code: str) -> Account:
    found: Account = Account.objects.get(code=code)
    return found


def others(*codes: str) -> list[Account]:
    return list(
        Account.objects.filter(merged_into=None, in_ledger=True, parent=None, companies=None)
        .exclude(code__in=codes)
        .order_by("code")
    )


def test_the_table_is_ordered_and_narrowed_by_touches_and_follows_each_change(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    client, acme = signed_in(director), named(sales.ACME)
    first, second = others(sales.ACME)[:2]
    happened(acme, director, 40)
    happened(first, director, 3)
    late = agreed(second, director, 2)
    NextTouch.objects.filter(pk=late.pk).update(due_on=ago(5))
    recount([second.pk])
    agreed(acme, director, 4)
    base = "/accounts/?columns=name,last_touch,next_touch"
    assert codes(client.get(f"{base}&sort=-last_touch"))[:2] == [first.code, sales.ACME]
    assert codes(client.get(f"{base}&sort=last_touch"))[:2] == [sales.ACME, first.code]
    assert codes(client.get(f"{base}&sort=next_touch"))[:2] == [second.code, sales.ACME]
    assert codes(client.get(f"{base}&next=overdue")) == [second.code]
    assert codes(client.get(f"{base}&next=week")) == [sales.ACME]
    every, none = codes(client.get(base)), codes(client.get(f"{base}&next=none"))
    assert set(every) - set(none) == {sales.ACME, second.code}
    assert set(every) - set(codes(client.get(f"{base}&untouched=30"))) == {first.code}
    assert set(every) - set(codes(client.get(f"{base}&untouched=none"))) == {first.code, sales.ACME}
    text = plain(client.get(base).content.decode())
    for shown in (day(ago(3)), day(ago(5)), f"{director}, overdue"):
        assert shown in text
    happened(second, director, 0)
    assert codes(client.get(f"{base}&sort=-last_touch"))[0] == second.code


def test_the_export_says_when_and_who(director: User, run: Run, signed_in: SignedIn) -> None:
    acme, client = named(sales.ACME), signed_in(director)
    happened(acme, director, 6)
    agreed(acme, director, 8)
    sent = {"form": "csv", "reason": "For the meeting", "columns": "name,last_touch,next_touch"}
    answer = send(client, "/accounts/export/?columns=name,last_touch,next_touch", **sent)
    text = b"".join(answer.streaming_content).decode()
    assert '"Account","Last touch","Next touch","Who does the next touch"' in text
    assert f'"{ago(6).isoformat()}","{ago(-8).isoformat()}","{director}"' in text


def test_the_account_and_the_portfolio_say_what_comes_next(director: User, run: Run, signed_in: SignedIn) -> None:
    acme, client = named(sales.ACME), signed_in(director)
    assert "Next touch none never touched" in plain(client.get(f"/accounts/{acme.pk}/").content.decode())
    agreed(acme, director, 8)
    text = plain(client.get(f"/accounts/{acme.pk}/").content.decode())
    assert f"Next touch in 8 days {day(ago(-8))} · {director}" in text
    assert day(ago(-8)) in plain(client.get("/portfolio/").content.decode().partition('id="largest"')[2])


def test_more_touches_ask_no_more_questions(director: User, run: Run, signed_in: SignedIn) -> None:
    client, address = signed_in(director), "/accounts/?columns=name,last_touch,next_touch&sort=-next_touch"
    agreed(named(sales.ACME), director)
    few = max(asked(client, address) for _time in "12")
    for account in others()[:6]:
        happened(account, director)
        agreed(account, director)
    assert asked(client, address) <= few
