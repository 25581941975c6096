"""While nobody is there, whoever can read the server's files becomes the administrator; afterwards the way is shut."""

from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from anahtar_web.audit.models import Entry
from anahtar_web.company.models import Company
from anahtar_web.gate.rights import Role
from anahtar_web.people.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "rulman-hidrolik-48"


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def printed_link(**options: str) -> str:
    out = StringIO()
    call_command("setup-link", stdout=out, **options)
    return out.getvalue().strip()


def code_of(link: str) -> str:
    return parse_qs(urlsplit(link).query)["code"][0]


def typed(code: str, **fields: str) -> dict[str, str]:
    return {
        "code": code, "name": "Nalan Soylu", "email": "Nalan@Kuzey.example", "password": PASSWORD, "again": PASSWORD,
        "company": "Kuzey", "currency": "TRY", "language": "tr", "time_zone": "Europe/Istanbul", "once": str(uuid4()),
    } | fields  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_the_printed_link_makes_the_administrator_signs_in_and_works_once(client: Client, data: Path) -> None:
    link = printed_link()
    assert link.startswith("http://127.0.0.1:8000/settings/setup/?code=")
    assert (data / "setup-code").stat().st_mode & 0o777 == 0o600
    page = client.get(link.removeprefix("http://127.0.0.1:8000"))
    assert code_of(link) in page.content.decode()
    answer = client.post(reverse("company:setup"), typed(code_of(link)))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    person = User.objects.get()
    assert (person.email, person.role, person.language) == ("nalan@kuzey.example", Role.ADMINISTRATOR, "tr")
    assert client.session["_auth_user_id"] == str(person.pk)
    company = Company.objects.get()
    assert (company.name, company.currency, company.time_zone) == ("Kuzey", "TRY", "Europe/Istanbul")
    assert set(Entry.objects.values_list("verb", flat=True)) == {
        "person.set_up", "company.set_up", "sign_in.succeeded"
    }  # fmt: skip
    assert not (data / "setup-code").exists()
    for method in (client.get, client.post, Client().get):
        assert method(reverse("company:setup")).status_code in (404, 302)
    assert Client().get(reverse("company:setup")).status_code == 404
    with pytest.raises(CommandError, match="set up already"):
        printed_link()


@pytest.mark.parametrize("code", ["", "guessed", "ğüş", "x" * 200])
def test_without_the_code_nobody_takes_the_house(client: Client, code: str) -> None:
    printed_link()
    answer = client.post(reverse("company:setup"), typed(code))
    assert answer.status_code == 422
    assert "anahtar-web setup-link" in answer.content.decode()
    assert not User.objects.exists()


def test_no_code_was_printed_so_no_text_is_one(client: Client) -> None:
    assert client.post(reverse("company:setup"), typed("")).status_code == 422
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"password": "kisa", "again": "kisa"}, "at least 12 characters"),
        ({"again": "another-password-9"}, "The two passwords differ"),
        ({"password": "nalan@kuzey.example", "again": "nalan@kuzey.example"}, "too similar"),
        ({"email": "nalan"}, "valid email"),
        ({"currency": "XXX"}, "Select a valid choice"),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    client: Client, fields: dict[str, str], sentence: str
) -> None:
    answer = client.post(reverse("company:setup"), typed(code_of(printed_link()), language="en", **fields))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="Nalan Soylu"' in page
    assert PASSWORD not in page
    assert not User.objects.exists()


def test_two_who_set_up_at_once_make_one_administrator(client: Client) -> None:
    form = typed(code_of(printed_link()))
    first, second = client.post(reverse("company:setup"), form), Client().post(reverse("company:setup"), form)
    assert first.status_code == 302
    assert second.status_code in (302, 404)
    assert User.objects.count() == 1


def test_the_sign_in_page_leads_to_the_first_start_while_nobody_is_there(client: Client) -> None:
    answer = client.get("/accounts/", follow=True)
    assert answer.redirect_chain[-1][0] == reverse("company:setup")


def test_the_command_makes_the_administrator_with_a_password_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\n")
    out = StringIO()
    call_command(
        "setup", email="nalan@kuzey.example", name="Nalan Soylu", company="Kuzey", currency="EUR", language="en",
        password_file=file, stdout=out,
    )  # fmt: skip
    person = User.objects.get()
    assert person.check_password(PASSWORD)
    assert (person.role, person.language, Company.objects.get().currency) == (Role.ADMINISTRATOR, "en", "EUR")
    assert "nalan@kuzey.example" in out.getvalue()
    with pytest.raises(CommandError, match="set up already"):
        call_command("setup", email="b@kuzey.example", name="B", password_file=file)


def test_the_command_refuses_a_weak_password_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("short\n"))
    with pytest.raises(CommandError, match="at least 12 characters"):
        call_command("setup", email="nalan@kuzey.example", name="Nalan Soylu")
    assert not User.objects.exists()
