"""Whoever is erased goes from the words of others too: wherever people write, and nobody else with them."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any, Final

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from anahtar_web.accounts.models import Account
from anahtar_web.audit.written import texts_of, written
from anahtar_web.dossier.models import Fact
from anahtar_web.interactions.models import Interaction, Participant
from anahtar_web.people.models import User
from anahtar_web.privacy import holders, journal
from anahtar_web.privacy.actions import UnableToErase, erase, export, replay
from anahtar_web.privacy.models import Erasure
from anahtar_web.privacy.places import digest, places
from anahtar_web.search.models import Text
from anahtar_web.stakeholders.actions import add, add_address
from anahtar_web.stakeholders.models import Sight, Stakeholder, StakeholderVersion
from tests.anahtar_web.accounts.pages import nothing_changes, send
from tests.anahtar_web.files.conftest import data  # noqa: F401  # the data folder
from tests.anahtar_web.privacy.rows import made, write_everywhere
from tests.anahtar_web.privacy.test_persons import everything

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
NAME: Final = "Gülizar Öztürkoğlu"

WITHOUT: Final = {
    "audit.entry": "the trail: names are taken out before they are written",
    "people.user": "our own people",
    "company.company": "settings",
    "jobs.round": "names of chores",
    "accounts.suggestion": "sentences of the core about two accounts",
    "stakeholders.contactpoint": "goes with the person it is of",
    "dossier.definition": "kinds of facts, by the administrator",
    "tenders.reason": "the list of reasons, by the administrator",
    "tenders.brought": "a digest",
    "ledgers.savedmapping": "headings of files",
    "deliveries.deliveryline": "lines of the company's books",
    "insight.run": "what an analysis came to",
    "insight.standing": "what an analysis came to",
    "insight.turn": "codes",
    "foresight.forecast": "what an analysis came to",
    "foresight.outlook": "what an analysis came to",
    "foresight.directionoutlook": "what an analysis came to",
    "signals.signal": "what an analysis came to",
    "losses.lossreport": "what an analysis came to",
    "losses.partialloss": "what an analysis came to",
    "losses.gone": "what an analysis came to",
    "losses.continuation": "sentences of the core about two accounts",
    "interactions.calendaraddress": "a digest",
    "ledgers.portion": "months, sums and names of batches",
    "interactions.mailfolder": "settings, and what a server answers",
    "interactions.fetchedmail": "ids of messages, and what the program says of them",
    "search.text": "follows from the rows",
    "privacy.erasure": "refuses the name",
    "reports.subscription": "a filter",
}
"""Tables with texts that are not searched for a person, each with its reason."""


def written_down(account: Account, by: User, name: str = NAME, **more: Any) -> Stakeholder:
    return add(account=account, fields={"name": name, "position": "Satın alma", **more}, by=by)


@pytest.fixture
def gulizar(acme: Account, ana: User) -> Stakeholder:
    who = written_down(acme, ana)
    add_address(who=who, kind="email", value="gulizar@acme.example", by=ana)
    add_address(who=who, kind="phone", value="+90 532 111 22 33", by=ana)
    return who


def note(account: Account, by: User, notes: str, **more: Any) -> Interaction:
    return made(Interaction, account, by, tag="Görüşme", notes=notes, **more)


def test_every_table_with_words_is_searched_or_says_why_not() -> None:
    told = {of.name for of in written()}
    known = {
        model._meta.label_lower
        for model in apps.get_models()
        if model.__module__.startswith("anahtar_web.") and texts_of(model)
    }
    assert known - told - set(WITHOUT) == set()
    assert set(WITHOUT) <= known


def test_a_name_that_stands_in_every_column_is_gone_from_all_of_them(
    gulizar: Stakeholder, acme: Account, ana: User, director: User
) -> None:
    cells = write_everywhere(acme, ana, "GÜLİZAR ÖZTÜRKOĞLU'na")
    assert len(list(places(gulizar))) == cells
    erase(who=gulizar, reason="asked for it", by=director)
    rest = everything()
    for words in ("GÜLİZAR", "gulizar", "ÖZTÜRK", "ozturk"):
        assert words not in rest
    assert "[silinen kişi]'na" in rest
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM search_index_data")
            assert not any(b"ozturk" in block for (block,) in cursor.fetchall())


def test_mails_phones_and_whoever_is_known_by_an_address_go_too(
    gulizar: Stakeholder, acme: Account, birch: Account, ana: User, director: User
) -> None:
    one = note(birch, ana, "Gulizar@acme.example veya 0532 111 2233; 0532 111 2234 kalsın")
    for address, name in (("gulizar@acme.example", ""), ("g.o@mail.example", ""), ("kalan@acme.example", "Kalan Biri")):
        made(Participant, birch, ana, tag="x", interaction=one, address=address, name=name)
    at_home = note(acme, ana, "x")
    made(Participant, acme, ana, tag="x", interaction=at_home, address="g@ev.example", name="Öztürkoğlu, Gülizar")
    erase(who=gulizar, reason="asked for it", by=director)
    one.refresh_from_db()
    assert one.notes == "[silinen kişi] veya [silinen kişi]; 0532 111 2234 kalsın"
    assert set(Participant.objects.values_list("address", flat=True)) == {"g.o@mail.example", "kalan@acme.example"}


def test_a_first_name_alone_goes_only_where_somebody_says_who_is_meant(
    gulizar: Stakeholder, acme: Account, birch: Account, ana: User, director: User
) -> None:
    written_down(acme, ana, "Mehmet Öztürkoğlu")
    hers, others = note(acme, ana, "Gülizar Hanım aradı"), note(acme, ana, "Öztürkoğlu aradı")
    elsewhere, longer = note(birch, ana, "Gülizar Hanım aradı"), note(birch, ana, "Gülizar Öztürkoğlugil aradı")
    found = {place.row: place for place in places(gulizar)}
    assert {row: (place.is_sure, place.likely) for row, place in found.items()} == {
        hers.pk: (False, True),
        others.pk: (False, False),
        longer.pk: (False, False),
    }
    erase(who=gulizar, reason="asked", by=director, doubtful=[found[hers.pk].key], seen=digest(found.values()))
    told = {row.pk: row.notes for row in Interaction.objects.all()}
    assert told == {
        hers.pk: "[silinen kişi] Hanım aradı",
        others.pk: "Öztürkoğlu aradı",
        elsewhere.pk: "Gülizar Hanım aradı",
        longer.pk: "Gülizar Öztürkoğlugil aradı",
    }
    assert Text.objects.get(source="interaction", row=hers.pk).body == "[silinen kişi] Hanım aradı"
    assert journal.read(journal.file())[0].places == (found[hers.pk].key,)


def test_another_of_the_same_name_keeps_theirs(
    gulizar: Stakeholder, acme: Account, birch: Account, ana: User, director: User
) -> None:
    other = written_down(birch, ana)
    add_address(who=other, kind="phone", value="0532 111 22 33", by=ana)
    hers, theirs = note(acme, ana, f"{NAME} aradı"), note(birch, ana, f"{NAME} aradı, 0532 111 22 33")
    erase(who=gulizar, reason="asked", by=director)
    for row in (hers, theirs, other):
        row.refresh_from_db()
    assert hers.notes == "[silinen kişi] aradı"
    assert theirs.notes == f"{NAME} aradı, 0532 111 22 33"
    assert other.name == NAME


def test_words_written_after_somebody_looked_are_looked_at_first(
    gulizar: Stakeholder, acme: Account, ana: User, director: User, signed_in: SignedIn
) -> None:
    address = f"/accounts/{acme.pk}/people/{gulizar.pk}/data/erase/"
    client = signed_in(director)
    page = client.get(address).context["page"]
    late = note(acme, ana, "Gülizar aradı")
    with nothing_changes():
        answer = send(client, address, reason="asked", sure="on", seen=page.seen)
    assert answer.status_code == 422
    page = answer.context["page"]
    assert [(one.place.row, one.doubtful) for one in page.places] == [(late.pk, True)]
    keys = [one.place.key for one in page.places]
    with nothing_changes():
        assert send(client, address, reason="x", sure="on", seen=page.seen, doubtful="none.such.1").status_code == 422
        with pytest.raises(UnableToErase):
            erase(who=gulizar, reason="x", by=director, doubtful=keys, seen="")
    assert send(client, address, reason="asked", sure="on", seen=page.seen, doubtful=keys).status_code == 302
    late.refresh_from_db()
    assert late.notes == "[silinen kişi] aradı"


def test_after_a_restore_words_go_again_where_they_went(
    gulizar: Stakeholder, acme: Account, ana: User, director: User
) -> None:
    key, moment = gulizar.pk, gulizar.recorded_at
    one = note(acme, ana, f"{NAME} ve Gülizar", subject="Gülizar")
    doubtful = [place.key for place in places(gulizar) if place.column == "notes"]
    erase(who=gulizar, reason="asked", by=director, doubtful=doubtful)
    Erasure.objects.all().delete()
    Stakeholder(pk=key, account=acme, name=NAME, by=ana).save(force_insert=True)
    Stakeholder.objects.filter(pk=key).update(recorded_at=moment)
    Interaction.objects.filter(pk=one.pk).update(notes=f"{NAME} ve Gülizar")
    assert replay(journal.read(journal.file())) == 1
    one.refresh_from_db()
    assert (one.notes, one.subject) == ("[silinen kişi] ve [silinen kişi]", "Gülizar")


def test_who_asks_is_given_the_words_of_others_and_who_saw_them(
    gulizar: Stakeholder, acme: Account, ana: User, director: User, signed_in: SignedIn
) -> None:
    made(Fact, acme, ana, tag="x", text=f"Kararı {NAME} verir")
    client = signed_in(ana)
    for _time in range(2):
        assert send(client, f"/accounts/{acme.pk}/people/{gulizar.pk}/seen/").status_code == 204
    assert send(client, f"/accounts/{acme.pk}/people/seen/").status_code == 204
    page = signed_in(director).get(f"/accounts/{acme.pk}/people/{gulizar.pk}/data/").context["page"]
    assert [(one.person, one.opened, one.among, one.taken) for one in page.seen_by] == [(ana, 2, 1, 0)]
    with zipfile.ZipFile(io.BytesIO(export(who=gulizar, by=director).content)) as package:
        told = {one["name"]: one["rows"] for one in json.loads(package.read("data.json"))["sections"]}
    assert list(told["words"][0].values()) == [f"Kararı {NAME} verir"]
    assert [row["Who saw it"] for row in told["sights"]] == ["Ana Işık", "Ana Işık"]
    page = signed_in(director).get(f"/accounts/{acme.pk}/people/{gulizar.pk}/data/").context["page"]
    assert (page.seen_by[0].person, page.seen_by[0].taken) == (director, 1)


def test_every_table_that_holds_the_person_is_in_the_package(
    gulizar: Stakeholder, acme: Account, ana: User, director: User
) -> None:
    write_everywhere(acme, ana, NAME)
    wanted = {"words", "sights", "person"}
    for number, relation in enumerate(holders.relations()):
        model, field = relation.related_model, relation.field.name
        if field != "reports_to":
            words = {"text": "x"} if model is Fact else {"number": 7} if model is StakeholderVersion else {}
            made(model, acme, ana, tag=f"r{number}", **{field: gulizar, **words})
            wanted.add("sights" if model is Sight else f"{model._meta.model_name}.{field}")
    with zipfile.ZipFile(io.BytesIO(export(who=gulizar, by=director).content)) as package:
        told = {one["name"]: one["rows"] for one in json.loads(package.read("data.json"))["sections"]}
    assert wanted - set(told) == set()
    cells = sum(len(of.columns) for of in written() if of.told)
    assert sum(len(row) for row in told["words"]) == cells


def test_the_trail_is_told_numbers_instead_of_names(gulizar: Stakeholder, acme: Account, ana: User) -> None:
    from anahtar_web.audit.actions import record

    said = f"{NAME} ve gulizar@acme.example istedi"
    entry = record("account.edited", acme, by=ana, after={"remark": [said]}, reason=said, account=acme.pk)
    assert entry.reason == f"#{gulizar.pk} ve #{gulizar.pk} istedi"
    assert entry.after == {"remark": [entry.reason]}
