"""The directory of competitors: edited, joined, and told of by apps above."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from anahtar_web.accounts.actions import merge as merge_accounts
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.competitors import panels
from anahtar_web.competitors.actions import (
    UnableToName,
    add,
    edit,
    merge,
)
from anahtar_web.competitors.models import Competitor
from anahtar_web.competitors.pages import one
from anahtar_web.competitors.queries import named, present_at
from anahtar_web.people.models import User
from anahtar_web.ui.panels import Looks, Panel
from tests.anahtar_web.accounts.pages import nothing_changes, send
from tests.anahtar_web.competitors.attacks import attack, share

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def test_a_name_stands_in_the_directory_once_however_it_is_typed(omega: Competitor, ana: User) -> None:
    with pytest.raises(UnableToName, match="already"):
        add(fields={"name": "  OMEGA IMALAT "}, by=ana)
    with pytest.raises(UnableToName, match="has a name"):
        add(fields={"name": "  "}, by=ana)


def test_two_people_edit_a_competitor(omega: Competitor, head: User, admin: User, signed_in: SignedIn) -> None:
    edit(competitor=omega, version=1, fields={"name": "Omega Group"}, by=admin)
    answer = send(signed_in(head), f"/competitors/{omega.pk}/edit/", version="1", name="Omega SA")
    assert answer.status_code == 409
    assert "Omega Group" in answer.content.decode()
    assert named("omega group") is not None


def test_the_directory_is_edited_by_those_who_define_dossiers(
    omega: Competitor, ana: User, marketing: User, signed_in: SignedIn
) -> None:
    other = add(fields={"name": "Other"}, by=ana)
    clients = [signed_in(ana), signed_in(marketing)]
    with nothing_changes():
        for path in (f"/competitors/{omega.pk}/edit/", f"/competitors/{omega.pk}/merge/"):
            form = {"version": "1", "name": "X", "stays": str(other.pk), "reason": "So"}
            assert [send(client, path, **form).status_code for client in clients] == [403, 403]


def test_one_that_turned_out_to_be_another_goes_on_under_its_name(
    acme: Account, omega: Competitor, head: User, ana: User, signed_in: SignedIn
) -> None:
    twin = add(fields={"name": "Omega A.Ş."}, by=ana)
    attack(acme, twin, ana)
    share(acme, twin, "0.2", ana)
    answer = send(signed_in(head), f"/competitors/{twin.pk}/merge/", stays=str(omega.pk), reason="One owner")
    assert answer.headers["Location"] == f"/competitors/{omega.pk}/"
    here = present_at(acme)[0]
    assert (here.presence.competitor, here.share and here.share.share) == (omega, Decimal("0.2000"))
    assert named("omega a.ş.") == omega
    assert "also called:" in signed_in(ana).get(f"/competitors/{omega.pk}/").content.decode()
    for gone, stays in ((omega, omega), (twin, omega)):
        with pytest.raises(UnableToName):
            merge(gone=gone, stays=stays, reason="So", by=head)


def test_an_app_above_tells_of_a_competitor_on_its_page(
    omega: Competitor, ana: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: Looks[Competitor, panels.Line] = Looks()
    monkeypatch.setattr(one, "LOOKS", looks)
    looks.register(lambda who, user: Panel("Tenders met", [panels.Line(f"{who} {user}", "/", "note", "won")]))
    looks.register(lambda _who, _user: None)
    html = signed_in(ana).get(f"/competitors/{omega.pk}/").content.decode()
    assert "Tenders met" in html
    assert f"{omega} {ana}" in html


def test_competitors_of_an_account_that_was_merged_are_read_with_the_one_it_went_into(
    acme: Account, birch: Account, omega: Competitor, chen: User, head: User, signed_in: SignedIn
) -> None:
    presence = attack(birch, omega, chen)
    merge_accounts(source=birch, target=acme, reason="One firm", by=head)
    assert [one.presence for one in present_at(acme)] == [presence]
    client = signed_in(head)
    assert client.get(f"/accounts/{acme.pk}/competitors/{presence.pk}/").status_code == 200
    with nothing_changes():
        send(client, f"/accounts/{acme.pk}/competitors/{presence.pk}/seen/", seen_on=str(today()), words="X")
