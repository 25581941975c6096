"""Facts of small ledgers, written as tables."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from anahtar.engine import DuckdbEngine
from anahtar.facts.building import build_facts
from anahtar.facts.facts import Facts
from anahtar.ledger.manifest import Manifest
from tests.anahtar.ledgers import Row, manifest_of, rows_of, write_batch

Batches = list[tuple[Path, Manifest]]
FactsOf = Callable[..., Facts]


@pytest.fixture
def imported(tmp_path: Path) -> Callable[..., Batches]:
    """Write tables, each as one import."""

    def write(*tables: str | Sequence[Row]) -> Batches:
        batches = []
        for number, table in enumerate(tables, 1):
            rows = rows_of(table) if isinstance(table, str) else table
            folder = write_batch(tmp_path / f"batch-{len(list(tmp_path.iterdir()))}", rows)
            batches.append((folder, manifest_of(folder, number)))
        return batches

    return write


@pytest.fixture
def facts_of(tmp_path: Path) -> Iterator[FactsOf]:
    """The facts of batches, with an engine that lives as long as the test."""
    with ExitStack() as until_the_end:

        def build(batches: Batches, *, as_of: date | None = None, merged: Mapping[str, str] | None = None) -> Facts:
            folders = [folder for folder, _ in batches]
            work = tmp_path / "work"
            work.mkdir(exist_ok=True)
            engine = until_the_end.enter_context(DuckdbEngine([*folders, work], spill=work / "spill", threads=1))
            return build_facts(folders, work / "facts", as_of=as_of, engine=engine, merged=merged)

        yield build
