"""Pages on which people write of accounts, and the trail of one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from anahtar_web.accounts.actions import edit, merge
from anahtar_web.accounts.models import Account, Assignment
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import asked, nothing_changes, said, send
from tests.anahtar_web.conftest import account

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"accounts:{name}", args=args)


def form(**typed: str) -> dict[str, str]:
    fields = ("name", "country", "tax_number", "website", "city", "sector", "remark", "payer")
    return {"version": "1", **dict.fromkeys(fields, ""), "name": "Acme Çelik A.Ş.", **typed}


@pytest.mark.parametrize("who", ["ana", "boris", "head"])
def test_who_looks_after_an_account_writes_of_it(
    who: str, acme: Account, request: pytest.FixtureRequest, signed_in: SignedIn
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert 'value="Acme Çelik A.Ş."' in client.get(at("edit", acme.pk)).content.decode()
    answer = send(client, at("edit", acme.pk), **form(city="Bursa", tax_number="877 001 34 06", country="TR"))
    assert (answer.status_code, said(answer)) == (302, ["Saved."])
    acme.refresh_from_db()
    assert (acme.city, acme.tax_number, acme.version) == ("Bursa", "8770013406", 2)


@pytest.mark.parametrize(("who", "status"), [("chen", 404), ("marketing", 403), ("auditor", 403), ("analyst", 403)])
def test_who_may_not_write_changes_no_row(
    who: str, status: int, acme: Account, birch: Account, request: pytest.FixtureRequest, signed_in: SignedIn
) -> None:
    client = signed_in(request.getfixturevalue(who))
    with nothing_changes():
        assert client.get(at("edit", acme.pk)).status_code == status
        assert send(client, at("edit", acme.pk), **form(city="Bursa")).status_code == status


def test_the_second_of_two_sees_both_versions_and_keeps_what_was_typed(
    acme: Account, ana: User, boris: User, signed_in: SignedIn
) -> None:
    first, second = signed_in(ana), signed_in(boris)
    assert first.get(at("edit", acme.pk)).status_code == second.get(at("edit", acme.pk)).status_code == 200
    assert send(first, at("edit", acme.pk), **form(city="Bursa", remark="Ana's remark")).status_code == 302
    with nothing_changes():
        again = send(second, at("edit", acme.pk), **form(city="İzmir", remark="Boris typed this"))
    page = again.content.decode()
    assert again.status_code == 409
    assert escape("Ana's remark") in page
    assert "Saved by Ana Işık." in page
    assert 'value="İzmir"' in page
    assert "Boris typed this</textarea>" in page
    assert [row.label for row in again.context["page"].versions if row.differs] == ["City", "Remark"]
    seen = again.context["page"].form["version"].value()
    assert send(second, at("edit", acme.pk), **form(version=seen, city="İzmir")).status_code == 302
    acme.refresh_from_db()
    assert (acme.city, acme.version) == ("İzmir", 3)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": " "}, "This field is required"),
        ({"tax_number": "8770013407", "country": "TR"}, "no Turkish tax number"),
        ({"tax_number": "8770013407"}, "no Turkish tax number"),
        ({"tax_number": "12345", "country": "TR"}, "no Turkish tax number"),
        ({"website": "javascript:alert(1)"}, "valid URL"),
        ({"website": "nonsense"}, "valid URL"),
        ({"payer": "nobody"}, "You see no account with this code or name"),
        ({"payer": "0001"}, "pays for itself"),
        ({"country": "XX"}, "valid choice"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_written(
    typed: dict[str, str], sentence: str, acme: Account, ana: User, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    with nothing_changes():
        answer = send(client, at("edit", acme.pk), **form(**typed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(
    ("number", "country", "kept"),
    [("DE 811 907 980", "DE", "DE 811 907 980"), ("5260001246", "PL", "5260001246"), ("TR-1", "", "TR-1")],
)
def test_the_number_of_another_country_is_taken_as_it_is_written(
    number: str, country: str, kept: str, acme: Account, ana: User, signed_in: SignedIn
) -> None:
    send(signed_in(ana), at("edit", acme.pk), **form(tax_number=number, country=country))
    acme.refresh_from_db()
    assert acme.tax_number == kept


@pytest.mark.parametrize("typed", ["0002", "0002 · Birch Ilgaz Ltd. Şti.", "birch ılgaz ltd. şti."])
def test_a_payer_is_named_by_code_or_name(
    typed: str, acme: Account, birch: Account, head: User, signed_in: SignedIn
) -> None:
    send(signed_in(head), at("edit", acme.pk), **form(payer=typed))
    acme.refresh_from_db()
    assert acme.payer == birch


def test_a_payer_somebody_does_not_see_is_as_good_as_absent(
    acme: Account, birch: Account, ana: User, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    answers = [send(client, at("edit", acme.pk), **form(payer=typed)) for typed in ("0002", "9999")]
    errors = [answer.context["page"].form.errors["payer"] for answer in answers]
    assert errors[0] == errors[1]


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "99"])
def test_a_form_that_tells_no_version_overwrites_nothing(
    version: str, acme: Account, ana: User, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    with nothing_changes():
        assert send(client, at("edit", acme.pk), **form(version=version, city="Bursa")).status_code == 409


def test_a_merged_account_is_not_written_on(acme: Account, birch: Account, head: User, signed_in: SignedIn) -> None:
    merge(source=birch, target=acme, by=head, reason="same")
    client = signed_in(head)
    with nothing_changes():
        assert client.get(at("edit", birch.pk)).status_code == 409
        answer = send(client, at("edit", birch.pk), **form(version="2", name="Other"))
    assert answer.status_code == 409
    assert "This account has gone on under another" in answer.content.decode()


def test_the_search_of_a_field_offers_what_a_person_sees(
    acme: Account, birch: Account, ana: User, head: User, signed_in: SignedIn
) -> None:
    query = {"field": "payer", "payer": "ILGAZ"}
    assert "0002 · Birch" in signed_in(head).get(at("find"), query).content.decode()
    assert "0002" not in signed_in(ana).get(at("find"), query).content.decode()
    assert signed_in(ana).get(at("find")).status_code == 200


def test_a_new_account_is_written_once(ana: User, signed_in: SignedIn) -> None:
    client = signed_in(ana)
    assert 'value="NEW-0001"' in client.get(at("new")).content.decode()
    sent = {"once": "the-same", **form(name="Dişli Sanayi"), "code": "NEW-0001"}
    first, second = (client.post(at("new"), sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    made = Account.objects.get()
    assert (made.name, made.code) == ("Dişli Sanayi", "NEW-0001")
    assert Assignment.objects.get().person == ana


def test_a_code_that_is_taken_is_refused_beside_its_field(acme: Account, head: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    with nothing_changes():
        answer = send(client, at("new"), **form(name="Other"), code="0001")
    assert answer.status_code == 422
    assert "The code 0001 is taken" in str(answer.context["form"].errors["code"])


@pytest.mark.parametrize("who", ["marketing", "auditor", "analyst"])
def test_who_may_not_write_makes_no_account(who: str, request: pytest.FixtureRequest, signed_in: SignedIn) -> None:
    client = signed_in(request.getfixturevalue(who))
    with nothing_changes():
        assert client.get(at("new")).status_code == 403
        assert send(client, at("new"), **form(name="Other"), code="N").status_code == 403


def test_the_trail_of_an_account_tells_what_was_before_and_after(
    acme: Account, ana: User, chen: User, marketing: User, signed_in: SignedIn
) -> None:
    edit(account=acme, version=1, fields={"city": "Bursa", "country": "TR"}, by=ana)
    page = signed_in(ana).get(at("trail", acme.pk)).content.decode()
    assert "Ana Işık changed what is written of Acme Çelik A.Ş." in page
    assert "Bursa" in page
    assert "Türkiye" in page
    assert signed_in(chen).get(at("trail", acme.pk)).status_code == 404
    assert signed_in(marketing).get(at("trail", acme.pk)).status_code == 403
    assert signed_in(ana).get(at("trail", acme.pk), {"before": "x"}).status_code == 200


def test_pages_of_writing_ask_the_same_however_many_accounts_there_are(
    acme: Account, head: User, ana: User, signed_in: SignedIn
) -> None:
    client = signed_in(head)
    addresses = (at("edit", acme.pk), at("new"), at("trail", acme.pk), f"{at('find')}?field=q&q=acme")
    counts = []
    for grown in (2, 40):
        for number in range(grown):
            account(f"A{grown}-{number}", f"Acme {number}", payer=acme)
            version = Account.objects.get(pk=acme.pk).version
            edit(account=acme, version=version, fields={"city": f"City {grown}-{number}"}, by=ana)
        client.get(addresses[0])
        counts.append([asked(client, address) for address in addresses])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 14
