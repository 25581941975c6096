"""Spark answers what DuckDB answers, to the last digit; `make test-spark` runs it on a master and two workers."""

import inspect
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import CodeType
from typing import Any, Final

import pyarrow as pa
import pytest

from anahtar.catalogue import METRICS
from anahtar.engine import Engine, start
from tests.anahtar.engine.alike import answers, differences
from tests.anahtar.oracle.comparing import folder, story
from tests.anahtar.oracle.ledger import write
from tests.anahtar.oracle.ledgers import case

# A Spark session talks through sockets and files that it leaves to the collector of garbage.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

RICH: Final = 28
"""A random ledger of which every metric of the catalogue is told: the test says so should it no longer be."""

SEEDS: Final = (RICH, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(6)))

WITHOUT_ENGINE: Final = frozenset({"late_payment", "return_chance", "second_lifetime_value"})
"""Metrics reckoned in Python from what an engine found."""


@pytest.fixture(scope="module")
def there() -> Iterator[Engine]:
    """One engine held open, so that the tests share a cluster."""
    pytest.importorskip("pyspark", reason="needs pyspark: make test-spark")
    with start([], spill=Path(), where=address()) as engine:
        yield engine


def address() -> str:
    return os.environ.get("SPARK_MASTER", "local[2]")


@pytest.mark.parametrize("seed", SEEDS)
def test_random_ledgers_are_answered_alike(seed: int, there: Engine) -> None:
    lines, options = case(seed)
    with folder() as path:
        batches = write(lines, path)
        here, called = watched(lambda: answers(batches, options, path / "here"))
        found = answers(batches, options, path / "there", where=address())
    assert not [*differences(here, found)], story(lines, options)
    assert seed != RICH or not untold(here, called)


def watched(work: Callable[[], Mapping[str, Any]]) -> tuple[Mapping[str, Any], set[CodeType]]:
    """What some work answers, and the functions it called."""
    called: set[CodeType] = set()
    sys.setprofile(lambda frame, event, _: called.add(frame.f_code) if event == "call" else None)
    try:
        return work(), called
    finally:
        sys.setprofile(None)


def untold(answer: Mapping[str, Any], called: set[CodeType]) -> list[str]:
    """The metrics of which the answers hold no value: in no row of the standings, and not made by a function called."""
    standings = answer["analysis"]["standings"]
    told = {name for row in standings for name, value in row.items() if value not in (None, [])}
    made = {metric.slug for metric in METRICS if _code(metric.resolve()) in called}
    return [metric.slug for metric in METRICS if metric.slug not in told | made | WITHOUT_ENGINE]


def _code(made: Any) -> CodeType | None:
    return getattr(inspect.unwrap(made), "__code__", None)


def test_doubles_are_rounded_as_doubles_and_not_as_their_shortest_text(there: Engine) -> None:
    lines = there.arrow(pa.table({"x": pa.array([1.005, 2.5, -2.5, 0.1 + 0.2, None])}), "lines")
    told = there.rows(lines.select("x", two=lines.x.round(2), none=lines.x.round(0)).order_by("x")).to_pylist()
    assert [(row["two"], row["none"]) for row in told] == [
        (-2.5, -3.0),
        (0.3, 0.0),
        (1.0, 1.0),
        (2.5, 3.0),
        (None, None),
    ]


def test_no_sum_runs_over_in_silence(there: Engine) -> None:
    twice = there.arrow(pa.table({"amount": [2**62, 2**62]}), "twice")
    with pytest.raises(Exception, match="ARITHMETIC_OVERFLOW"):
        there.rows(twice.aggregate(total=twice.amount.sum()))


@pytest.mark.skipif("SPARK_MASTER" not in os.environ, reason="in one process there are no workers: make test-spark")
def test_both_workers_take_part(there: Engine) -> None:
    there.arrow(pa.table({"x": [1]}), "one")  # the second worker may still be on its way
    known = there._session.sparkContext._jsc.sc().statusTracker().getExecutorInfos()
    assert len(known) == 3, "the driver and two workers"
