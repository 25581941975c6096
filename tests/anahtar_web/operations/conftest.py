"""Installations of their own for each test."""

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.houses import DATABASE_URL, House, house


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[House]:
    """An installation as `prepare` leaves it, to be copied; without the pages' files, which take a while to collect.

    Made once for all processes of a run; on PostgreSQL once for each, which drops its database at the end.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" or DATABASE_URL else base.parent
    with house(shared / "ready", ANAHTAR_DEBUG="True") as made:
        with (shared / "ready.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / "ready.done").exists():
                made.done("prepare")
                (shared / "ready.done").touch()
        yield made


@pytest.fixture
def home(ready: House, tmp_path: Path) -> Iterator[House]:
    """An installation of the test's own."""
    with house(tmp_path / "home", like=ready, **ready.further) as made:
        yield made


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[House]:
    """An empty machine."""
    with house(tmp_path / "elsewhere", ANAHTAR_DEBUG="True") as made:
        yield made
