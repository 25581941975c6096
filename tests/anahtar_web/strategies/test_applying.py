"""Which strategy holds for an account and for how many; the firm of the insight tests stands in cells."""

# ruff: noqa: F811  # fixtures of the insight tests, imported and then asked for by name

import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from anahtar.rules.account_type import AccountType
from anahtar_web.accounts.actions import Verdict, decide_key
from anahtar_web.accounts.models import Account, KeyDecision, KeyStatus
from anahtar_web.insight.models import Run, Standing
from anahtar_web.people.models import User
from anahtar_web.strategies.actions import write
from anahtar_web.strategies.applying import applying
from anahtar_web.strategies.queries import applies_to
from anahtar_web.strategies.subjects import SUBJECTS
from tests.anahtar_web.accounts.pages import asked
from tests.anahtar_web.conftest import account
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import data, firm, publish, run  # noqa: F401  # fixtures
from tests.anahtar_web.insight.pages import plain

SignedIn = Callable[[User], Client]


def decided(status: str, types: str) -> KeyDecision:
    return KeyDecision(status=status, types=types)


@pytest.mark.parametrize(
    ("decision", "cell", "code", "further"),
    [
        (None, "BY", "BY", []),
        (None, "", None, []),
        (None, "N", None, []),
        (decided("key", " image_maker "), "BY", "image_maker", []),
        (decided("key", " expert breadwinner "), "", "breadwinner", ["expert"]),
        (decided("key", ""), "AX", "AX", []),
        (decided("watch", " prospective "), "CX", "CX", []),
        (decided("not_key", ""), "AX", "AX", []),
    ],
)
def test_the_decided_type_of_a_key_account_goes_before_its_cell(
    decision: KeyDecision | None, cell: str, code: str | None, further: list[str]
) -> None:
    found = applying(decision, cell)
    assert (found.subject.code if found.subject else None) == code
    assert [one.code for one in found.further] == further
    assert found.why


def acme() -> Account:
    found: Account = Account.objects.get(code=sales.ACME)
    return found


@pytest.mark.django_db
def test_the_account_says_what_holds_and_why(head: User, run: Run, signed_in: SignedIn) -> None:
    cell, client = Standing.objects.get(account=acme()).cell, signed_in(head)
    assert cell in SUBJECTS
    for path in (f"/accounts/{acme().pk}/", f"/accounts/{acme().pk}/strategy/"):
        text = plain(client.get(path).content.decode())
        assert f"It stands in cell {cell}; no type of a key account was decided." in text
    verdict = Verdict(KeyStatus.KEY, "because", [AccountType.EXPERT, AccountType.BREADWINNER])
    decide_key(account=acme(), verdict=verdict, by=head)
    text = plain(client.get(f"/accounts/{acme().pk}/strategy/").content.decode())
    assert f"Decided as a key account of the type breadwinner, which goes before its cell {cell}." in text
    assert "Guard it, and hang less on it" in text
    assert "their strategies say more: Expert" in text
    alone = account("9999", "Prospect")
    assert "Nothing says how we behave here" in client.get(f"/accounts/{alone.pk}/strategy/").content.decode()


@pytest.mark.django_db
def test_each_account_is_counted_once_where_it_goes(head: User, ana: User, run: Run) -> None:
    standing = dict(Standing.objects.filter(cell__isnull=False).values_list("account__code", "cell"))
    assert applies_to(head) == Counter(standing.values())
    decide_key(account=acme(), verdict=Verdict(KeyStatus.KEY, "because", [AccountType.EXPERT]), by=head)
    cell = standing.pop(sales.ACME)
    expected = Counter(standing.values()) + Counter({"expert": 1})
    assert {code: n for code, n in applies_to(head).items() if n} == dict(expected)
    assert applies_to(head).get(cell, 0) == expected.get(cell, 0)
    assert applies_to(ana) == {}, "counted are the accounts one sees"


@pytest.mark.django_db
def test_a_decision_of_before_without_a_type_hides_nothing(head: User, run: Run) -> None:
    before = decide_key(account=acme(), verdict=Verdict(KeyStatus.WATCH, "let us see"), by=head)
    verdict = Verdict(KeyStatus.KEY, "because", [AccountType.EXPERT])
    decide_key(account=acme(), verdict=verdict, seen=before.pk, by=head)
    assert applies_to(head)["expert"] == 1
    assert sum(applies_to(head).values()) == Standing.objects.filter(cell__isnull=False).count()


@pytest.mark.django_db
def test_the_list_asks_as_often_for_many_accounts(head: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(head)
    client.get("/strategies/")
    few = asked(client, "/strategies/")
    for one in Account.objects.filter(in_ledger=True).order_by("pk"):
        decide_key(account=one, verdict=Verdict(KeyStatus.KEY, "because", [AccountType.EXPERT]), by=head)
    client.get("/strategies/")
    assert asked(client, "/strategies/") == few


@pytest.mark.django_db
def test_the_matrix_of_the_portfolio_says_the_companys_own_word(head: User, run: Run, signed_in: SignedIn) -> None:
    with translation.override("en"):
        write(subject=SUBJECTS["AX"], version=0, word="Guard daily", text="- Call **daily**", reason="So", by=head)
    html = signed_in(head).get("/portfolio/").content.decode()
    assert "Guard daily" in html
    assert re.search(r'title="AX · Guard daily\. Call daily"', html)
    assert "Keep and even out" in html
