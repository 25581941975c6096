"""The demo company, read once for all tests that ask about it."""

from pathlib import Path

import pytest

from anahtar.demo.files import write_demo
from anahtar.ledger.files.child import read
from anahtar.ledger.manifest import Manifest
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.store.store import Ledger
from tests.shared import made_once


@pytest.fixture(scope="session")
def demo_batches(shared_by_all: Path) -> list[tuple[Path, Manifest]]:
    """Its ledger, as one import; not to be changed."""
    return made_once(shared_by_all, "demo-batches", _demo_batches)


def _demo_batches(folder: Path) -> list[tuple[Path, Manifest]]:
    write_demo(folder)
    ledger = Ledger.create(folder / "ledger")
    with ledger.staging() as staging:
        draft = read([folder / "sales"], ReadOptions(currency="TRY", rates=str(folder / "rates.csv")), staging)
        ledger.add(draft, staging, made_at="2026-01-05T09:00:00+03:00")
    return [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
