"""One firm for all tests of a module."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings

from tests.anahtar_web.matrix.digests import digest
from tests.anahtar_web.matrix.firm import SOURCE_HOST, Firm, grow, sign_in_everybody
from tests.anahtar_web.matrix.seeds import Seed, seed, sown


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of a run share."""
    base = tmp_path_factory.getbasetemp()
    return (base if worker_id == "master" else base.parent) / "firm"


@pytest.fixture(scope="session")
def grown(nursery: Path, django_db_setup: None, django_db_blocker: Any) -> Seed:
    with django_db_blocker.unblock():
        return seed(nursery, grow)


@pytest.fixture(scope="module")
def firm(
    grown: Seed, nursery: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[Firm]:
    own = tmp_path_factory.mktemp("firm") / "data"
    allowed = override_settings(SOURCE_HOSTS=[SOURCE_HOST])
    with django_db_blocker.unblock(), sown(grown, nursery, own), allowed:
        # What is refused is logged, thousands of times here.
        logging.disable(logging.WARNING)
        made: Firm = grown.grown
        sign_in_everybody(made)
        # What another test left is emptied before the next one, and would seem to be a change of the firm.
        mail.outbox.clear()
        made.digest = digest()
        yield made
        logging.disable(logging.NOTSET)
