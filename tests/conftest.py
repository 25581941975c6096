"""What holds for every test: the same random examples each time, so that a red run is red for everybody."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests import migrated

settings.register_profile("still", derandomize=True, database=None, deadline=None)
settings.load_profile("still")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real ledgers are read among the long tests: they are large, and most checkouts lack them."""
    for item in items:
        if item.get_closest_marker("shared") and not item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.long)


def pytest_collection_finish() -> None:
    """Take the collected tests out of sight of the collector of garbage, which walked through all of them often.

    And let it come more rarely: a page makes thousands of objects, and nearly all of them go by themselves.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def shared_by_all(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of a run see."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
    shared_by_all: Path,
) -> Iterator[None]:
    """Take the place of pytest-django's, which migrates once for each process."""
    with django_db_blocker.unblock(), migrated.database(shared_by_all), django_db_blocker.block():
        yield
