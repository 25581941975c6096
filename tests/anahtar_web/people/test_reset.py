"""A forgotten password: a link by mail, in the person's language, once."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anahtar_web.people.actions import lock, renew_link
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import PASSWORD
from tests.anahtar_web.people.door import enter, is_in, verbs

pytestmark = pytest.mark.django_db
NEW = "rulman-hidrolik-48"


def asked(email: str) -> Any:
    return Client().post(reverse("account_reset_password"), {"email": email})


def link_in(mail: Any) -> str:
    (link,) = re.findall(r"https?://\S+", mail.body)
    return str(link)


def followed(link: str, password: str = NEW) -> Client:
    client = Client()
    answer = client.get(re.sub(r"https?://[^/]+", "", link), follow=True)
    if answer.redirect_chain:
        client.post(answer.redirect_chain[-1][0], {"password1": password, "password2": password})
    return client


def test_the_link_of_the_mail_sets_a_password_once(ana: User, mailoutbox: list[Any]) -> None:
    asked(ana.email)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([ana.email], "Your new password")
    assert mail.body.startswith("Hello Ana Işık,")
    link = link_in(mail)
    followed(link)
    assert enter(Client(), ana.email, NEW).status_code == 302
    followed(link, "another-password-9")
    assert enter(Client(), ana.email, NEW).status_code == 302
    assert verbs().count("sign_in.password_reset") == 1


def test_the_mail_speaks_the_language_of_its_reader_not_of_who_asks(ana: User, mailoutbox: list[Any]) -> None:
    User.objects.filter(pk=ana.pk).update(language="tr")
    Client(headers={"Accept-Language": "en"}).post(reverse("account_reset_password"), {"email": ana.email})
    (mail,) = mailoutbox
    assert mail.subject == "Yeni parolanız"
    assert "Bağlantı bir kez ve üç gün boyunca çalışır." in mail.body


def test_an_unknown_address_gets_the_same_page_and_a_mail_that_gives_nothing_away(
    ana: User, mailoutbox: list[Any]
) -> None:
    known, unknown = asked(ana.email), asked("nobody@kuzey.example")
    assert known.headers["Location"] == unknown.headers["Location"]
    assert known.status_code == unknown.status_code
    assert [mail.to for mail in mailoutbox] == [[ana.email], ["nobody@kuzey.example"]]
    assert "Nobody with this address may sign in here." in mailoutbox[1].body
    assert "http" not in mailoutbox[1].body


def test_a_locked_person_gets_no_link_and_an_earlier_one_is_dead(ana: User, admin: User, mailoutbox: list[Any]) -> None:
    asked(ana.email)
    link = link_in(mailoutbox.pop())
    lock(person=User.objects.get(pk=ana.pk), reason="Left", by=admin)
    followed(link)
    assert User.objects.get(pk=ana.pk).check_password(PASSWORD)
    asked(ana.email)
    assert "http" not in mailoutbox[-1].body


def test_a_new_link_kills_the_one_before(ana: User, admin: User, mailoutbox: list[Any]) -> None:
    asked(ana.email)
    renew_link(person=ana, by=admin)
    followed(link_in(mailoutbox[0]))
    assert User.objects.get(pk=ana.pk).check_password(PASSWORD)


def test_a_new_password_ends_running_sessions(ana: User, mailoutbox: list[Any]) -> None:
    client = Client()
    enter(client, ana.email)
    asked(ana.email)
    followed(link_in(mailoutbox[0]))
    assert not is_in(client)


def test_the_link_leads_to_the_address_of_the_installation_whatever_the_visitor_claims(
    ana: User, mailoutbox: list[Any], settings: Any
) -> None:
    settings.ORIGIN, settings.ALLOWED_HOSTS = "https://key.example.com", ["*"]
    Client(headers={"Host": "evil.example"}).post(reverse("account_reset_password"), {"email": ana.email})
    assert link_in(mailoutbox[0]).startswith("https://key.example.com/password/reset/key/")


def test_a_mail_server_that_is_down_neither_breaks_the_page_nor_shows_who_exists(
    ana: User, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    known, unknown = asked(ana.email), asked("nobody@kuzey.example")
    assert (known.status_code, unknown.status_code) == (302, 302)
    assert "was not sent" in caplog.text


def test_resets_cannot_be_asked_for_without_end(ana: User, settings: Any, mailoutbox: list[Any]) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "20/h/ip,5/h/key"}
    answers = [asked(ana.email).status_code for _try in range(7)]
    assert answers == [302] * 5 + [429] * 2
    assert len(mailoutbox) == 5


def test_a_weak_password_is_refused_with_its_reason(ana: User, mailoutbox: list[Any]) -> None:
    asked(ana.email)
    client = Client()
    page = client.get(re.sub(r"https?://[^/]+", "", link_in(mailoutbox[0])), follow=True)
    answer = client.post(page.redirect_chain[-1][0], {"password1": "short", "password2": "short"})
    assert "at least 12 characters" in answer.content.decode()
