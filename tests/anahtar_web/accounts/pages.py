"""Sending forms, and whether anything was changed by what was refused."""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

_PASSING = {"django_session", "usersessions_usersession"}


def send(client: Client, address: str, **form: Any) -> Any:
    """Post a form as a page of ours sends it."""
    return client.post(address, {"once": str(uuid.uuid4()), **form})


def asked(client: Client, address: str) -> int:
    """How many questions the database is asked for a page."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def digest() -> str:
    """Every row of every table, sessions apart."""
    summary = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.db_table):
            if model._meta.db_table not in _PASSING:
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY "{model._meta.pk.column}"')
                summary.update(repr((model._meta.db_table, cursor.fetchall())).encode())
    return summary.hexdigest()


@contextmanager
def nothing_changes() -> Iterator[None]:
    """A refused request leaves every row as it was."""
    before = digest()
    yield
    assert digest() == before


def said(answer: Any) -> list[str]:
    """What the next page will say of it."""
    return [str(message) for message in answer.wsgi_request._messages]
