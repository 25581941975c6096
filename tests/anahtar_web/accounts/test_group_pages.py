"""Pages of groups: where an account belongs, who pays, and the tree level by level."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anahtar_web.accounts.actions import LedgerAccount, put_into_group, sync_from_ledger, take_out_of_group
from anahtar_web.accounts.figures import Figure, Figures, use
from anahtar_web.accounts.lineage import rebuild
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages.group import LEVEL
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import asked, nothing_changes, said, send
from tests.anahtar_web.accounts.trees import parents
from tests.anahtar_web.conftest import account

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"accounts:{name}", args=args)


def below(above: Account, *accounts: Account) -> None:
    Account.objects.filter(pk__in=[each.pk for each in accounts]).update(parent=above)
    rebuild([each.pk for each in accounts])


@pytest.mark.parametrize("who", ["chen", "ana", "marketing", "auditor"])
@pytest.mark.parametrize("what", ["put_into_group", "create_group", "take_out", "follow_ledger"])
def test_who_may_not_curate_is_refused_and_changes_no_row(
    who: str, what: str, acme: Account, birch: Account, request: pytest.FixtureRequest, signed_in: SignedIn
) -> None:
    client = signed_in(request.getfixturevalue(who))
    form = {"group": "0002", "name": "New", "code": "NEW-1", "reason": "because"}
    with nothing_changes():
        assert client.get(at(what, acme.pk)).status_code == 403
        assert send(client, at(what, acme.pk), **form).status_code == 403


def test_an_account_is_put_into_a_group_and_out_again_with_a_reason(
    acme: Account, birch: Account, analyst: User, signed_in: SignedIn
) -> None:
    client = signed_in(analyst)
    with nothing_changes():
        without = send(client, at("put_into_group", acme.pk), group="0002")
        assert "reason" in without.context["form"].errors
    answer = send(client, at("put_into_group", acme.pk), group="0002", reason="one owner")
    assert (answer.status_code, answer.headers["Location"]) == (302, at("group", acme.pk))
    assert parents()["0001"] == "0002"
    with nothing_changes():
        around = send(client, at("put_into_group", birch.pk), group="0001", reason="the other way")
        assert "cannot be put below it" in around.content.decode()
    assert send(client, at("take_out", acme.pk), reason="sold").status_code == 302
    assert parents()["0001"] is None


def test_a_group_in_no_ledger_is_made_with_its_first_company(
    acme: Account, birch: Account, head: User, signed_in: SignedIn
) -> None:
    client = signed_in(head)
    assert 'value="NEW-0001"' in client.get(at("create_group", acme.pk)).content.decode()
    with nothing_changes():
        taken = send(client, at("create_group", acme.pk), name="Yeni Holding", code="0002", reason="known")
        assert "is taken" in taken.content.decode()
    answer = send(client, at("create_group", acme.pk), name="Yeni Holding", code="NEW-0001", reason="known")
    assert said(answer) == ["Acme Çelik A.Ş. belongs to Yeni Holding now. The figures follow."]
    assert parents() == {"0001": "NEW-0001", "0002": None, "NEW-0001": None}


def test_what_the_ledger_says_stays_shown_where_a_person_says_otherwise(head: User, signed_in: SignedIn) -> None:
    sync_from_ledger([LedgerAccount("1", "Acme", "Marmara Holding")], batch_of={}, by=None)
    acme = Account.objects.get(code="1")
    client = signed_in(head)
    assert "differs from the ledger" not in client.get(at("group", acme.pk)).content.decode()
    take_out_of_group(account=acme, by=head, reason="sold")
    page = client.get(at("group", acme.pk)).content.decode()
    assert "differs from the ledger" in page
    assert "Marmara Holding" in page
    assert send(client, at("follow_ledger", acme.pk), reason="a slip").status_code == 302
    assert parents()["1"] == "Marmara Holding"


def test_the_tree_opens_down_to_the_account_and_further_levels_when_asked(
    acme: Account, birch: Account, head: User, signed_in: SignedIn
) -> None:
    group, works = account("G", "Group"), account("3", "Works")
    deep = account("4", "Deep")
    below(group, acme, birch)
    below(acme, works)
    below(works, deep)
    client = signed_in(head)
    page = client.get(at("group", acme.pk)).content.decode()
    assert "Works" in page
    assert "Deep" not in page
    assert page.index("Acme") < page.index("Birch")  # its sister stands beside it
    level = client.get(at("companies", works.pk)).content.decode()
    assert "Deep" in level
    assert "<html" not in level
    assert "Birch" in client.get(at("companies", group.pk)).content.decode()


def test_a_wide_level_comes_in_portions(head: User, signed_in: SignedIn) -> None:
    narrow = account("N", "Narrow")
    below(narrow, account("N1", "Its company"))
    group = account("G", "Group")
    below(group, *(account(f"{at:03}", f"Company {at:03}") for at in range(LEVEL + 7)))
    client = signed_in(head)
    client.get(at("group", narrow.pk))
    assert asked(client, at("group", group.pk)) == asked(client, at("group", narrow.pk)) <= 16
    page = client.get(at("group", group.pk)).content.decode()
    assert page.count("Company 0") == LEVEL
    rest = client.get(at("companies", group.pk), {"begin": str(LEVEL)}).content.decode()
    assert rest.count("Company 0") == 7
    assert "More companies" not in rest
    assert client.get(at("companies", group.pk), {"begin": "x"}).status_code == 200


def test_people_see_of_a_tree_what_they_see_of_accounts(
    acme: Account, birch: Account, ana: User, chen: User, head: User, signed_in: SignedIn
) -> None:
    group = account("G", "Hidden group")
    for each in (acme, birch):
        put_into_group(account=each, group=group, by=head, reason="")
    page = signed_in(ana).get(at("group", acme.pk)).content.decode()
    assert "Birch" not in page
    assert "Hidden group" not in page
    for name in ("group", "companies"):
        assert signed_in(ana).get(at(name, group.pk)).status_code == 404
        assert signed_in(chen).get(at(name, acme.pk)).status_code == 404


def test_who_pays_and_for_whom_is_shown(acme: Account, birch: Account, head: User, signed_in: SignedIn) -> None:
    Account.objects.filter(pk=acme.pk).update(payer=birch)
    client = signed_in(head)
    assert "Birch Ilgaz" in client.get(at("group", acme.pk)).content.decode()
    assert "Acme Çelik" in client.get(at("group", birch.pk)).content.decode()


def test_revenue_stands_beside_the_names_as_soon_as_somebody_knows_it(
    acme: Account, head: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Known(Figures):
        currency = "TRY"

        def of(self, accounts: Any) -> dict[int, Figure]:
            return {pk: Figure(revenue=12_345_600_0000) for pk in accounts}

    monkeypatch.setattr("anahtar_web.accounts.figures._ANSWERING", [])
    use(Known())
    assert "12,345,600.00 TRY" in signed_in(head).get(at("group", acme.pk)).content.decode()
