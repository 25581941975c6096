"""What is held of a person is shown, taken out and erased: wherever it is, and so that it does not come back."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client

from anahtar_web.accounts.actions import edit
from anahtar_web.accounts.models import Account
from anahtar_web.audit.chain import broken_links
from anahtar_web.audit.models import Entry
from anahtar_web.files import storage
from anahtar_web.files.actions import attach
from anahtar_web.files.models import Attachment
from anahtar_web.people.models import User
from anahtar_web.privacy import holders, journal
from anahtar_web.privacy.actions import UnableToErase, erase, export, replay
from anahtar_web.privacy.checks import persons
from anahtar_web.privacy.models import Erasure
from anahtar_web.search.models import Text
from anahtar_web.stakeholders.actions import add, add_address, relate, tie
from anahtar_web.stakeholders.actions import edit as edit_person
from anahtar_web.stakeholders.models import Stakeholder
from tests.anahtar_web.accounts.pages import nothing_changes, send
from tests.anahtar_web.files.conftest import data, pdf  # noqa: F401  # the data folder

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
NAME = "Gülizar Öztürkoğlu"


def written(account: Account, by: User, name: str = NAME, **more: Any) -> Stakeholder:
    return add(account=account, fields={"name": name, "position": "Satın alma müdürü", **more}, by=by)


@pytest.fixture
def gulizar(acme: Account, ana: User) -> Stakeholder:
    """Somebody with versions, addresses, ties, relations, somebody below, and what others wrote."""
    who = written(acme, ana, purpose="Satış", legal_ground="legitimate_interest")
    edit_person(who=who, version=who.version, fields={"name": NAME, "preferences": "Sade kahve içer"}, by=ana)
    who.refresh_from_db()
    add_address(who=who, kind="email", value="gulizar@acme.example", by=ana)
    below = written(acme, ana, "Kerem Demir", reports_to=who)
    tie(one=who, other=below, kind="influence", strength=3, note="Eski ortağı", by=ana)
    relate(who=who, colleague=ana, level=2, desired=3, note="Fuarda tanıştık", seen=None, by=ana)
    return who


def everything() -> str:
    """Every value of every row of every table, the trail included."""
    rows = []
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("anahtar_web."):
            rows += [repr(row) for row in model._base_manager.values_list()]
    return "\n".join(rows)


def test_an_erased_person_is_nowhere_and_the_trail_still_holds(
    gulizar: Stakeholder,
    acme: Account,
    ana: User,
    director: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    file = attach(account=acme, name=f"{NAME} özgeçmiş.pdf", content=pdf("CV"), by=ana)
    other = attach(account=acme, name="Teklif.pdf", content=pdf("Teklif"), by=ana)
    assert Text.objects.filter(title=NAME).exists()
    with django_capture_on_commit_callbacks(execute=True):
        made = erase(who=gulizar, reason="3 Mayıs'ta istedi", files=[file.pk], by=director)
    rest = everything()
    for words in (NAME, "Öztürkoğlu", "gulizar", "Sade kahve", "Fuarda", "Eski ortağı", "özgeçmiş"):
        assert words not in rest
    assert list(broken_links()) == []
    assert not storage.path_of(file.digest).exists()
    assert storage.path_of(other.digest).exists()
    assert Stakeholder.objects.get().reports_to is None
    assert (made.stakeholder, made.files) == (gulizar.pk or made.stakeholder, [file.pk])
    assert made.counts["stakeholders.stakeholderversion"] >= 2
    assert Entry.objects.get(verb="personal_data.erased").after == {"stakeholder": made.stakeholder}
    assert list(persons()) == []


def test_the_index_of_the_database_forgets_the_words_too(gulizar: Stakeholder, director: User) -> None:
    erase(who=gulizar, reason="x", by=director)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM search_index_data")
            assert not any(b"ozturkoglu" in block for (block,) in cursor.fetchall())


def test_a_person_who_comes_back_with_a_restore_is_erased_again(
    gulizar: Stakeholder, acme: Account, ana: User, director: User, django_capture_on_commit_callbacks: Any
) -> None:
    key, written_at = gulizar.pk, gulizar.recorded_at
    erase(who=gulizar, reason="x", by=director)
    lines = journal.read(journal.file())
    assert [line.stakeholder for line in lines] == [key]
    # What a restore of an older backup leaves: the person, and no word of the erasure.
    Erasure.objects.all().delete()
    back = Stakeholder(pk=key, account=acme, name=NAME, by=ana)
    back.save(force_insert=True)
    Stakeholder.objects.filter(pk=key).update(recorded_at=written_at)
    below = written(acme, ana, "Başka Biri", reports_to=Stakeholder.objects.get(pk=key))
    assert list(persons()) == [f"Person no. {key} was erased and is there again. Run anahtar-web erase_again."]
    call_command("erase_again")
    assert not Stakeholder.objects.filter(pk=key).exists()
    below.refresh_from_db()
    assert below.reports_to is None
    assert Erasure.objects.get().by is None
    assert list(persons()) == []
    assert replay(lines) == 0


def test_another_person_under_the_same_key_is_not_erased(
    gulizar: Stakeholder, acme: Account, ana: User, director: User
) -> None:
    key = gulizar.pk
    erase(who=gulizar, reason="x", by=director)
    Stakeholder(pk=key, account=acme, name="Masum Biri", by=ana).save(force_insert=True)
    assert replay(journal.read(journal.file())) == 0
    assert Stakeholder.objects.filter(pk=key).exists()


def test_an_erasure_that_fails_leaves_everything(
    gulizar: Stakeholder, acme: Account, birch: Account, director: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = attach(account=birch, name="a.pdf", content=pdf(), by=director)
    with nothing_changes():
        for reason, files in (("", []), (f"{NAME} istedi", []), ("x", [foreign.pk]), ("x", [999_999])):
            with pytest.raises(UnableToErase):
                erase(who=gulizar, reason=reason, files=files, by=director)
        with monkeypatch.context() as patch:
            patch.setattr(journal, "append", lambda _line: (_ for _ in ()).throw(OSError("disk full")))
            with pytest.raises(OSError, match="disk full"):
                erase(who=gulizar, reason="x", by=director)
    assert journal.read(journal.file()) == []


def test_a_torn_or_foreign_journal_is_told(gulizar: Stakeholder, director: User) -> None:
    erase(who=gulizar, reason="x", by=director)
    with journal.file().open("ab") as file:
        file.write(b'{"at": "2026')
    assert len(journal.read(journal.file())) == 1
    assert NAME.encode() not in journal.file().read_bytes()
    with journal.file().open("ab") as file:
        file.write(b"\n")
    assert "Line 2" in next(iter(persons()))
    journal.file().unlink()
    assert "is not in the journal" in next(iter(persons()))


def test_everything_that_is_held_is_in_the_package_for_people_and_for_programs(
    gulizar: Stakeholder, director: User
) -> None:
    with zipfile.ZipFile(io.BytesIO(export(who=gulizar, by=director).content)) as package:
        told, page = json.loads(package.read("data.json")), package.read("data.html").decode()
    names = {section["name"] for section in told["sections"]}
    assert {"person", "stakeholderversion.stakeholder", "contactpoint.stakeholder", "tie.from_one"} <= names
    for words in (NAME, "Sade kahve", "gulizar@acme.example", "Fuarda", "Eski ortağı", "Legitimate interest"):
        assert words in page
        assert words in json.dumps(told, ensure_ascii=False)
    assert "Kerem Demir" not in page
    assert Entry.objects.get(verb="personal_data.exported").after == {"stakeholder": gulizar.pk}


def test_every_field_that_refers_to_a_person_goes_with_them_or_lets_go() -> None:
    """A row that holds its person back would make every erasure fail, on the day somebody asks for one."""
    for relation in holders.relations():
        assert relation.on_delete.__name__ in ("CASCADE", "SET_NULL"), relation.related_model


def test_texts_of_others_that_name_the_person_are_listed(
    gulizar: Stakeholder, acme: Account, ana: User, director: User, signed_in: SignedIn
) -> None:
    acme.refresh_from_db()
    edit(account=acme, version=acme.version, fields={"remark": f"{NAME} ile görüşün"}, by=ana)
    page = signed_in(director).get(f"/accounts/{acme.pk}/people/{gulizar.pk}/data/").context["page"]
    assert [mention.title for mention in page.mentions] == ["Acme Çelik A.Ş."]


def test_only_who_protects_persons_takes_out_and_erases(
    gulizar: Stakeholder, acme: Account, admin: User, director: User, head: User, ana: User, auditor: User,
    signed_in: SignedIn,
) -> None:  # fmt: skip
    address = f"/accounts/{acme.pk}/people/{gulizar.pk}/data/"
    for user in (head, ana, auditor):
        client = signed_in(user)
        assert "What we hold" not in client.get(f"/accounts/{acme.pk}/people/{gulizar.pk}/").content.decode()
        with nothing_changes():
            assert client.get(address).status_code == 403
            assert client.get("/privacy/erasures/").status_code == 403
            assert send(client, f"{address}export/").status_code == 403
            assert send(client, f"{address}erase/", reason="x", sure="on").status_code == 403
    client = signed_in(director)
    assert "What we hold" in client.get(f"/accounts/{acme.pk}/people/{gulizar.pk}/").content.decode()
    taken = send(client, f"{address}export/")
    assert taken.headers["Content-Disposition"] == f'attachment; filename="person-{gulizar.pk}.zip"'
    assert b"".join(taken.streaming_content)[:2] == b"PK"
    with nothing_changes():
        assert send(client, f"{address}erase/", reason="x").status_code == 422
    once, seen = uuid4().hex, client.get(f"{address}erase/").context["page"].seen
    for _time in range(2):
        answer = client.post(f"{address}erase/", {"once": once, "seen": seen, "reason": "asked for it", "sure": "on"})
        assert answer.status_code == 302
    page = signed_in(admin).get("/privacy/erasures/").content.decode()
    assert "asked for it" in page
    assert NAME not in page
    assert Erasure.objects.count() == 1
    assert client.get(address).status_code == 404


def test_a_blanked_document_can_still_be_referred_to(
    gulizar: Stakeholder, acme: Account, ana: User, director: User
) -> None:
    file = attach(account=acme, name=f"{NAME}.pdf", content=pdf(), by=ana)
    erase(who=gulizar, reason="x", files=[file.pk], by=director)
    blank = Attachment.objects.get(pk=file.pk)
    assert (blank.name, blank.digest, blank.removal_reason) == (f"{file.pk}.pdf", "", "erased")
