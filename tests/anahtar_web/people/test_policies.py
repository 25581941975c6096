"""Every address of allauth has a policy, and those that make no sense here are absent."""

from typing import Any

import pytest
from allauth import urls as allauth
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from anahtar_web.gate.policy import Policy
from anahtar_web.people.models import User
from anahtar_web.people.policies import POLICIES
from anahtar_web.people.sign_in_urls import urlpatterns

pytestmark = pytest.mark.django_db


def flattened(patterns: list[Any]) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in patterns:
        found += flattened(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern]
    return found


def test_every_address_of_allauth_that_has_a_name_is_there_with_its_policy() -> None:
    named = {pattern.name for pattern in flattened(allauth.urlpatterns) if pattern.name}
    ours = {pattern.name: pattern.callback for pattern in flattened(urlpatterns)}
    assert set(ours) == named == set(POLICIES)
    assert all(isinstance(view.policy, Policy) for view in ours.values())


def test_an_address_that_an_upgrade_brings_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    from anahtar_web.people import sign_in_urls

    monkeypatch.delitem(POLICIES, "account_login")
    with pytest.raises(ImproperlyConfigured, match="account_login"):
        list(sign_in_urls._kept(allauth.urlpatterns))


@pytest.mark.parametrize("name", [name for name, policy in POLICIES.items() if not isinstance(policy, Policy)])
def test_closed_addresses_are_absent_for_everybody(name: str, ana: User, signed_in: Any) -> None:
    arguments = {"account_confirm_email": ["key"]}.get(name, [])
    if name.startswith("openid_connect"):
        arguments = ["company"]
    address = reverse(name, args=arguments)
    for client in (Client(), signed_in(ana)):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404


def test_the_old_addresses_without_a_name_are_gone(client: Client) -> None:
    assert client.get("/social/signup/").status_code == 404


def test_what_needs_a_person_asks_for_one(client: Client) -> None:
    needing = [name for name, policy in POLICIES.items() if isinstance(policy, Policy) and not policy.public]
    for name in needing:
        arguments = [1] if name in ("mfa_remove_webauthn", "mfa_edit_webauthn") else []
        answer = client.get(reverse(name, args=arguments))
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, reverse("account_login"))


def test_every_address_of_ours_declares_its_policy() -> None:
    ours = [
        pattern
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver) and resolver.app_name in ("people", "company", "audit")
        for pattern in flattened([resolver])
    ]
    assert len(ours) > 15
    assert all(isinstance(getattr(pattern.callback, "policy", None), Policy) for pattern in ours)
