"""Helpers of the tests at the door: signing in by the pages, reading the trail."""

from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from anahtar_web.audit.models import Entry
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import PASSWORD


def enter(client: Client, email: str, password: str = PASSWORD) -> Any:
    """Send the form of the sign-in page."""
    return client.post(reverse("account_login"), {"login": email, "password": password})


def is_in(client: Client) -> bool:
    """Whether the next page still knows who it is."""
    return bool(client.get(reverse("people:profile")).status_code == 200)


def verbs() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("verb", flat=True))


def code(secret: str) -> str:
    """The code an authenticator app shows now."""
    *_earlier, _now, _next = (counters := list(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def entered(user: User) -> Client:
    """A client that came in by the door."""
    client = Client()
    assert enter(client, user.email).status_code == 302
    return client
