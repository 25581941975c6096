"""Pages of teams: who may see and change who looks after an account."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anahtar_web.accounts.actions import hand_over, join_team, merge
from anahtar_web.accounts.lineage import rebuild
from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.accounts.queries import managers_of
from anahtar_web.company.queries import today
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import asked, nothing_changes, said, send
from tests.anahtar_web.conftest import account

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"accounts:{name}", args=args)


def test_the_team_its_plans_and_its_past_are_shown_with_where_they_come_from(
    acme: Account, ana: User, boris: User, chen: User, head: User, signed_in: SignedIn
) -> None:
    works = account("3", "Works", parent=acme)
    rebuild([works.pk])
    hand_over(account=works, to=chen, by=head, on=today() - timedelta(30))
    hand_over(account=works, to=ana, by=head, on=today() - timedelta(10))
    hand_over(account=works, to=boris, by=head, on=today() + timedelta(10))
    page = signed_in(ana).get(at("team", works.pk)).content.decode()
    assert "inherited from Acme Çelik A.Ş." in page
    assert "Planned" in page
    assert "Who it was" in page
    assert "Chen Öztürk" in page
    assert "Hand over" not in page
    assert "Hand over" in signed_in(head).get(at("team", works.pk)).content.decode()


def test_a_part_for_a_merged_account_stays_in_the_history(
    acme: Account, birch: Account, chen: User, head: User, signed_in: SignedIn
) -> None:
    merge(source=birch, target=acme, by=head, reason="same")
    page = signed_in(head).get(at("team", acme.pk)).content.decode()
    assert "Chen Öztürk" in page
    assert "Birch Ilgaz" in page


@pytest.mark.parametrize("who", ["chen", "ana", "boris", "marketing", "auditor"])
@pytest.mark.parametrize("what", ["hand_over", "join_team", "end_part"])
def test_who_may_not_assign_is_refused_and_changes_no_row(
    who: str, what: str, acme: Account, chen: User, request: pytest.FixtureRequest, signed_in: SignedIn
) -> None:
    client = signed_in(request.getfixturevalue(who))
    client.get(at("find"))
    part = Assignment.objects.filter(account=acme).first()
    assert part is not None
    address = at(what, acme.pk, part.pk) if what == "end_part" else at(what, acme.pk)
    form = {"to": str(chen.pk), "person": str(chen.pk), "part": "sales", "on": today().isoformat()}
    with nothing_changes():
        assert client.get(address).status_code == 403
        assert send(client, address, **form).status_code == 403


def bare(answer: Any) -> str:
    """A page without the tokens of its forms and its own address."""
    page = re.sub(
        r'name="(csrfmiddlewaretoken|once|back)" value="[^"]*"|"X-CSRFToken":"[^"]*"', "", answer.content.decode()
    )
    return page.replace(answer.wsgi_request.path, "")


def test_a_stranger_learns_nothing_of_a_team(acme: Account, chen: User, signed_in: SignedIn) -> None:
    client = signed_in(chen)
    invisible, absent = client.get(at("team", acme.pk)), client.get(at("team", 999_999))
    assert (invisible.status_code, absent.status_code) == (404, 404)
    assert bare(invisible) == bare(absent)


def test_an_account_is_handed_over_and_the_page_says_so(
    acme: Account, chen: User, head: User, signed_in: SignedIn
) -> None:
    answer = send(
        signed_in(head), at("hand_over", acme.pk), to=str(chen.pk), on=today().isoformat(), reason="Ana goes to Ankara"
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, at("team", acme.pk))
    assert "Chen Öztürk looks after Acme Çelik A.Ş. from" in said(answer)[0]
    assert managers_of([acme.pk], today()) == {acme.pk: chen}


def test_a_question_comes_alone_into_a_dialog(acme: Account, head: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    alone = client.get(at("hand_over", acme.pk), headers={"HX-Request": "true"}).content.decode()
    assert "<form" in alone
    assert "<html" not in alone
    assert "<html" in client.get(at("hand_over", acme.pk)).content.decode()


def test_a_refused_hand_over_keeps_what_was_typed_and_says_why(
    acme: Account, ana: User, auditor: User, head: User, signed_in: SignedIn
) -> None:
    client = signed_in(head)
    with nothing_changes():
        again = send(client, at("hand_over", acme.pk), to=str(ana.pk), on=today().isoformat(), reason="Typed by Hale")
    assert again.status_code == 422
    assert "looks after Acme Çelik A.Ş. on that day already" in again.content.decode()
    assert "Typed by Hale" in again.content.decode()
    with nothing_changes():
        assert send(client, at("hand_over", acme.pk), to=str(auditor.pk), on=today().isoformat()).status_code == 422
        assert send(client, at("hand_over", acme.pk), to="x", on="32.13.2025").status_code == 422


def test_a_part_of_another_account_cannot_be_ended_through_this_one(
    acme: Account, birch: Account, head: User, signed_in: SignedIn
) -> None:
    other = Assignment.objects.get(account=birch)
    client = signed_in(head)
    with nothing_changes():
        address = at("end_part", acme.pk, other.pk)
        assert send(client, address, on=today().isoformat()).status_code == 404


def test_somebody_joins_leaves_and_a_plan_is_taken_back(
    acme: Account, chen: User, head: User, signed_in: SignedIn
) -> None:
    client = signed_in(head)
    tomorrow = (today() + timedelta(1)).isoformat()
    form = {"person": str(chen.pk), "part": "sales", "on": tomorrow}
    assert send(client, at("join_team", acme.pk), **form).status_code == 302
    planned = Assignment.objects.get(account=acme, person=chen)
    assert send(client, at("end_part", acme.pk, planned.pk)).status_code == 302
    assert not Assignment.objects.filter(account=acme, person=chen).exists()
    joined = join_team(account=acme, person=chen, part=Part.SALES, by=head, on=today() - timedelta(5))
    assert send(client, at("end_part", acme.pk, joined.pk), on=today().isoformat()).status_code == 302
    joined.refresh_from_db()
    assert joined.until == today()


def test_the_same_form_twice_is_one_hand_over(acme: Account, chen: User, head: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    form = {"once": "the-same", "to": str(chen.pk), "on": today().isoformat()}
    first, second = (client.post(at("hand_over", acme.pk), form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert Assignment.objects.filter(account=acme, person=chen).count() == 1


def test_nobody_is_assigned_to_a_merged_account(
    acme: Account, birch: Account, chen: User, head: User, signed_in: SignedIn
) -> None:
    merge(source=birch, target=acme, by=head, reason="same")
    client = signed_in(head)
    with nothing_changes():
        assert client.get(at("hand_over", birch.pk)).status_code == 409
        form = {"to": str(chen.pk), "on": today().isoformat()}
        assert send(client, at("hand_over", birch.pk), **form).status_code == 409


def test_several_accounts_are_given_at_once(
    acme: Account, birch: Account, boris: User, head: User, signed_in: SignedIn
) -> None:
    client = signed_in(head)
    chosen = [str(acme.pk), str(birch.pk)]
    page = client.get(at("assign"), {"id": chosen}).content.decode()
    assert "Acme Çelik A.Ş." in page
    assert "Birch Ilgaz Ltd. Şti." in page
    form = {"id": chosen, "person": str(boris.pk), "part": "manager", "on": today().isoformat()}
    answer = send(client, at("assign"), **form)
    assert said(answer) == ["2 accounts were assigned."]
    assert managers_of([acme.pk, birch.pk], today()) == {acme.pk: boris, birch.pk: boris}
    answer = send(client, at("assign"), **form)
    assert said(answer)[-1] == "0 accounts were assigned. 2 were so already."


@pytest.mark.parametrize("chosen", [["999999"], ["x"], ["-1"], [], ["1" * 30], [str(n) for n in range(600)]])
def test_accounts_that_are_none_are_absent_and_nothing_changes(
    chosen: list[str], acme: Account, boris: User, head: User, signed_in: SignedIn
) -> None:
    client = signed_in(head)
    form = {"person": str(boris.pk), "part": "manager", "on": today().isoformat()}
    with nothing_changes():
        with_acme = [*chosen, str(acme.pk)] if chosen else []
        assert send(client, at("assign"), id=with_acme, **form).status_code == 404
        assert client.get(at("assign"), {"id": with_acme}).status_code in ((400, 404) if chosen else (200,))


def test_one_refusal_refuses_all_of_them(
    acme: Account, birch: Account, boris: User, head: User, signed_in: SignedIn
) -> None:
    gone = account("3", "Gone", merged_into=birch)
    form = {"id": [acme.pk, gone.pk], "person": str(boris.pk), "part": "manager", "on": today().isoformat()}
    client = signed_in(head)
    with nothing_changes():
        answer = send(client, at("assign"), **form)
    assert answer.status_code == 422
    assert "Nothing was changed. Gone goes on under Birch Ilgaz Ltd. Şti.." in answer.content.decode()


def test_coverage_counts_what_a_person_sees_with_those_without_a_manager_first(
    acme: Account, birch: Account, ana: User, head: User, signed_in: SignedIn
) -> None:
    works, lone = account("3", "Works", parent=acme), account("4", "Lone")
    rebuild([works.pk])
    page = signed_in(head).get(at("teams")).context["page"]
    assert [(line.load.person.name, line.load.own, line.load.inherited) for line in page.lines] == [
        ("Ana Işık", 1, 1),
        ("Chen Öztürk", 1, 0),
    ]
    assert ([row.account for row in page.unmanaged], page.unmanaged_count) == ([lone], 1)
    mine = signed_in(ana).get(at("teams")).context["page"]
    assert [line.load.person for line in mine.lines] == [ana]
    assert mine.unmanaged_count == 0


def test_pages_of_teams_ask_the_same_however_many_there_are(
    acme: Account, boris: User, head: User, signed_in: SignedIn
) -> None:
    client = signed_in(head)
    counts = []
    for grown in (2, 25):
        for number in range(grown):
            made = account(f"A{grown}-{number}", f"Acme {number}", parent=acme)
            rebuild([made.pk])
            hand_over(account=made, to=boris, by=head, on=today() - timedelta(9))
            account(f"L{grown}-{number}", f"Lone {number}")
        chosen = "&".join(f"id={pk}" for pk in Account.objects.values_list("pk", flat=True))
        addresses = (at("team", acme.pk), at("teams"), f"{at('assign')}?{chosen}")
        client.get(addresses[0])
        counts.append([asked(client, address) for address in addresses])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 20
