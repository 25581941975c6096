"""A company with its cast, and clients of each: Ana manages Acme, Boris is on its core team, Chen is a stranger."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client, client

from anahtar_web.accounts.models import Account, Assignment, Lineage, Part
from anahtar_web.dossier.queries import facts
from anahtar_web.gate.rights import Role
from anahtar_web.insight import changing, passports, remembered, series
from anahtar_web.people.models import User
from anahtar_web.ui import written

# Playwright's synchronous interface runs an event loop in this thread, and Django then refuses its own database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True, scope="session")
def _forgetful_trail() -> Iterator[None]:
    """Let the test database be emptied between tests that commit: the trail's triggers refuse deleting (on SQLite).

    For the whole session: the database is emptied after what a test itself has patched is undone. For the class: once
    Playwright's event loop runs in the thread, Django has another connection there.
    """
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def without_triggers(self: Any, statements: list[str]) -> None:
        if connection.vendor != "sqlite":
            flush(self, statements)
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            flush(self, statements)
            for _name, sql in triggers:
                cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", without_triggers)
        yield


@pytest.fixture(autouse=True, scope="session")
def _pages_alone() -> Iterator[None]:
    """Have clients remember what a page was made of (`answer.context`), and not what every component of it was.

    A copy of all that a component knows, for each of the hundreds on a page, was a thirtieth of every request.
    """
    keep = client.store_rendered_templates

    def of_the_page(store: Any, signal: Any, sender: Any, template: Any, context: Any, **more: Any) -> None:
        if context.template is template:
            keep(store, signal, sender, template, context, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", of_the_page)
        yield


@pytest.fixture(autouse=True)
def _forgetful_pages() -> None:
    """Nothing that pages of another test found is remembered: databases of tests start anew with the same numbers."""
    remembered.forget()
    series.forget()
    changing.forget()
    passports.forget()
    written.forget()
    facts.forget()


def person(email: str, name: str, role: Role, **fields: Any) -> User:
    return User.objects.create_user(email, PASSWORD, name=name, role=role, **fields)


@pytest.fixture
def admin(db: None) -> User:
    return person("admin@kuzey.example", "Ada Yönetici", Role.ADMINISTRATOR)


@pytest.fixture
def director(db: None) -> User:
    return person("director@kuzey.example", "Deniz Direktör", Role.DIRECTOR)


@pytest.fixture
def head(db: None) -> User:
    return person("head@kuzey.example", "Hale Şef", Role.HEAD)


@pytest.fixture
def ana(db: None) -> User:
    """Manages Acme."""
    return person("ana@kuzey.example", "Ana Işık", Role.KAM)


@pytest.fixture
def boris(db: None) -> User:
    """On Acme's core team (service)."""
    return person("boris@kuzey.example", "Boris Çağlar", Role.KAM)


@pytest.fixture
def chen(db: None) -> User:
    """A stranger to Acme; manages Birch."""
    return person("chen@kuzey.example", "Chen Öztürk", Role.KAM)


@pytest.fixture
def marketing(db: None) -> User:
    return person("marketing@kuzey.example", "Mine Pazar", Role.MARKETING)


@pytest.fixture
def analyst(db: None) -> User:
    return person("analyst@kuzey.example", "Asım Analist", Role.ANALYST)


@pytest.fixture
def auditor(db: None) -> User:
    return person("auditor@kuzey.example", "Derya Denetçi", Role.AUDITOR)


def account(code: str, name: str, **fields: Any) -> Account:
    """An account as an import leaves it: in the ledger, its own ancestor."""
    made = Account.objects.create(code=code, name=name, ledger_name=name, in_ledger=True, **fields)
    Lineage.objects.create(ancestor=made, account=made, distance=0)
    return made


@pytest.fixture
def acme(ana: User, boris: User) -> Account:
    made = account("0001", "Acme Çelik A.Ş.")
    Assignment.objects.create(account=made, person=ana, part=Part.MANAGER, since=date(2024, 1, 1))
    Assignment.objects.create(account=made, person=boris, part=Part.SERVICE, since=date(2024, 1, 1))
    return made


@pytest.fixture
def birch(chen: User) -> Account:
    made = account("0002", "Birch Ilgaz Ltd. Şti.")
    Assignment.objects.create(account=made, person=chen, part=Part.MANAGER, since=date(2024, 1, 1))
    return made


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A client in which somebody is signed in: `signed_in(ana).get(...)`."""

    def client_of(user: User) -> Client:
        theirs = Client()
        theirs.force_login(user)
        return theirs

    return client_of
