"""The frame of every page: menu, palette, language, errors."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from babel.messages.pofile import read_po
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import RIGHTS, Right, Role
from anahtar_web.people.models import User
from anahtar_web.ui import errors
from anahtar_web.ui.middleware import ErrorPagesMiddleware
from anahtar_web.ui.navigation import ENTRIES, navigation
from anahtar_web.ui.palette import search
from tests.anahtar_web.conftest import account, person

SignedIn = Callable[[User], Client]


def request_of(user: User, path: str = "/") -> Any:
    request = RequestFactory().get(path)
    request.user = user
    return request


def names(user: User, text: str) -> dict[str, list[str]]:
    return {str(group.title): [line.name for line in group.found] for group in search(request_of(user), text)}


@pytest.mark.parametrize("role", Role)
def test_the_menu_holds_what_the_role_may_open_and_nothing_else(role: Role, db: None) -> None:
    somebody = person(f"{role}@kuzey.example", "Somebody", role)
    lines = navigation(request_of(somebody))
    assert all(line.entry.right is None or somebody.may(line.entry.right) for line in lines)
    offered = {line.entry.view for line in lines}
    assert all(entry.view in offered for entry in ENTRIES if entry.right is None or somebody.may(entry.right))


def test_the_menu_knows_where_the_person_is(admin: User) -> None:
    here = [line.entry.view for line in navigation(request_of(admin, "/audit/trail/")) if line.current]
    assert here == ["audit:trail"]


def test_who_looks_after_what_stands_below_people(admin: User) -> None:
    here = [line.entry.view for line in navigation(request_of(admin, "/accounts/teams/")) if line.current]
    assert here == ["people:list"]


def test_a_page_below_another_is_that_page_alone(admin: User) -> None:
    here = [line.entry.view for line in navigation(request_of(admin, reverse("accounts:duplicates"))) if line.current]
    assert here == ["accounts:duplicates"]


def test_the_palette_finds_an_account_however_its_name_is_typed(ana: User, acme: Account, director: User) -> None:
    account("0007", "Ilgaz Orman Ürünleri")
    for typed in ("ILGAZ", "ilgaz", "ılgaz", "orman ilg", "0007"):
        assert names(director, typed)["Accounts"] == ["Ilgaz Orman Ürünleri"]


def test_the_palette_finds_no_account_the_person_does_not_see(chen: User, acme: Account, birch: Account) -> None:
    assert "Accounts" not in names(chen, "acme")
    assert names(chen, "birch")["Accounts"] == [birch.name]


def test_the_palette_puts_names_that_begin_with_the_text_first(director: User) -> None:
    account("1", "Ada Çelik")
    account("2", "Çelik Ada")
    assert names(director, "çelik")["Accounts"] == ["Çelik Ada", "Ada Çelik"]


def test_the_palette_shows_eight_accounts_at_most(director: User) -> None:
    for number in range(12):
        account(f"K{number:02}", f"Kardeş {number:02}")
    assert len(names(director, "kardes")["Accounts"]) == 8


def test_the_palette_asks_as_often_for_a_thousand_accounts_as_for_one(
    ana: User, acme: Account, signed_in: SignedIn, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(ana)
    client.get("/shortcuts/")  # the first page of a session also notes that it began
    with django_assert_max_num_queries(9) as few:
        client.get(reverse("ui:palette"), {"q": "celik"})
    for number in range(300):
        account(f"N{number:03}", f"Çelik {number:03}")
        person(f"celik{number}@kuzey.example", f"Çelik {number:03}", Role.KAM) if number < 20 else None
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(reverse("ui:palette"), {"q": "celik"})


def test_the_palette_offers_only_what_the_person_may_do(admin: User, auditor: User) -> None:
    assert "Import a file" in names(admin, "import")["Actions"]
    assert "Actions" not in names(auditor, "import a file")


def test_the_palette_says_so_where_nothing_has_that_name(admin: User, signed_in: SignedIn) -> None:
    page = signed_in(admin).get(reverse("ui:palette"), {"q": "<xyz>"}).content.decode()
    assert "&lt;xyz&gt;" in page
    assert "<xyz>" not in page


def test_a_language_is_kept_with_the_person_and_in_a_cookie(admin: User, signed_in: SignedIn) -> None:
    client = signed_in(admin)
    answer = client.post(reverse("ui:language"), {"language": "tr", "once": str(uuid4()), "back": "/shortcuts/"})
    assert (answer.status_code, answer["Location"]) == (302, "/shortcuts/")
    assert answer.cookies["language"].value == "tr"
    admin.refresh_from_db()
    assert admin.language == "tr"
    assert 'lang="tr"' in client.get("/shortcuts/").content.decode()


def test_a_stranger_may_choose_a_language_too(client: Client, admin: User) -> None:
    client.post(reverse("ui:language"), {"language": "tr", "once": str(uuid4()), "back": reverse("account_login")})
    assert 'lang="tr"' in client.get(reverse("account_login")).content.decode()


def test_an_unknown_language_changes_nothing(admin: User, signed_in: SignedIn) -> None:
    answer = signed_in(admin).post(reverse("ui:language"), {"language": "xx", "once": str(uuid4())})
    assert "language" not in answer.cookies
    admin.refresh_from_db()
    assert admin.language == "en"


def test_nobody_is_sent_on_to_another_site(admin: User, signed_in: SignedIn) -> None:
    form = {"language": "tr", "once": str(uuid4()), "back": "https://evil.example/"}
    assert signed_in(admin).post(reverse("ui:language"), form)["Location"] == "/"


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize(
    ("answer", "status"),
    [(errors.bad_request, 400), (errors.forbidden, 403), (errors.not_found, 404), (errors.stale_form, 403)],
)
def test_an_error_page_says_what_happened_and_what_to_do(answer: Any, status: int, language: str, admin: User) -> None:
    with translation.override(language):
        response = answer(request_of(admin))
    page = response.content.decode()
    assert response.status_code == status
    assert page.count("<h1") == 1
    assert "error-text" in page
    assert f'lang="{language}"' in page


def test_a_refusal_names_the_right_the_roles_that_have_it_and_whom_to_ask(
    ana: User, admin: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    person("old@kuzey.example", "Old Admin", Role.ADMINISTRATOR, is_active=False)
    answer = signed_in(ana).get(reverse("company:settings"))
    assert answer.status_code == 403
    said = answer.content.decode()
    assert "You are signed in as Key account manager." in said
    assert "the right to see the company&#x27;s settings and thresholds" in said
    roles = re.findall(r'<li>\s*<span class="chip[^>]*>(.*?)</span>\s*</li>', said, re.S)
    assert roles == ["Administrator", "Director", "Head of key accounts", "Sales analyst", "Auditor"]
    assert f'href="/people/{admin.pk}/">{admin.name}</a>' in said
    assert "Old Admin" not in said
    # Who may not know people is told the role, and no name.
    monkeypatch.setitem(RIGHTS, Role.KAM, RIGHTS[Role.KAM] - {Right.SEE_PEOPLE})
    blind = signed_in(ana).get(reverse("company:settings")).content.decode()
    assert admin.name not in blind
    assert "an administrator gives you another role" in blind


def test_our_own_fault_is_told_without_the_shell_and_without_the_database(rf: RequestFactory) -> None:
    """No database fixture: a query would fail this test."""
    page = errors.broken(rf.get("/"))
    assert page.status_code == 500
    assert b"sidebar" not in page.content


def test_a_database_that_does_not_answer_is_a_page_that_asks_it_nothing(rf: RequestFactory) -> None:
    middleware = ErrorPagesMiddleware(lambda request: None)  # type: ignore[arg-type, return-value]
    answer = middleware.process_exception(rf.get("/"), OperationalError("database is locked"))
    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert middleware.process_exception(rf.get("/"), ValueError()) is None


def test_a_page_names_the_person_the_company_and_the_role(admin: User, signed_in: SignedIn) -> None:
    page = signed_in(admin).get(reverse("ui:shortcuts")).content.decode()
    assert "Ada Yönetici" in page
    assert "Administrator" in page
    assert 'aria-label="Menu"' in page


def test_a_language_whose_catalogues_are_empty_is_prepared_and_not_offered(admin: User, signed_in: SignedIn) -> None:
    """Russian: every app has its catalogue, with every sentence and no word in it; nobody can choose it."""
    catalogues = sorted(Path(errors.__file__).parents[1].glob("*/locale/ru/LC_MESSAGES/django.po"))
    turkish = sorted(Path(errors.__file__).parents[1].glob("*/locale/tr/LC_MESSAGES/django.po"))
    assert [path.parents[3] for path in catalogues] == [path.parents[3] for path in turkish]
    for path, other in zip(catalogues, turkish, strict=True):
        with path.open("rb") as russian, other.open("rb") as full:
            prepared, complete = read_po(russian), read_po(full)
        assert {(m.context, m.id) for m in prepared if m.id} == {(m.context, m.id) for m in complete if m.id}, path
        assert not any(message.string and any(message.string) for message in prepared if message.id), path
    client = signed_in(admin)
    for address in (reverse("people:profile"), reverse("people:invite"), reverse("company:settings"), "/accounts/"):
        page = client.get(address, headers={"Accept-Language": "ru"}).content.decode()
        assert 'value="ru"' not in page, address
        assert 'lang="ru"' not in page, address
    for posted in (reverse("ui:language"), reverse("people:profile")):
        client.post(posted, {"language": "ru", "name": admin.name, "version": admin.version, "once": str(uuid4())})
    admin.refresh_from_db()
    assert admin.language != "ru"
