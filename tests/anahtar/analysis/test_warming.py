"""The compiler is made warm without an engine, a file or a thread: a server does it before it forks."""

import threading

import pytest

from anahtar.analysis.slicing import warm_up
from anahtar.engine import duckdb_engine


def test_the_statements_of_a_slice_are_compiled_and_nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_database(*_settings: object, **_more: object) -> None:
        raise AssertionError("a database was started")

    monkeypatch.setattr(duckdb_engine.DuckdbEngine, "_settle", no_database)
    duckdb_engine._compiled.cache_clear()
    threads = threading.active_count()
    warm_up()
    assert duckdb_engine._compiled.cache_info().currsize > 5
    assert threading.active_count() == threads
