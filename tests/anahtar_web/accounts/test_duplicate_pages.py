"""Pages of duplicates: suggested, compared, merged, told apart, undone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anahtar.rules.duplicates import Kind, Suggestion
from anahtar.words import say
from anahtar_web.accounts.actions import dismiss, edit, keep_suggestions, merge
from anahtar_web.accounts.lineage import rebuild
from anahtar_web.accounts.models import Account, Dismissal, Merge
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import asked, nothing_changes, said, send
from tests.anahtar_web.conftest import account

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"accounts:{name}", args=args)


def suspect(*pairs: tuple[str, str]) -> None:
    keep_suggestions([Suggestion(Kind.NAME, pair, 0.9, (say("{n} day", "{n} days", n=4),)) for pair in pairs])


@pytest.mark.parametrize("who", ["ana", "chen", "marketing", "auditor"])
def test_who_may_not_curate_sees_no_pair_and_changes_no_row(
    who: str, acme: Account, birch: Account, head: User, request: pytest.FixtureRequest, signed_in: SignedIn
) -> None:
    suspect(("0001", "0002"))
    dismissal = dismiss(first=acme, second=birch, by=head)
    cedar = account("3", "Cedar")
    done = merge(source=cedar, target=acme, by=head, reason="same")
    client = signed_in(request.getfixturevalue(who))
    with nothing_changes():
        for name, args in (("duplicates", ()), ("merges", ()), ("apart", ()), ("merge", (acme.pk,))):
            assert client.get(at(name, *args)).status_code == 403
        pair = at("pair", acme.pk, birch.pk)
        assert client.get(pair).status_code == 403
        assert send(client, pair, stays=str(acme.pk), reason="r").status_code == 403
        assert send(client, at("tell_apart", acme.pk, birch.pk)).status_code == 403
        assert send(client, at("undo_merge", done.pk)).status_code == 403
        assert send(client, at("suggest_again", dismissal.pk)).status_code == 403


def test_pairs_stand_with_what_speaks_for_them(
    acme: Account, birch: Account, analyst: User, signed_in: SignedIn
) -> None:
    client = signed_in(analyst)
    assert "No pair waits for a decision" in client.get(at("duplicates")).content.decode()
    suspect(("0001", "0002"))
    page = client.get(at("duplicates")).content.decode()
    assert "4 days" in page
    assert at("pair", acme.pk, birch.pk) in page
    assert "No pair waits" in client.get(at("duplicates"), {"kind": "successor"}).content.decode()
    assert "4 days" in client.get(at("duplicates"), {"kind": "nonsense", "page": "99"}).content.decode()


def test_two_accounts_are_compared_with_what_would_become_of_each(
    acme: Account, birch: Account, head: User, signed_in: SignedIn
) -> None:
    works = account("3", "Works", parent=birch)
    rebuild([works.pk])
    page = signed_in(head).get(at("pair", birch.pk, acme.pk)).content.decode()
    assert "Sales of Birch Ilgaz Ltd. Şti. count for Acme Çelik A.Ş., and the code 0002 leads here." in page
    assert "1 company of Birch Ilgaz Ltd. Şti. moves below Acme Çelik A.Ş." in page
    assert "Chen Öztürk&#x27;s part ends: Key account manager." in page
    assert "Boris Çağlar comes along: Service." in page


def test_the_chosen_one_stays(acme: Account, birch: Account, head: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    with nothing_changes():
        without = send(client, at("pair", acme.pk, birch.pk), stays=str(acme.pk))
        assert (without.status_code, list(without.context["page"].form.errors)) == (422, ["reason"])
        other = send(client, at("pair", acme.pk, birch.pk), stays="999", reason="same")
        assert list(other.context["page"].form.errors) == ["stays"]
    answer = send(client, at("pair", acme.pk, birch.pk), stays=str(birch.pk), reason="same tax number")
    assert said(answer) == ["Acme Çelik A.Ş. goes on under Birch Ilgaz Ltd. Şti.. The figures follow."]
    acme.refresh_from_db()
    assert acme.merged_into == birch
    page = client.get(at("pair", acme.pk, birch.pk)).content.decode()
    assert "Undo that merge first." in page


def test_what_cannot_be_one_is_refused_on_the_page(acme: Account, head: User, signed_in: SignedIn) -> None:
    works = account("3", "Works", parent=acme)
    rebuild([works.pk])
    client = signed_in(head)
    with nothing_changes():
        answer = send(client, at("pair", acme.pk, works.pk), stays=str(works.pk), reason="same")
    assert answer.status_code == 422
    assert "Works belongs to the group Acme" in answer.content.decode()
    assert client.get(at("pair", acme.pk, acme.pk)).status_code == 404


def test_an_account_is_merged_from_its_own_page(acme: Account, birch: Account, head: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    assert "With which account?" in client.get(at("merge", acme.pk)).content.decode()
    assert client.get(at("merge", acme.pk), {"other": "0002"}).headers["Location"] == at("pair", acme.pk, birch.pk)
    assert client.get(at("merge", acme.pk), {"other": "0001"}).status_code == 422
    assert client.get(at("merge", acme.pk), {"other": "nobody"}).status_code == 422


def test_a_merge_is_undone_and_what_was_changed_since_is_named(
    acme: Account, birch: Account, head: User, signed_in: SignedIn
) -> None:
    payee = account("4", "Payee", payer=birch)
    done = merge(source=birch, target=acme, by=head, reason="same")
    payee.refresh_from_db()
    edit(account=payee, version=payee.version, fields={"payer": None}, by=head)
    client = signed_in(head)
    assert "Birch Ilgaz" in client.get(at("merges")).content.decode()
    answer = send(client, at("undo_merge", done.pk))
    assert answer.status_code == 302
    assert said(answer) == [
        "Birch Ilgaz Ltd. Şti. and Acme Çelik A.Ş. are two again. The figures follow.",
        "Somebody has changed this since, and it stays: Payee keeps the payer somebody named since.",
    ]
    birch.refresh_from_db()
    assert birch.merged_into is None
    with nothing_changes():
        assert send(client, at("undo_merge", done.pk)).status_code == 302
    assert "undone by Hale Şef" in client.get(at("merges")).content.decode()


def test_the_same_undo_sent_twice_is_one(acme: Account, birch: Account, head: User, signed_in: SignedIn) -> None:
    done = merge(source=birch, target=acme, by=head, reason="same")
    client = signed_in(head)
    answers = [client.post(at("undo_merge", done.pk), {"once": "the-same"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Merge.objects.filter(undone_at=None).count() == 0


def test_a_pair_is_told_apart_and_doubted_again(acme: Account, birch: Account, head: User, signed_in: SignedIn) -> None:
    suspect(("0001", "0002"))
    client = signed_in(head)
    assert send(client, at("tell_apart", birch.pk, acme.pk)).status_code == 302
    assert "No pair waits" in client.get(at("duplicates")).content.decode()
    assert "Birch Ilgaz" in client.get(at("apart")).content.decode()
    assert send(client, at("suggest_again", Dismissal.objects.get().pk)).status_code == 302
    assert "4 days" in client.get(at("duplicates")).content.decode()


def test_the_pages_ask_the_same_however_many_pairs_there_are(
    acme: Account, birch: Account, head: User, signed_in: SignedIn
) -> None:
    client = signed_in(head)
    addresses = (at("duplicates"), at("merges"), at("apart"), at("pair", acme.pk, birch.pk))
    counts = []
    for grown in (3, 18):
        made = [(account(f"A{grown}-{n}", f"A {n}"), account(f"B{grown}-{n}", f"B {n}")) for n in range(grown)]
        suspect(("0001", "0002"), *((one.code, other.code) for one, other in made))
        merge(source=made[0][0], target=made[0][1], by=head, reason="same")
        dismiss(first=made[1][0], second=made[1][1], by=head)
        client.get(addresses[0])
        counts.append([asked(client, address) for address in addresses])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 20
