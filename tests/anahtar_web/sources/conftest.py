"""A real PostgreSQL with a table of sales, and the worker inside the test."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from anahtar_web.jobs.models import Job
from anahtar_web.jobs.models import State as JobState
from anahtar_web.jobs.running import run
from anahtar_web.ledgers.models import Import
from anahtar_web.ledgers.queries import live_batches
from anahtar_web.people.models import User
from anahtar_web.sources.actions import ask_for_refresh, name_source
from anahtar_web.sources.models import Source
from tests.anahtar.engine.conftest import postgres_address
from tests.anahtar_web.ledgers.conftest import data

__all__ = ["data", "postgres_address"]

ROWS = """
    ('2024-01-05', 'acme', 'Acme & Co.', 100.25, '1'), ('2024-01-31', 'birch', 'Birch', -3.10, '2'),
    ('2024-02-29', 'acme', 'Acme & Co.', 50.00, '3'), ('2024-03-01', '007', NULL, 0.01, NULL)
"""
"""January 97,15 in two rows, February 50,00 in one, March 0,01 in one."""

Server = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def server(postgres_address: str) -> Iterator[Server]:
    with psycopg.connect(postgres_address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS shop CASCADE")
        connection.execute("CREATE SCHEMA shop")
        connection.execute(
            "CREATE TABLE shop.sales (date date, customer text, customer_name text, amount numeric(12,2), invoice text)"
        )
        connection.execute(f"INSERT INTO shop.sales VALUES {ROWS}")
        yield connection


@pytest.fixture
def place(settings: Any) -> dict[str, Any]:
    """Fields of a source on a server that is allowed; nobody asks there."""
    settings.SOURCE_HOSTS = ["erp-db.example.com", "127.0.0.1"]
    told = {"host": "erp-db.example.com", "port": 5432, "database": "erp", "schema": "shop", "table": "sales"}
    return {"name": "ERP", "user": "reader", "scheduled": True, **told}


@pytest.fixture
def there(place: dict[str, Any], server: Server, postgres_address: str) -> dict[str, Any]:
    """Fields of the table that is really there."""
    told = urlsplit(postgres_address)
    return place | {
        "host": told.hostname,
        "port": told.port,
        "database": told.path.removeprefix("/"),
        "user": told.username,
    }


Work = Callable[[], list[Job]]


@pytest.fixture
def work(django_capture_on_commit_callbacks: Any) -> Work:
    """Do what waits for the worker, but the analysis; gives the jobs as they ended."""

    def work() -> list[Job]:
        done = []
        with django_capture_on_commit_callbacks(execute=True):
            waiting = Job.objects.filter(state=JobState.QUEUED).exclude(kind="insight.analyse").order_by("pk")
            while (job := waiting.first()) is not None:
                run(job.pk, job.task_id)  # type: ignore[arg-type]  # a waiting job has a task
                job.refresh_from_db()
                done.append(job)
        return done

    return work


@pytest.fixture
def source(there: dict[str, Any], analyst: User, work: Work) -> Source:
    """The table as a source that was looked at."""
    made = name_source(fields=there, by=analyst)
    work()
    made.refresh_from_db()
    return made


Refresh = Callable[[], Import | None]


@pytest.fixture
def refresh(source: Source, analyst: User, work: Work) -> Refresh:
    """Refresh the source by hand; gives what it brought."""

    def refresh() -> Import | None:
        ask_for_refresh(source, by=analyst)
        work()
        source.refresh_from_db()
        return source.brought

    return refresh


@pytest.fixture
def first(refresh: Refresh, analyst: User, work: Work) -> Import:
    """The first import of the source, confirmed by a person."""
    from anahtar_web.ledgers.actions.deciding import confirm

    made = refresh()
    assert made is not None
    confirm(made, version=made.version, by=analyst)
    work()
    made.refresh_from_db()
    return made


def months() -> dict[str, tuple[int, int]]:
    """Month -> rows and money of the ledger's batches, whichever table they came of."""
    return {
        manifest.files[0].facts["month"]: (manifest.tally.accepted, manifest.tally.accepted_amount)
        for _folder, manifest in live_batches()
    }
