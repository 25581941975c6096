"""What holds for every test: the same random examples each time, so that a red run is red for everybody."""

import gc

import pytest
from hypothesis import settings

settings.register_profile("still", derandomize=True, database=None, deadline=None)
settings.load_profile("still")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real ledgers are read among the long tests: they are large, and most checkouts lack them."""
    for item in items:
        if item.get_closest_marker("shared") and not item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.long)


def pytest_collection_finish() -> None:
    """Take the collected tests out of sight of the collector of garbage, which walked through all of them often."""
    gc.collect()
    gc.freeze()
