"""Accounts chosen in the list: what one may do with them, and that only these are meant."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.gate import rights
from anahtar_web.gate.rights import Right, Role
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from tests.anahtar_web.insight.pages import codes
from tests.anahtar_web.insight.test_export import export, workbook

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def buttons(client: Client) -> set[str]:
    return set(re.findall(r'name="do" value="(\w+)"', client.get("/accounts/").content.decode()))


def test_it_offers_what_a_role_may(head: User, analyst: User, run: Run, signed_in: SignedIn) -> None:
    assert buttons(signed_in(head)) == {"assign", "export"}
    assert buttons(signed_in(analyst)) == {"export"}


def test_who_may_do_nothing_with_them_has_no_boxes(
    auditor: User, run: Run, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(auditor)
    assert 'form="chosen"' in client.get("/accounts/").content.decode()
    monkeypatch.setitem(rights.RIGHTS, Role.AUDITOR, rights.RIGHTS[Role.AUDITOR] - {Right.EXPORT})
    page = client.get("/accounts/").content.decode()
    assert codes(client.get("/accounts/"))
    for trace in ('form="chosen"', 'id="chosen"', "data-chosen-all"):
        assert trace not in page


def test_every_row_of_a_swap_can_be_chosen(head: User, run: Run, signed_in: SignedIn) -> None:
    swap = signed_in(head).get("/accounts/?sort=name", headers={"HX-Request": "true"})
    boxes = re.findall(r'name="id" form="chosen" value="(\d+)" aria-label="Choose ([^"]+)"', swap.content.decode())
    assert [int(pk) for pk, _name in boxes] == [row.pk for row in swap.context["page"].rows]
    assert '<form id="chosen"' in swap.content.decode()


def two(client: Client) -> tuple[list[str], str]:
    """Codes of two accounts of the list, and what their boxes send."""
    rows = client.get("/accounts/?sort=name").context["page"].rows[1:3]
    named = dict(Account.objects.values_list("pk", "code"))
    return [named[row.pk] for row in rows], "&".join(f"id={row.pk}" for row in rows)


def test_they_are_handed_over_on_the_page_of_assigning(head: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(head)
    chosen, sent = two(client)
    page = client.get(f"/accounts/chosen/?columns=name,code&sort=name&{sent}&do=assign", follow=True)
    assert [line.account.code for line in page.context["page"].lines] == chosen


def test_only_they_are_taken_out_with_order_and_columns_of_the_list(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    chosen, sent = two(client)
    asked = client.get(f"/accounts/chosen/?columns=name,code,revenue&sort=-name&{sent}&do=export")
    page = client.get(asked.headers["Location"])
    assert "2 rows with 3 columns" in " ".join(page.content.decode().split())
    address = re.search(r'action="/accounts/export/\?([^"]+)"', page.content.decode())
    assert address is not None
    _remark, _about, _blank, head, *rows = workbook(export(client, address[1].replace("&amp;", "&")))
    assert head == ["Account", "Code", "Revenue"]
    assert [row[1] for row in rows] == chosen[::-1]
    entry = Entry.objects.get(verb="accounts.exported")
    assert (entry.after["rows"], entry.after["chosen"]) == (2, sorted(chosen))


def test_an_account_one_does_not_see_is_absent(
    ana: User, chen: User, acme: Account, birch: Account, run: Run, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    for pk in (birch.pk, 999_999_999):
        for address in (f"/accounts/chosen/?id={acme.pk}&id={pk}&do=export", f"/accounts/export/?id={pk}"):
            assert client.get(address).status_code == 404
    assert export(client, f"id={birch.pk}").status_code == 404
    assert not Entry.objects.filter(verb="accounts.exported").exists()


@pytest.mark.parametrize("nonsense", ["do=delete", "do=", "do=assign&password=x"])
def test_nonsense_is_refused(head: User, run: Run, signed_in: SignedIn, nonsense: str) -> None:
    client = signed_in(head)
    _chosen, sent = two(client)
    assert client.get(f"/accounts/chosen/?{sent}&{nonsense}").status_code == 400


def test_without_a_choice_one_is_back_in_the_list(head: User, run: Run, signed_in: SignedIn) -> None:
    answer: Any = signed_in(head).get("/accounts/chosen/?sort=name&do=export")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/?sort=name")
