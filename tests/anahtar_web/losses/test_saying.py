"""Words of people on accounts that went on under another code."""

import pytest
from django.urls import reverse

from anahtar_web.audit.models import Entry
from anahtar_web.insight.models import Run
from anahtar_web.jobs.models import Job
from anahtar_web.losses.models import Succession
from anahtar_web.people.models import User
from tests.anahtar_web.accounts.pages import nothing_changes, send
from tests.anahtar_web.losses import sales
from tests.anahtar_web.losses.conftest import look_after
from tests.anahtar_web.losses.pages import SignedIn, page_of, text_of

pytestmark = pytest.mark.django_db


def test_a_person_says_that_two_are_not_one(run: Run, head: User, signed_in: SignedIn) -> None:
    client = signed_in(head)
    (pair,) = page_of(client, "successors").pairs
    assert pair.found.by == "basket"
    assert any("baskets are alike" in sentence for sentence in pair.evidence)
    told = {"old": sales.OLD, "new": sales.NEW, "goes_on": "no", "reason": "Two owners."}
    assert send(client, reverse("losses:say"), **told).status_code == 302
    said = Succession.objects.get()
    assert (said.old.code, said.new.code, said.goes_on, said.by) == (sales.OLD, sales.NEW, False, head)
    assert Job.objects.filter(kind="insight.analyse").exists()
    entry = Entry.objects.get(verb="account.succession_said")
    assert (entry.account_id, entry.reason) == (said.old.pk, "Two owners.")
    (pair,) = page_of(client, "successors").pairs
    assert pair.is_parted
    # They change their mind.
    send(client, reverse("losses:say"), **{**told, "goes_on": "yes"})
    assert Succession.objects.get().goes_on
    # Said again, nothing is new.
    entries = Entry.objects.count()
    send(client, reverse("losses:say"), **{**told, "goes_on": "yes"})
    assert Entry.objects.count() == entries


def test_words_that_cannot_be_are_refused_and_change_nothing(run: Run, head: User, signed_in: SignedIn) -> None:
    client, address = signed_in(head), reverse("losses:say")
    send(client, address, old="0001", new="0002", goes_on="yes")
    send(client, address, old="0002", new="0003", goes_on="yes")
    for old, new, sentence in (
        ("0004", "0004", "does not go on as itself"),
        ("0001", "0005", "already goes on as"),
        ("0003", "0001", "in a circle"),
        ("0004", "nobody", "You see no account"),
    ):
        with nothing_changes():
            answer = send(client, address, old=old, new=new, goes_on="yes")
        assert answer.status_code == 422
        assert sentence in answer.content.decode(), sentence


def test_who_may_not_curate_says_nothing(
    run: Run, ana: User, marketing: User, auditor: User, signed_in: SignedIn
) -> None:
    look_after(ana, sales.OLD, sales.NEW)
    for client in map(signed_in, (ana, marketing, auditor)):
        with nothing_changes():
            answer = send(client, reverse("losses:say"), old=sales.OLD, new=sales.NEW, goes_on="no")
        assert answer.status_code == 403
        assert "Not one" not in text_of(client, "successors")
