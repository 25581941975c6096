"""Sign-in through the company's own provider, over real HTTP on this machine."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from anahtar_web.gate.rights import Role
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import PASSWORD
from tests.anahtar_web.people.door import is_in, verbs
from tests.anahtar_web.people.provider import Provider, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running() as provider:
        settings.OIDC = True
        settings.SOCIALACCOUNT_PROVIDERS = provider.settings()
        yield provider


def gone_through(provider: Provider, **claims: Any) -> tuple[Client, Any]:
    """Press the button, be sent to the provider, come back with its code."""
    provider.claims = {"sub": "42", "email": "ana@kuzey.example", "email_verified": True} | claims
    client = Client()
    there = client.post(reverse("openid_connect_login", args=["company"]))
    assert there.headers["Location"].startswith(f"{provider.address}/authorize?")
    back = requests.get(there.headers["Location"], allow_redirects=False, timeout=5).headers["Location"]
    return client, client.get(back.removeprefix("http://testserver"))


def test_an_invited_person_comes_in_and_keeps_the_password(ana: User, provider: Provider) -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert "Kuzey ID" in page
    for _time in range(2):
        client, answer = gone_through(provider)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
        assert is_in(client)
    assert SocialAccount.objects.get().user == ana
    assert User.objects.get(pk=ana.pk).check_password(PASSWORD)
    assert verbs() == ["sign_in.provider_linked", "sign_in.succeeded", "sign_in.succeeded"]


def test_a_stranger_is_told_to_ask_and_nobody_is_made(ana: User, provider: Provider) -> None:
    client, answer = gone_through(provider, email="stranger@kuzey.example")
    assert answer.headers["Location"] == reverse("account_login")
    assert "Nobody with this address was invited" in client.get(reverse("account_login")).content.decode()
    assert User.objects.get() == ana
    assert not SocialAccount.objects.exists()


def test_an_address_the_provider_does_not_vouch_for_opens_nothing_unless_it_is_trusted(
    admin: User, provider: Provider, settings: Any
) -> None:
    claims = {"email": admin.email, "email_verified": False}
    client, _answer = gone_through(provider, **claims)
    assert not is_in(client)
    settings.OIDC_TRUSTS_ADDRESSES = True
    client, _answer = gone_through(provider, **claims)
    assert is_in(client)


def test_a_locked_person_stays_out(ana: User, provider: Provider) -> None:
    User.objects.filter(pk=ana.pk).update(is_active=False)
    client, answer = gone_through(provider)
    assert answer.headers["Location"] == reverse("account_inactive")
    assert not is_in(client)


def test_a_known_identity_stays_the_same_person_when_the_address_there_changes(
    ana: User, chen: User, provider: Provider
) -> None:
    gone_through(provider)
    client, _answer = gone_through(provider, email=chen.email)
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_signing_in_does_not_write_over_what_was_given_meanwhile(ana: User, provider: Provider) -> None:
    gone_through(provider)
    User.objects.filter(pk=ana.pk).update(role=Role.AUDITOR, name="Ana P.")
    gone_through(provider, name="Somebody Else")
    now = User.objects.get(pk=ana.pk)
    assert (now.role, now.name) == (Role.AUDITOR, "Ana P.")


def test_a_provider_that_is_down_is_a_page_not_a_fault(ana: User, provider: Provider, settings: Any) -> None:
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    apps[0]["settings"]["server_url"] = "http://127.0.0.1:9"
    client = Client()
    answer = client.post(reverse("openid_connect_login", args=["company"]), follow=True)
    assert "provider does not answer" in answer.content.decode()


def test_an_answer_to_a_question_nobody_asked_is_refused(ana: User, provider: Provider) -> None:
    provider.claims = {"sub": "42", "email": ana.email, "email_verified": True}
    client = Client()
    client.get(reverse("openid_connect_callback", args=["company"]), {"code": "one-time", "state": "made-up"})
    assert not is_in(client)
    assert "/token" not in provider.asked
