"""Interactions as people write them: on the page of their account, changed and deleted with what was before kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from anahtar_web.accounts.actions import merge, put_into_group
from anahtar_web.accounts.models import Account, Assignment
from anahtar_web.audit.models import Entry
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.interactions.actions import Parts, UnableToTakeTwice, UnableToWriteDown, Written, delete, edit
from anahtar_web.interactions.models import Interaction, NextTouch, Participant
from anahtar_web.interactions.queries import of, steps_of
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import ContactPoint, Stakeholder
from tests.anahtar_web.accounts.pages import asked, nothing_changes, send
from tests.anahtar_web.conftest import account
from tests.anahtar_web.insight.pages import plain
from tests.anahtar_web.interactions.made import ago, agreed, happened, person_of

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


def typed(**more: object) -> dict[str, object]:
    return {"kind": "call", "direction": "out", "day": ago(0).isoformat(), "subject": "Yearly prices", **more}


def page(client: Client, of: Account, more: str = "") -> str:
    return plain(client.get(f"/accounts/{of.pk}/interactions/{more}").content.decode())


def test_a_call_is_written_down_with_both_sides_and_what_comes_next(
    acme: Account, ana: User, boris: User, auditor: User, chen: User, signed_in: SignedIn
) -> None:
    ayse = person_of(acme, ana, email="ayse@acme.example")
    form = typed(
        **{"theirs": ayse.pk, "ours": ana.pk, "others": "boris@kuzey.example, Deniz <deniz@acme.example>"},
        **{"notes": "They want **two** years", "next_what": "Send the offer", "next_on": ago(-5).isoformat()},
        next_owner=boris.pk,
    )
    answer = send(signed_in(ana), f"/accounts/{acme.pk}/interactions/write/", **form)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/{acme.pk}/interactions/")
    made = Interaction.objects.get()
    assert {str(part) for part in made.participants.all()} == {"Ayşe Demir", "Ana Işık", "Boris Çağlar", "Deniz"}
    assert (NextTouch.objects.get().owner, NextTouch.objects.get().interaction) == (boris, made)
    for reader in (ana, auditor):
        html = signed_in(reader).get(f"/accounts/{acme.pk}/interactions/").content.decode()
        assert "They want <strong>two</strong> years" in html
        assert "Send the offer" in html
    assert signed_in(chen).get(f"/accounts/{acme.pk}/interactions/").status_code == 404
    entries = Entry.objects.filter(account_id=acme.pk, verb__in=["interaction.written", "next_step.agreed"])
    assert entries.count() == 2
    assert "Yearly prices" not in str(list(entries.values()))


@pytest.mark.parametrize("who", ["analyst", "auditor"])
def test_who_only_reads_writes_nothing(
    who: str, request: pytest.FixtureRequest, acme: Account, ana: User, signed_in: SignedIn
) -> None:
    row, step, client = happened(acme, ana), agreed(acme, ana), signed_in(request.getfixturevalue(who))
    assert "Write down" not in page(client, acme)
    with nothing_changes():
        for path, form in (
            ("write/", typed()),
            (f"{row.pk}/edit/", typed(version=1)),
            (f"{row.pk}/delete/", {"version": 1, "reason": "So"}),
            ("agree/", {"next_what": "x", "next_on": ago(-1).isoformat(), "next_owner": ana.pk}),
            (f"steps/{step.pk}/done/", {"seen": step.steps.get().pk}),
        ):
            assert send(client, f"/accounts/{acme.pk}/interactions/{path}", **form).status_code == 403


def test_half_a_form_is_refused_and_what_was_typed_stays(acme: Account, ana: User, signed_in: SignedIn) -> None:
    path, client = f"/accounts/{acme.pk}/interactions/write/", signed_in(ana)
    with nothing_changes():
        for wrong, sentence in (
            ({"subject": " "}, "required"),
            ({"day": "1900-01-01"}, "greater than"),
            ({"begins": "12:00", "ends": "11:00"}, "cannot end before"),
            ({"next_what": "Call"}, "on which day"),
            ({"next_on": ago(3).isoformat(), "next_what": "Call", "next_owner": ana.pk}, "no day for a next step"),
        ):
            answer = send(client, path, **typed(notes="What they said", **wrong))
            html = answer.content.decode()
            assert (answer.status_code, "What they said" in html) == (422, True), wrong
            assert sentence in plain(html)


def test_an_edit_keeps_what_was_written_and_a_second_one_is_shown_the_first(
    acme: Account, ana: User, boris: User, signed_in: SignedIn
) -> None:
    row = happened(acme, ana, 4, notes="First words")
    path = f"/accounts/{acme.pk}/interactions/{row.pk}/edit/"
    assert "First words" in signed_in(ana).get(path).content.decode()
    answer = send(signed_in(ana), path, **typed(version=1, notes="Second words", subject="Prices"))
    assert answer.status_code == 302
    answer = send(signed_in(boris), path, **typed(version=1, notes="Third words", subject="Prices"))
    assert answer.status_code == 409
    both = answer.content.decode()
    assert "Second words" in both
    assert "Third words" in both
    text = page(signed_in(boris), acme, f"{row.pk}/")
    assert "First words" in text
    assert "Version 1" in text
    with pytest.raises(EditedMeanwhile):
        edit(interaction=row, version=1, written=Written("call", "out", ago(1), "x"), parts=Parts(), by=ana)


def test_what_is_deleted_is_gone_from_every_list_and_stays_on_the_trail(
    acme: Account, ana: User, signed_in: SignedIn
) -> None:
    row, client = happened(acme, ana, subject="Wrong customer"), signed_in(ana)
    path = f"/accounts/{acme.pk}/interactions/{row.pk}/delete/"
    assert send(client, path, version=1, reason=" ").status_code == 422
    assert send(client, path, version=1, reason="It was Birch").status_code == 302
    assert "Wrong customer" not in page(client, acme)
    assert client.get(f"/accounts/{acme.pk}/interactions/{row.pk}/").status_code == 404
    assert "It was Birch" in plain(client.get(f"/accounts/{acme.pk}/trail/").content.decode())
    with pytest.raises(UnableToWriteDown):
        delete(interaction=row, version=2, reason="Again", by=ana)


def test_a_message_comes_once_also_after_a_merge_and_not_again_when_it_was_deleted(
    acme: Account, birch: Account, head: User
) -> None:
    row = happened(birch, head, source="eml", source_key="<1@acme.example>")
    happened(acme, head, source="eml", source_key="<1@acme.example>")
    with pytest.raises(UnableToTakeTwice, match="already"):
        happened(birch, head, source="eml", source_key="<1@acme.example>")
    delete(interaction=row, version=1, reason="Private", by=head)
    with pytest.raises(UnableToTakeTwice, match="deleted"):
        happened(birch, head, source="eml", source_key="<1@acme.example>")
    happened(birch, head, source="eml", source_key="<2@acme.example>")
    merge(source=birch, target=acme, by=head, reason="One")
    with pytest.raises(UnableToTakeTwice):
        happened(acme, head, source="eml", source_key="<2@acme.example>")


def test_people_of_another_house_take_no_part(acme: Account, birch: Account, head: User) -> None:
    stranger = person_of(birch, head, "Chen's buyer")
    with pytest.raises(UnableToWriteDown, match="another account"):
        happened(acme, head, parts=Parts(theirs=[stranger]))
    put_into_group(account=birch, group=acme, by=head, reason="One house")
    assert happened(acme, head, parts=Parts(theirs=[stranger])).pk


def test_an_address_becomes_somebody_in_every_interaction_and_the_next_mail_finds_them(
    acme: Account, ana: User, signed_in: SignedIn
) -> None:
    client = signed_in(ana)
    for _time in range(2):
        send(client, f"/accounts/{acme.pk}/interactions/write/", **typed(others="Veli Kaya <veli@acme.example>"))
    row = Interaction.objects.order_by("pk")[0]
    part = row.participants.get(address="veli@acme.example")
    path = f"/accounts/{acme.pk}/interactions/{row.pk}/who/{part.pk}/"
    assert "Veli Kaya" in client.get(path).content.decode()
    assert send(client, path, who="new", name="Veli Kaya").status_code == 302
    assert not Participant.objects.exclude(address="").exists()
    person = Stakeholder.objects.get(name="Veli Kaya")
    assert (person.account, person.participations.count()) == (acme, 2)
    assert ContactPoint.objects.get().key == "veli@acme.example"
    send(client, f"/accounts/{acme.pk}/interactions/write/", **typed(others="veli@ACME.example"))
    assert person.participations.count() == 3


def test_the_list_is_narrowed_by_kind_person_and_company(
    acme: Account, birch: Account, head: User, ana: User, signed_in: SignedIn
) -> None:
    put_into_group(account=birch, group=acme, by=head, reason="One house")
    ayse = person_of(acme, head)
    happened(acme, head, subject="Of the visit", kind="visit", parts=Parts(theirs=[ayse]))
    happened(birch, head, subject="Of the branch", kind="mail")
    client = signed_in(ana)
    every = page(client, acme)
    assert "Of the visit" in every
    assert "Of the branch" in every
    for asked_for, shown, hidden in (
        ("?kind=visit", "Of the visit", "Of the branch"),
        (f"?who=s{ayse.pk}", "Of the visit", "Of the branch"),
        (f"?who=u{head.pk}", "Of the branch", "Of the visit"),
        (f"?company={birch.pk}", "Of the branch", "Of the visit"),
        ("?who=s1%20or", "Nothing of that kind", "Of the visit"),
    ):
        text = page(client, acme, asked_for)
        assert (shown in text, hidden in text) == (True, False), asked_for
    assert client.get(f"/accounts/{acme.pk}/interactions/?owner=1").status_code == 400


def test_who_looks_after_nobody_begins_with_everything_they_see(
    acme: Account, birch: Account, head: User, ana: User, analyst: User, signed_in: SignedIn
) -> None:
    happened(acme, ana, subject="At Acme")
    agreed(birch, head, what="Offer to Birch", owner=head)
    for user, asked_for, both in ((analyst, "", True), (head, "", True), (ana, "", False), (ana, "?all=on", False)):
        text = plain(signed_in(user).get(f"/interactions/{asked_for}").content.decode())
        assert ("At Acme" in text, "Offer to Birch" in text) == (True, both), user
    other = account("0003", "Third")
    Assignment.objects.create(account=other, person=head, part="manager", since=ago(5))
    assert "At Acme" not in plain(signed_in(head).get("/interactions/").content.decode())


def test_the_pages_ask_the_same_number_of_questions_of_five_and_of_many(
    acme: Account, ana: User, signed_in: SignedIn
) -> None:
    client, ayse = signed_in(ana), person_of(acme, ana)
    paths = (f"/accounts/{acme.pk}/interactions/", "/interactions/")
    for _time in range(2):
        happened(acme, ana, parts=Parts(theirs=[ayse], ours=[ana]))
        agreed(acme, ana)
    few = [max(asked(client, path) for _time in "12") and asked(client, path) for path in paths]
    rows = [
        Interaction(account=acme, kind="call", direction="in", day=ago(at % 700), subject=f"No {at}", by=ana)
        for at in range(300)
    ]
    made = Interaction.objects.bulk_create(rows)
    Participant.objects.bulk_create(Participant(interaction=one, stakeholder=ayse) for one in made)
    assert [asked(client, path) for path in paths] == few


def test_the_list_goes_on_where_a_page_ends(acme: Account, ana: User, signed_in: SignedIn) -> None:
    Interaction.objects.bulk_create(
        Interaction(account=acme, kind="call", direction="in", day=ago(at // 3), subject=f"Number-{at:03}", by=ana)
        for at in range(120)
    )
    client, seen, path = signed_in(ana), list[str](), f"/accounts/{acme.pk}/interactions/"
    while path:
        html = client.get(path).content.decode()
        seen += [part[:3] for part in html.split(">Number-")[1:]]
        older = html.partition('href="?before=')[2].partition('"')[0]
        path = f"/accounts/{acme.pk}/interactions/?before={older}" if older else ""
    assert sorted(seen) == [f"{at:03}" for at in range(120)]


def test_what_was_known_on_a_day_is_what_was_written_then(acme: Account, ana: User) -> None:
    row = happened(acme, ana, 9, notes="As it was")
    step = agreed(acme, ana)
    past = ago(3)
    before = row.recorded_at - timedelta(days=5)
    Interaction.objects.update(recorded_at=before, written_at=before)
    Participant.objects.update(added_at=before)
    row.refresh_from_db()
    edit(interaction=row, version=1, written=Written("call", "in", ago(2), "Prices"), parts=Parts(), by=ana)
    then, now = of(acme, past)[0], of(acme)[0]
    assert [str(one) for one in then.participants] == ["Ana Işık"]
    assert (then.content.notes, then.content.day) == ("As it was", ago(9))
    assert (now.content.notes, now.content.day, list(now.participants)) == ("", ago(2), [])
    assert of(acme, ago(6)) == []
    assert ([one.touch for one in steps_of(acme)], steps_of(acme, past)) == ([step], [])
