"""Files that wait for a word on them are searched for a person, and go whole when the person is erased."""

from typing import Any

import pytest
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.interactions.actions.enclosing import new_folder, path_of
from anahtar_web.interactions.models import Dropped
from anahtar_web.people.models import User
from anahtar_web.privacy import journal
from anahtar_web.privacy.actions import erase, replay
from anahtar_web.privacy.holders import everything
from anahtar_web.privacy.models import Erasure
from anahtar_web.stakeholders.actions import add, add_address
from anahtar_web.stakeholders.models import Stakeholder
from tests.anahtar_web.files.conftest import data  # noqa: F401  # the data folder

pytestmark = pytest.mark.django_db

ADDRESS = "gulizar@acme.example"


def mail(*people: str, text: str = "") -> dict[str, Any]:
    """A mail as the walled process tells it."""
    return {"kind": "mail", "subject": "Fiyat", "people": [["", one] for one in people], "text": text, "key": "x"}


def waits(account: Account | None, by: User | None, *items: dict[str, Any]) -> Dropped:
    """A file that waits, with the files of its mails."""
    folder = new_folder()
    (path_of(folder) / "0").write_bytes(b"CV")
    made: Dropped = Dropped.objects.create(
        account=account, by=by, name="posta.mbox", items=list(items), folder=folder, from_folder=by is None
    )
    return made


@pytest.fixture
def gulizar(acme: Account, ana: User) -> Stakeholder:
    who = add(account=acme, fields={"name": "Gülizar Öztürkoğlu"}, by=ana)
    add_address(who=who, kind="email", value=ADDRESS, by=ana)
    return who


def test_what_waits_and_names_the_person_is_shown_and_goes_whole(
    gulizar: Stakeholder,
    acme: Account,
    ana: User,
    director: User,
    signed_in: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    named = waits(acme, ana, mail("kerem@acme.example"), mail(ADDRESS, "kerem@acme.example"))
    in_words = waits(None, None, mail("x@y.example", text="Gülizar Öztürkoğlu aradı"))
    other = waits(acme, ana, mail("kerem@acme.example"))

    told = {section.name: section.rows for section in everything(gulizar)}["waiting"]
    assert [dict(row)["Texts that name the person"] for row in told] == ["1", "1"]
    assert [dict(row)["Brought by"] for row in told] == [str(ana), "the mail folder"]
    client: Client = signed_in(director)
    address = f"/accounts/{acme.pk}/people/{gulizar.pk}/data/"
    assert "Dropped files that wait" in client.get(address).content.decode()
    assert "2 dropped files or mails that wait" in client.get(f"{address}erase/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        made = erase(who=gulizar, reason="x", by=director)

    assert list(Dropped.objects.values_list("pk", flat=True)) == [other.pk]
    assert not path_of(named.folder).exists()
    assert not path_of(in_words.folder).exists()
    assert path_of(other.folder).exists()
    made.refresh_from_db()
    assert made.counts["waiting"] == 2
    assert "Dropped files that wait for a word on them: 2" in client.get("/privacy/erasures/").content.decode()


def test_a_namesake_keeps_what_waits_for_them(gulizar: Stakeholder, acme: Account, ana: User, director: User) -> None:
    add(account=acme, fields={"name": gulizar.name}, by=ana)
    waits(acme, ana, mail("x@y.example", text=f"{gulizar.name} aradı"))

    erase(who=gulizar, reason="x", by=director)

    assert Dropped.objects.count() == 1


def test_what_came_back_with_a_restore_goes_again(
    gulizar: Stakeholder, acme: Account, ana: User, director: User
) -> None:
    key, written_at = gulizar.pk, gulizar.recorded_at
    erase(who=gulizar, reason="x", by=director)
    Erasure.objects.all().delete()
    Stakeholder(pk=key, account=acme, name="Gülizar Öztürkoğlu", by=ana).save(force_insert=True)
    Stakeholder.objects.filter(pk=key).update(recorded_at=written_at)
    waits(acme, ana, mail("x@y.example", text="Gülizar Öztürkoğlu aradı"))

    assert replay(journal.read(journal.file())) == 1
    assert not Dropped.objects.exists()
