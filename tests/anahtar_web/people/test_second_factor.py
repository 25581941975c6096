"""A second factor, from its first day to a lost telephone."""

from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from anahtar_web.audit.models import Entry
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import PASSWORD
from tests.anahtar_web.people.door import code, enter, entered, is_in, verbs

pytestmark = pytest.mark.django_db(transaction=True)


def added(client: Client) -> tuple[str, list[str]]:
    """Add an authenticator app; give its secret and the recovery codes."""
    address = reverse("mfa_activate_totp")
    client.get(address)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": address})
    client.get(address)
    secret = client.session["mfa.totp.secret"]
    answer = client.post(address, {"code": code(secret)})
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(answer.headers["Location"]).content.decode()
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    assert all(shown in page for shown in codes)
    return secret, codes


def test_who_has_an_app_comes_in_with_its_code_and_not_without(ana: User, mailoutbox: list[Any]) -> None:
    secret, _codes = added(entered(ana))
    assert [mail.to for mail in mailoutbox] == [[ana.email]]
    client = Client()
    answer = enter(client, ana.email)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert not is_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": code(secret)}).status_code == 302
    assert is_in(client)
    assert verbs() == [
        "sign_in.succeeded", "sign_in.factor_added", "sign_in.factor_added", "sign_in.factor_failed",
        "sign_in.succeeded",
    ]  # fmt: skip


def test_a_code_counts_once(ana: User) -> None:
    secret, _codes = added(entered(ana))
    shown = code(secret)
    for wanted in (True, False):
        client = Client()
        enter(client, ana.email)
        client.post(reverse("mfa_authenticate"), {"code": shown})
        assert is_in(client) is wanted


def test_codes_cannot_be_guessed_at_leisure(ana: User, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/ip,5/5m/key"}
    secret, _codes = added(entered(ana))
    client = Client()
    enter(client, ana.email)
    for guess in range(6):
        client.post(reverse("mfa_authenticate"), {"code": f"{guess:06}"})
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert not is_in(client)
    cache.clear()  # five minutes later
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert is_in(client)


def test_a_recovery_code_lets_in_once_when_the_telephone_is_lost(ana: User) -> None:
    _secret, codes = added(entered(ana))
    for wanted in (True, False):
        client = Client()
        enter(client, ana.email)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert is_in(client) is wanted


def test_removing_the_app_needs_the_password_again_and_is_noted(ana: User) -> None:
    client = entered(ana)
    added(client)
    session = client.session
    session["account_authentication_methods"] = []  # a while later
    session.save()
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=ana, type="totp").exists()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("mfa_deactivate_totp")})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=ana).exists()
    assert verbs()[-2:] == ["sign_in.factor_removed", "sign_in.factor_removed"]


def test_an_administrator_removes_the_factors_of_a_lost_telephone_with_a_reason(
    ana: User, admin: User, signed_in: Any
) -> None:
    client, keeper = entered(ana), signed_in(admin)
    added(client)
    here = reverse("people:factors", args=[ana.pk])
    assert here in keeper.get(reverse("people:person", args=[ana.pk])).content.decode()
    assert keeper.post(here, {"once": str(uuid4()), "reason": ""}).status_code == 422
    assert signed_in(ana).post(here, {"once": str(uuid4()), "reason": "mine"}).status_code == 403
    assert Authenticator.objects.filter(user=ana).count() == 2
    assert keeper.post(here, {"once": str(uuid4()), "reason": "Lost in a taxi"}).status_code == 302
    assert not Authenticator.objects.filter(user=ana).exists()
    assert not is_in(client)
    assert enter(client, ana.email).headers["Location"] == "/"
    entry = Entry.objects.get(verb="person.factors_removed")
    assert (entry.reason, sorted(entry.before["factor"])) == ("Lost in a taxi", ["recovery_codes", "totp"])
    own = keeper.post(reverse("people:factors", args=[admin.pk]), {"once": str(uuid4()), "reason": "x"})
    assert own.status_code == 422
    assert here not in keeper.get(reverse("people:person", args=[ana.pk])).content.decode()
