"""Installations of their own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.houses import House, house


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation as `prepare` leaves it, to be copied; without the pages' files, which take a while to collect."""
    with house(tmp_path_factory.mktemp("ready") / "data", ANAHTAR_DEBUG="True") as made:
        made.done("prepare")
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
