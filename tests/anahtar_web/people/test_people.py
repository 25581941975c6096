"""Inviting, changing, locking; who may, what is refused, what two people at once see."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anahtar_web.audit.models import Entry
from anahtar_web.gate.rights import Role
from anahtar_web.people import queries
from anahtar_web.people.actions import UnableToLoseLastAdministrator, edit, lock
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import person
from tests.anahtar_web.people.door import enter, is_in, verbs

pytestmark = pytest.mark.django_db


def once(**fields: Any) -> dict[str, Any]:
    return {"once": str(uuid4()), **fields}


def invited(client: Client, **fields: Any) -> Any:
    said = {"name": "Yeni Kişi", "email": "yeni@kuzey.example", "role": "analyst", "language": "tr"}
    return client.post(reverse("people:invite"), once(**said | fields))


@pytest.mark.django_db(transaction=True)
def test_an_invited_person_gets_a_mail_in_their_language_and_comes_in_by_its_link_once(
    admin: User, signed_in: Any, mailoutbox: list[Any]
) -> None:
    answer = invited(signed_in(admin), email="Yeni@Kuzey.example")
    made = User.objects.get(email="yeni@kuzey.example")
    assert answer.headers["Location"] == reverse("people:person", args=[made.pk])
    assert made.is_waiting
    (mail,) = mailoutbox
    assert mail.to == ["yeni@kuzey.example"]
    assert mail.subject == "Anahtar’a girişiniz"
    assert "Merhaba Yeni Kişi," in mail.body
    assert "Ada Yönetici sizi" in mail.body
    assert "Satış analisti" in mail.body
    (link,) = re.findall(r"http://testserver(\S+)", mail.body)
    guest = Client()
    form = guest.get(link, follow=True).redirect_chain[-1][0]
    guest.post(form, {"password1": "rulman-hidrolik-48", "password2": "rulman-hidrolik-48"})
    assert enter(guest, made.email, "rulman-hidrolik-48").status_code == 302
    assert is_in(guest)
    assert Client().get(link, follow=True).redirect_chain == []  # the link is spent: no form behind it
    assert verbs() == ["person.invited", "sign_in.password_reset", "sign_in.succeeded"]


def test_an_address_that_is_here_already_is_refused_at_its_field(admin: User, ana: User, signed_in: Any) -> None:
    answer = invited(signed_in(admin), email=ana.email.upper())
    assert answer.status_code == 422
    assert "belongs to somebody who is here already" in answer.content.decode()
    assert 'value="Yeni Kişi"' in answer.content.decode()
    assert User.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_sent_twice_an_invitation_makes_one_person_and_one_mail(
    admin: User, signed_in: Any, mailoutbox: list[Any]
) -> None:
    client, form = signed_in(admin), once(name="Yeni", email="y@kuzey.example", role="kam", language="en")
    first, second = (client.post(reverse("people:invite"), form) for _copy in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert (User.objects.count(), len(mailoutbox), verbs()) == (2, 1, ["person.invited"])


@pytest.mark.django_db(transaction=True)
def test_without_a_mail_server_the_page_says_where_the_mail_stands(admin: User, signed_in: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.DATA / "mail"
    client = signed_in(admin)
    invited(client)
    page = client.get(reverse("people:list")).content.decode()
    assert "the folder “mail” of the data folder" in page
    assert "yeni@kuzey.example" in next((settings.DATA / "mail").iterdir()).read_text()


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_is_told_and_the_person_is_there(admin: User, signed_in: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client = signed_in(admin)
    answer = invited(client)
    assert answer.status_code == 302
    assert "could not be sent" in client.get(answer.headers["Location"]).content.decode()


def test_only_administrators_invite_change_and_lock(
    admin: User, director: User, head: User, ana: User, auditor: User, signed_in: Any
) -> None:
    for may_not in (director, head, ana, auditor):
        client = signed_in(may_not)
        assert invited(client).status_code == 403
        for name in ("edit", "lock", "link"):
            address = reverse(f"people:{name}", args=[admin.pk])
            assert client.post(address, once(reason="x")).status_code == 403
    assert Entry.objects.count() == 0


def test_everybody_sees_colleagues_but_only_some_see_visits_and_the_trail(
    admin: User, ana: User, marketing: User, auditor: User, signed_in: Any
) -> None:
    for reader, visits in ((admin, True), (auditor, True), (ana, False), (marketing, False)):
        client = signed_in(reader)
        page = client.get(reverse("people:list")).content.decode()
        assert ana.name in page
        assert ("Last sign-in" in page) is visits
        page = client.get(reverse("people:person", args=[admin.pk])).content.decode()
        assert ("What this person did" in page) is visits
        assert (reverse("people:edit", args=[admin.pk]) in page) is (reader == admin)


def test_the_list_is_found_by_folded_words_role_and_state(
    admin: User, ana: User, boris: User, chen: User, signed_in: Any
) -> None:
    User.objects.filter(pk=chen.pk).update(is_active=False)
    person("wait@kuzey.example", "Bekleyen", Role.KAM)
    User.objects.filter(email="wait@kuzey.example").update(password="!unusable")
    client = signed_in(admin)

    def shown(query: str) -> list[str]:
        page = client.get(f"{reverse('people:list')}?{query}").content.decode().partition('id="people"')[2]
        return re.findall(r'<span class="block font-medium">([^<]+)</span>', page)

    assert shown("") == ["Ada Yönetici", "Ana Işık", "Bekleyen", "Boris Çağlar", "Chen Öztürk"]
    assert shown("q=isik") == shown("q=IŞIK") == shown("q=ana@kuzey") == ["Ana Işık"]
    assert shown("role=administrator") == ["Ada Yönetici"]
    assert shown("state=locked") == ["Chen Öztürk"]
    assert shown("state=waiting") == ["Bekleyen"]
    assert client.get(f"{reverse('people:list')}?role=king").status_code == 400
    assert "Nobody fits" in client.get(f"{reverse('people:list')}?q=zzz").content.decode()


def test_the_list_asks_the_same_number_of_questions_however_many_people_there_are(admin: User, signed_in: Any) -> None:
    client = signed_in(admin)
    client.get(reverse("people:list"))

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            client.get(reverse("people:list"))
        return len(questions)

    few = asked()
    for n in range(30):
        person(f"p{n}@kuzey.example", f"Person {n}", Role.KAM)
    assert asked() == few


def test_what_people_look_after_comes_from_whoever_knows_it(
    admin: User, ana: User, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    monkeypatch.setattr(queries, "_LOADS", [lambda people: dict.fromkeys(people, 1_234)])
    monkeypatch.setattr(
        queries, "_TASKS", [lambda who, reader: [queries.Task("Acme", "/accounts/7/", "Sales", date(2026, 1, 2))]]
    )
    client = signed_in(admin)
    assert "1,234" in client.get(reverse("people:list")).content.decode()
    page = client.get(reverse("people:person", args=[ana.pk])).content.decode()
    assert 'href="/accounts/7/">Acme</a>' in page


def test_the_number_of_accounts_opens_them_for_who_sees_them(
    admin: User, ana: User, chen: User, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_LOADS", [lambda people: {pk: 3 for pk in people if pk in (ana.pk, chen.pk)}])

    def opened(reader: User) -> set[str]:
        pages = [reverse("people:list"), *(reverse("people:person", args=[who.pk]) for who in (admin, ana, chen))]
        texts = [signed_in(reader).get(page).content.decode() for page in pages]
        return {kam for text in texts for kam in re.findall(r"/accounts/\?kam=(\d+)", text)}

    assert opened(admin) == {str(ana.pk), str(chen.pk)}
    # A key account manager would find another number behind a colleague's.
    assert opened(ana) == {str(ana.pk)}


def test_people_lead_to_who_looks_after_what_and_back(ana: User, signed_in: Any) -> None:
    client = signed_in(ana)
    people, teams = reverse("people:list"), reverse("accounts:teams")
    for here, there in ((people, teams), (teams, people)):
        page = client.get(here).content.decode()
        assert re.search(rf'href="{here}" class="tab-link" aria-current="page"', page)
        assert re.search(rf'href="{there}" class="tab-link">', page)


def changed(client: Client, who: User, **fields: Any) -> Any:
    said = {"name": who.name, "role": who.role, "language": who.language, "version": who.version}
    return client.post(reverse("people:edit", args=[who.pk]), once(**said | fields))


def test_a_change_is_written_with_before_and_after(admin: User, ana: User, signed_in: Any) -> None:
    answer = changed(signed_in(admin), ana, name="Ana Parlak", role="head")
    assert answer.status_code == 302
    role, name = Entry.objects.order_by("id")
    assert (role.verb, role.before, role.after) == ("person.role_given", {"role": "kam"}, {"role": "head"})
    assert (name.verb, name.before, name.after) == ("person.edited", {"name": "Ana Işık"}, {"name": "Ana Parlak"})


def test_a_change_that_changes_nothing_leaves_no_trace(admin: User, ana: User, signed_in: Any) -> None:
    assert changed(signed_in(admin), ana).status_code == 302
    assert verbs() == []


def test_the_second_of_two_sees_both_versions_and_may_save_over_the_first(
    admin: User, ana: User, signed_in: Any
) -> None:
    other = person("other@kuzey.example", "Öteki Yönetici", Role.ADMINISTRATOR)
    changed(signed_in(other), ana, name="Ana by the first")
    client = signed_in(admin)
    answer = changed(client, ana, name="Ana by the second")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ana by the first" in page
    assert 'value="Ana by the second"' in page
    assert User.objects.get(pk=ana.pk).name == "Ana by the first"
    version = re.findall(r'name="version" value="(\d+)"', page)
    assert changed(client, ana, name="Ana by the second", version=version[0]).status_code == 302
    assert User.objects.get(pk=ana.pk).name == "Ana by the second"


def test_nobody_gives_themselves_a_role(admin: User, signed_in: Any) -> None:
    person("other@kuzey.example", "Öteki", Role.ADMINISTRATOR)
    client = signed_in(admin)
    changed(client, admin, role="director", name="Ada Y.")
    now = User.objects.get(pk=admin.pk)
    assert (now.role, now.name) == ("administrator", "Ada Y.")
    assert is_in(client)


def test_the_last_administrator_who_may_sign_in_is_neither_demoted_nor_locked(admin: User, ana: User) -> None:
    other = person("other@kuzey.example", "Öteki", Role.ADMINISTRATOR)
    lock(person=other, reason="away", by=admin)
    # Whoever asks: a script of the program may act for nobody in particular.
    with pytest.raises(UnableToLoseLastAdministrator, match="last administrator"):
        lock(person=admin, reason="mistake", by=ana)
    with pytest.raises(UnableToLoseLastAdministrator):
        edit(person=admin, version=admin.version, name=admin.name, role=Role.KAM, language="en", by=ana)
    assert User.objects.get(pk=admin.pk).is_active


def test_a_lock_needs_a_reason_and_nobody_locks_themselves(admin: User, ana: User, signed_in: Any) -> None:
    client = signed_in(admin)
    assert client.post(reverse("people:lock", args=[ana.pk]), once(reason=" ")).status_code == 422
    answer = client.post(reverse("people:lock", args=[admin.pk]), once(reason="tired"))
    assert answer.status_code == 422
    assert "Nobody locks themselves out" in answer.content.decode()
    assert client.post(reverse("people:lock", args=[ana.pk]), once(reason="Left")).status_code == 302
    (entry,) = Entry.objects.all()
    assert (entry.verb, entry.reason) == ("person.locked", "Left")
    page = client.get(reverse("people:person", args=[ana.pk])).content.decode()
    assert "locked out" in page
    assert "Reason:" in page


def test_a_link_for_a_locked_person_is_refused_where_the_administrator_is(
    admin: User, ana: User, signed_in: Any, mailoutbox: list[Any]
) -> None:
    User.objects.filter(pk=ana.pk).update(is_active=False)
    client = signed_in(admin)
    here = reverse("people:person", args=[ana.pk])
    answer = client.post(reverse("people:link", args=[ana.pk]), once(back=here))
    assert answer.headers["Location"] == here
    assert "Let the person in again first" in client.get(here).content.decode()
    assert mailoutbox == []


def test_somebody_absent_is_a_404_for_everybody(admin: User, ana: User, signed_in: Any) -> None:
    for reader in (admin, ana):
        assert signed_in(reader).get(reverse("people:person", args=[999_999])).status_code == 404


def test_the_profile_changes_name_and_language_and_nothing_else(ana: User, signed_in: Any) -> None:
    client = signed_in(ana)
    fields = once(name="Ana P.", language="tr", version=ana.version, role="administrator", is_active="", email="x@y.z")
    assert client.post(reverse("people:profile"), fields).status_code == 302
    now = User.objects.get(pk=ana.pk)
    assert (now.name, now.language, now.role, now.email) == ("Ana P.", "tr", "kam", "ana@kuzey.example")
    page = client.get(reverse("people:profile")).content.decode()
    assert '<html lang="tr"' in page
    assert "Profilim" in page
    stale = client.post(reverse("people:profile"), once(name="Old", language="en", version=ana.version))
    assert stale.status_code == 409


def test_the_language_button_is_remembered_with_the_person(ana: User, signed_in: Any) -> None:
    client = signed_in(ana)
    client.post(reverse("ui:language"), once(language="tr"))
    assert User.objects.get(pk=ana.pk).language == "tr"
    assert verbs() == ["person.edited"]


def test_the_palette_finds_people_by_name(ana: User, chen: User, signed_in: Any) -> None:
    page = signed_in(chen).get(reverse("ui:palette"), {"q": "isik"}).content.decode()
    assert reverse("people:person", args=[ana.pk]) in page
