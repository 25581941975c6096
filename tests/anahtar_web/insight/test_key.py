"""Which accounts are key: what the ledger proposes, what people decided, and what hangs on it."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anahtar.rules.account_type import AccountType
from anahtar_web.accounts.actions import Verdict, decide_key, hand_over
from anahtar_web.accounts.models import Account, KeyDecision, KeyStatus
from anahtar_web.accounts.queries import decision_on
from anahtar_web.company.queries import today
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.pages.key_accounts import KeyAccountsPage
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import share, short_money
from tests.anahtar_web.accounts.pages import send
from tests.anahtar_web.conftest import account
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.pages import codes, plain

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
AGAINST = {"status": "not_key", "reason": "A dealer who resells to our rivals", "seen": ""}


def acme() -> Account:
    found: Account = Account.objects.get(code=sales.ACME)
    return found


def decide(of: Account, status: KeyStatus, by: User, **further: str) -> KeyDecision:
    return decide_key(account=of, verdict=Verdict(status, "because", **further), by=by)


def test_what_the_ledger_says_and_what_was_decided_stand_side_by_side(
    head: User, director: User, run: Run, signed_in: SignedIn
) -> None:
    path = f"/accounts/{acme().pk}/key/"
    text = plain(signed_in(head).get(path).content.decode())
    assert "Nobody has decided yet" in text
    standing = Standing.objects.get(account=acme())
    assert standing.key
    answer = send(signed_in(head), f"{path}decide/", **AGAINST)
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    text = plain(signed_in(director).get(path).content.decode())
    assert "Not a key account" in text
    assert "A dealer who resells to our rivals" in text
    assert "The ledger says it is a key account." in text
    kept = decision_on(acme())
    assert kept is not None
    assert kept.computed["key"] is True
    assert kept.computed["types"] == standing.type_list
    assert kept.computed["run"] == run.pk


def test_the_form_proposes_what_the_ledger_says_and_then_what_holds(head: User, run: Run, signed_in: SignedIn) -> None:
    path = f"/accounts/{acme().pk}/key/decide/"
    form = signed_in(head).get(path).content.decode()
    assert re.search(r'value="key"[^>]*checked', form)
    assert [one for one in AccountType if re.search(rf'value="{one}"[^>]*checked', form)] == [
        AccountType(one) for one in Standing.objects.get(account=acme()).type_list
    ]
    held = decide(acme(), KeyStatus.WATCH, head)
    form = signed_in(head).get(path).content.decode()
    assert re.search(r'value="watch"[^>]*checked', form)
    assert f'name="seen" value="{held.pk}"' in form


def test_a_second_look_that_is_late_changes_nothing_and_says_who_was_first(
    head: User, director: User, run: Run, signed_in: SignedIn
) -> None:
    decide(acme(), KeyStatus.KEY, director)
    answer = send(signed_in(head), f"/accounts/{acme().pk}/key/decide/", **AGAINST)
    assert answer.status_code == 422
    assert "Deniz Direktör has decided meanwhile" in answer.content.decode()
    assert "A dealer who resells to our rivals" in answer.content.decode()
    assert KeyDecision.objects.count() == 1


@pytest.mark.parametrize("who", ["ana", "marketing", "analyst", "auditor"])
def test_others_read_and_do_not_decide(
    who: str, request: pytest.FixtureRequest, run: Run, signed_in: SignedIn, ana: User, head: User
) -> None:
    hand_over(account=acme(), to=ana, by=head, on=today())
    client = signed_in(request.getfixturevalue(who))
    text = client.get(f"/accounts/{acme().pk}/key/").content.decode()
    assert "What the ledger says" in text
    assert "/key/decide/" not in text
    assert send(client, f"/accounts/{acme().pk}/key/decide/", **AGAINST).status_code == 403
    assert "/key/decide/" not in client.get("/key-accounts/").content.decode()


def test_the_lists_hold_what_waits_and_what_was_decided(head: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(head)
    proposed = set(Standing.objects.filter(run=run, key=True).values_list("account__code", flat=True))
    assert sales.ACME in proposed
    assert set(codes(client.get("/key-accounts/"))) >= proposed
    decide(acme(), KeyStatus.KEY, head, tier="1")
    fir = Account.objects.get(code="0006")
    decide(fir, KeyStatus.WATCH, head)
    assert codes(client.get("/key-accounts/")) == [sales.ACME]
    assert codes(client.get("/key-accounts/?show=watch")) == ["0006"]
    assert sales.ACME not in codes(client.get("/key-accounts/?show=open"))
    assert client.get("/key-accounts/?show=nothing").status_code == 400
    table = client.get("/accounts/?decided=key")
    assert codes(table) == [sales.ACME]
    assert "0006" not in codes(client.get("/accounts/?decided=none"))
    assert set(codes(client.get("/accounts/?decided=none&decided=watch"))) >= {"0006", "0003"}


def test_a_group_that_is_key_brings_its_companies_into_the_share_once(head: User, run: Run) -> None:
    group = Account.objects.get(code="HOLDING")
    cedar = Account.objects.get(code="0003")
    below = Standing.objects.filter(run=run, account__code__in=["0003", "0004"])
    revenue = sum(one.revenue or 0 for one in below)
    assert revenue > 0
    decide(group, KeyStatus.KEY, head)
    decide(cedar, KeyStatus.KEY, head)
    weight = KeyAccountsPage.build(head, run, "", "").weight
    assert (weight.accounts, weight.revenue) == (2, revenue)
    assert weight.share == revenue / run.revenue_positive
    assert weight.verdict == "below"
    assert "30–55" in weight.note


def test_a_manager_gets_the_share_of_the_own_accounts_and_no_band(
    ana: User, head: User, run: Run, signed_in: SignedIn
) -> None:
    hand_over(account=acme(), to=ana, by=head, on=today())
    decide(acme(), KeyStatus.KEY, head)
    decide(Account.objects.get(code=sales.BIRCH), KeyStatus.KEY, head)
    answer = signed_in(ana).get("/key-accounts/")
    assert codes(answer) == [sales.ACME]
    text = plain(answer.content.decode())
    assert share(1.0) in text
    assert "Share of your revenue" in text
    assert "of 30–55" not in text
    assert short_money(Standing.objects.get(account=acme()).revenue, "TRY") in text


def test_the_page_of_the_account_wears_the_decision(head: User, run: Run, signed_in: SignedIn) -> None:
    path = f"/accounts/{acme().pk}/"
    assert "Key by the ledger" in signed_in(head).get(path).content.decode()
    decide_key(account=acme(), verdict=Verdict(KeyStatus.KEY, "because", [AccountType.EXPERT], "2"), by=head)
    text = signed_in(head).get(path).content.decode()
    assert "Key by the ledger" not in text
    assert "Key account · Tier 2" in text
    assert "expert" in text


def test_an_account_without_figures_can_be_decided_on(head: User, run: Run, signed_in: SignedIn) -> None:
    new = account("9999", "Prospect")
    path = f"/accounts/{new.pk}/key/"
    assert "The ledger says nothing of this account" in signed_in(head).get(path).content.decode()
    said = {"status": "key", "types": ["prospective"], "reason": "Builds a plant next year", "seen": ""}
    assert send(signed_in(head), f"{path}decide/", **said).status_code == 302
    kept = decision_on(new)
    assert kept is not None
    assert (kept.computed, kept.type_list) == ({}, ["prospective"])
    assert codes(signed_in(head).get("/key-accounts/")) == ["9999"]


def test_without_figures_the_page_says_where_they_come_from(head: User, signed_in: SignedIn) -> None:
    assert "import a file" in signed_in(head).get("/key-accounts/").content.decode()


@pytest.mark.parametrize("show", ["open", "key"])
def test_the_number_of_queries_does_not_grow(show: str, head: User, run: Run, signed_in: SignedIn) -> None:
    client, path = signed_in(head), f"/key-accounts/?show={show}"
    first = list(Account.objects.filter(in_ledger=True).order_by("code")[:2])
    _prepare(first, show, run, head)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        assert len(codes(client.get(path))) >= 2
    _prepare(list(Account.objects.filter(in_ledger=True).exclude(pk__in=[one.pk for one in first])), show, run, head)
    with CaptureQueriesContext(connection) as many:
        assert len(codes(client.get(path))) > 5
    assert len(many) == len(few)


def _prepare(accounts: list[Account], show: str, run: Run, by: User) -> None:
    if show == "open":
        Standing.objects.filter(run=run, account__in=accounts).update(key=True)
        return
    for one in accounts:
        decide(one, KeyStatus.KEY, by)
