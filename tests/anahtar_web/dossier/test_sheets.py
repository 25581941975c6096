"""Contracts, reference rights and demands: kept in versions, refused where two write at once, due before their day."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from anahtar_web.accounts.models import Account
from anahtar_web.audit.models import Entry
from anahtar_web.company.queries import today
from anahtar_web.dossier.actions import UnableToKeep, keep, remove
from anahtar_web.dossier.models import Contract, Demand, Permission
from anahtar_web.dossier.queries import contracts_due, sheets_of
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import nothing_changes, send
from tests.anahtar_web.dossier.facts import ago

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def contract(account: Account, by: User, **fields: object) -> Contract:
    return keep(model=Contract, account=account, fields={"title": "Frame", **fields}, by=by)


def test_a_contract_is_due_before_its_notice_to_who_sees_the_account(
    acme: Account, birch: Account, ana: User, chen: User, head: User, signed_in: SignedIn
) -> None:
    soon, later = today() + timedelta(days=20), today() + timedelta(days=200)
    contract(acme, ana, title="Frame", notice_by=soon, ends_on=later)
    contract(acme, ana, title="Stock", ends_on=soon + timedelta(days=1))
    contract(birch, chen, title="Theirs", ends_on=soon)
    contract(acme, ana, title="For ever")
    until = today() + timedelta(days=90)
    assert [row.title for row in contracts_due(ana, until)] == ["Frame", "Stock"]
    assert [row.title for row in contracts_due(chen, until)] == ["Theirs"]
    assert [row.title for row in contracts_due(head, until)] == ["Frame", "Theirs", "Stock"]
    assert list(contracts_due(ana, today())) == []
    for reader, theirs in ((ana, False), (head, True)):
        html = signed_in(reader).get("/facts/").content.decode()
        assert "20 days left" in html
        assert ("Theirs" in html) is theirs


def test_the_version_before_stays_readable_as_of_its_day(acme: Account, ana: User) -> None:
    then = timezone.now() - timedelta(days=100)
    first = keep(model=Demand, account=acme, fields={"demand": "Papers"}, by=ana, at=then)
    answered = {"demand": "Papers", "answer": "With each lot", "state": "answered"}
    keep(model=Demand, account=acme, fields=answered, seen=first, by=ana)
    assert [row.state for row in sheets_of(acme, Demand)] == ["answered"]
    assert [row.state for row in sheets_of(acme, Demand, ago(50))] == ["open"]
    assert sheets_of(acme, Demand, ago(150)) == []
    entry = Entry.objects.get(verb="demand.changed")
    assert (entry.before["state"], entry.after["state"]) == ("open", "answered")


def test_two_people_change_one_contract_and_the_second_is_shown_the_first(
    acme: Account, ana: User, boris: User, signed_in: SignedIn
) -> None:
    first = contract(acme, ana)
    second = keep(model=Contract, account=acme, fields={"title": "Frame 2"}, seen=first, by=boris)
    with pytest.raises(EditedMeanwhile):
        keep(model=Contract, account=acme, fields={"title": "Frame 3"}, seen=first, by=ana)
    path = f"/accounts/{acme.pk}/sheets/contract/{first.pk}/change/"
    form = {"title": "Frame 3", "currency": "", "seen": str(first.pk)}
    answer = send(signed_in(ana), path, **form)
    assert answer.status_code == 409
    assert "Frame 2" in answer.content.decode()
    assert send(signed_in(ana), path, **(form | {"seen": str(second.pk)})).status_code == 302
    assert [row.title for row in sheets_of(acme, Contract)] == ["Frame 3"]


def test_what_is_taken_out_says_why_and_holds_no_more(acme: Account, ana: User) -> None:
    right = keep(model=Permission, account=acme, fields={"what": "logo", "uses": "Website"}, by=ana)
    with pytest.raises(UnableToKeep, match="Say why"):
        remove(account=acme, sheet=right, reason=" ", by=ana)
    remove(account=acme, sheet=right, reason="They took it back", by=ana)
    assert sheets_of(acme, Permission) == []
    right.refresh_from_db()
    assert (right.removed_by, right.remove_reason) == (ana, "They took it back")
    with pytest.raises(UnableToKeep, match="taken it out"):
        remove(account=acme, sheet=right, reason="Again", by=ana)


@pytest.mark.parametrize(
    ("sheet", "form", "sentence"),
    [
        ("contract", {"title": "A", "starts_on": "2026-05-01", "ends_on": "2026-04-01"}, "ends before it starts"),
        ("contract", {"title": "A", "ends_on": "2026-04-01", "notice_by": "2026-05-01"}, "notice would come too late"),
        ("contract", {"title": "A", "money": "12", "currency": ""}, "in which currency"),
        ("demand", {"subject": "quality", "demand": "A", "state": "answered"}, "Say what we answered"),
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused_in_its_form(
    acme: Account, ana: User, signed_in: SignedIn, sheet: str, form: dict[str, str], sentence: str
) -> None:
    client = signed_in(ana)
    with nothing_changes():
        answer = send(client, f"/accounts/{acme.pk}/sheets/{sheet}/add/", **form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_sheet_of_another_account_is_reached_through_none(
    acme: Account, birch: Account, ana: User, chen: User, signed_in: SignedIn
) -> None:
    theirs = contract(birch, chen)
    client = signed_in(ana)
    for path in ("", "change/", "remove/"):
        assert client.get(f"/accounts/{acme.pk}/sheets/contract/{theirs.pk}/{path}").status_code == 404
    assert client.get(f"/accounts/{acme.pk}/sheets/nothing/add/").status_code == 404
