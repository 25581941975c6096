"""Sessions, cookies and the way back after signing in."""

import os
import subprocess
import sys

import pytest
from django.test import Client

from anahtar_web.gate.rights import FIELDS, RIGHTS, Field, Right
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client: Client, user: User, **more: str) -> str:
    answer = client.post("/login/", {"login": user.email, "password": PASSWORD, **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_session_key_from_before_the_sign_in_is_worth_nothing_after_it(ana: User) -> None:
    thief, victim = Client(), Client()
    planted = victim.session
    planted["seen"] = "before"
    planted.save()
    thief.cookies["sessionid"] = victim.cookies["sessionid"] = planted.session_key or ""
    sign_in(victim, ana)
    assert victim.cookies["sessionid"].value != planted.session_key
    assert signed_in_as(victim) == str(ana.pk)
    assert signed_in_as(thief) is None
    assert thief.get("/shortcuts/").status_code == 302


def test_signing_out_ends_the_session_and_looking_at_the_page_does_not(ana: User) -> None:
    client = Client()
    sign_in(client, ana)
    kept = client.cookies["sessionid"].value
    client.get("/logout/")
    assert signed_in_as(client) == str(ana.pk)
    client.post("/logout/")
    again = Client()
    again.cookies["sessionid"] = kept
    assert again.get("/shortcuts/").status_code == 302


def test_a_locked_person_is_out_with_the_next_request(ana: User) -> None:
    client = Client()
    sign_in(client, ana)
    assert client.get("/shortcuts/").status_code == 200
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert client.get("/shortcuts/").status_code == 302


def test_another_password_ends_every_other_session(ana: User) -> None:
    client = Client()
    sign_in(client, ana)
    ana.set_password("another long password of hers")
    ana.save()
    assert client.get("/shortcuts/").status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        *("https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example"),
        *("javascript:alert(1)", "data:text/html,x", "http:evil.example", "http:///evil.example", " //evil.example"),
        *("\x01//evil.example", "https://testserver@evil.example/", "https://testserver.evil.example/"),
        *("/login/?next=//evil.example", "/%09/evil.example", "/\r\nLocation: //evil.example", "ftp://testserver/"),
    ],
)
def test_signing_in_leads_to_no_other_site(ana: User, address: str) -> None:
    way = sign_in(Client(), ana, next=address)
    assert way.startswith("/")
    assert not way.startswith(("//", "/\\"))
    assert "\n" not in way


def test_signing_in_leads_back_to_where_one_was(ana: User) -> None:
    assert sign_in(Client(), ana, next="/shortcuts/?a=b") == "/shortcuts/?a=b"


def test_cookies_are_for_this_site_and_for_no_script(ana: User) -> None:
    client = Client()
    sign_in(client, ana)
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name
        assert not client.cookies[name]["domain"], name
    # With the browser's end: a shared machine forgets who was there.
    assert not client.cookies["sessionid"]["max-age"]


def test_behind_https_cookies_travel_encrypted_only_and_belong_to_this_host(tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    told = (
        "import django; django.setup(); from django.conf import settings as s; from django.core.management import "
        "call_command; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 31_000_000, s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN)"
    )
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ANAHTAR_")},
        "ANAHTAR_DATA": str(tmp_path_factory.mktemp("data")),
        "ANAHTAR_ORIGIN": "https://key.example.com",
        "ANAHTAR_HOSTS": "key.example.com",
        "DJANGO_SETTINGS_MODULE": "anahtar_web.config.settings",
    }
    done = subprocess.run([sys.executable, "-c", told], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        *("__Host-sessionid", "__Host-csrftoken", "True", "True", "True", "True", "/", "None")
    ]


def test_who_opens_files_of_imports_or_the_whole_trail_sees_every_figure_anyway() -> None:
    """A file holds cost and margin, and no policy of fields can look into it."""
    for role, granted in RIGHTS.items():
        if granted & {Right.SEE_IMPORTS, Right.IMPORT, Right.READ_TRAIL}:
            assert FIELDS[role] == frozenset(Field), role
