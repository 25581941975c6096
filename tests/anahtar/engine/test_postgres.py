"""PostgreSQL answers what DuckDB answers, to the last digit."""

from collections.abc import Iterator
from pathlib import Path

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anahtar.analysis import AnalysisOptions
from anahtar.engine import DuckdbEngine, Engine, start
from anahtar.ledger.manifest import Manifest
from tests.anahtar.engine.alike import answers, differences
from tests.anahtar.oracle.comparing import folder, story
from tests.anahtar.oracle.ledger import write
from tests.anahtar.oracle.ledgers import case

SEEDS = (
    0,
    *(pytest.param(seed, marks=pytest.mark.sweep) for seed in (1, 2)),
    *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 40)),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_ledgers_are_answered_alike(seed: int, postgres_address: str) -> None:
    lines, options = case(seed)
    with folder() as path:
        batches = write(lines, path)
        here = answers(batches, options, path / "here")
        there = answers(batches, options, path / "there", where=postgres_address)
    assert not [*differences(here, there)], story(lines, options)


@pytest.mark.long
def test_the_demo_company_is_answered_alike(
    demo_batches: list[tuple[Path, Manifest]], postgres_address: str, tmp_path: Path
) -> None:
    here = answers(demo_batches, AnalysisOptions(), tmp_path / "here")
    there = answers(demo_batches, AnalysisOptions(), tmp_path / "there", where=postgres_address)
    assert not [*differences(here, there)]


DOUBLES = st.floats(-1e12, 1e12, allow_nan=False) | st.integers(-(10**9), 10**9).map(lambda n: n / 10**9 * 0.5)
"""Some of them halves, or as near as a double comes."""


@pytest.fixture(scope="module")
def there(postgres_address: str) -> Iterator[Engine]:
    with start([], spill=Path(), where=postgres_address) as engine:
        yield engine


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    place = tmp_path_factory.mktemp("here")
    with DuckdbEngine([place], spill=place) as engine:
        yield engine


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 3000), st.none() | DOUBLES), max_size=20))
def test_doubles_are_rounded_and_parted_alike(
    here: Engine, there: Engine, rows: list[tuple[int, float | None]]
) -> None:
    days, values = [day for day, _ in rows], [value for _, value in rows]
    table = pa.table({"day": pa.array(days, pa.int32()), "x": pa.array(values, pa.float64())})
    found = [_of_doubles(engine, table) for engine in (here, there)]
    assert found[0] == found[1]


def _of_doubles(engine: Engine, table: pa.Table) -> list[dict[str, float | None]]:
    lines = engine.arrow(table, "lines")
    rounded = lines.select("day", "x", nine=lines.x.round(9), two=lines.x.round(2), none=lines.x.round())
    told = (
        lines.mutate(owner=lines.day % 3)
        .group_by("owner")
        .agg(
            median=lines.x.quantile(0.5),
            percentiles=lines.day.quantile([0.5, 0.95]),
            mean=lines.day.mean(),
            spread=lines.day.std(how="sample").round(9),
        )
    )
    parted = told.select("owner", "median", "mean", "spread", high=told.percentiles[1].round(9))
    rows: list[dict[str, float | None]] = engine.rows(rounded.order_by(*rounded.columns)).to_pylist()
    return rows + engine.rows(parted.order_by("owner")).to_pylist()


@pytest.mark.parametrize("text", ["", "a", "ı", "İ", '"quoted"', "two\nlines", "a,b", "\\N", "\\.", "'", "%s {}", " "])
def test_texts_go_there_and_come_back(there: Engine, text: str) -> None:
    table = pa.table({"at": [1, 2, 3], "text": pa.array([text, None, "x"], pa.string())})
    kept = there.arrow(table, 'a name; with "everything"')
    assert there.rows(kept.order_by("at")).equals(table)
    assert there.rows(kept.filter(kept.text == text).select("at"))["at"].to_pylist() == [1]


def test_texts_stand_in_the_order_of_their_bytes(here: Engine, there: Engine) -> None:
    """The server's own order is Turkish: ç before d, and capitals beside their small letters."""
    table = pa.table({"text": ["zinc", "Birch", "acme", "Çınar", "7", "00-7", "dolar"]})
    told = [engine.rows(engine.arrow(table, "texts").order_by("text"))["text"].to_pylist() for engine in (here, there)]
    assert told[0] == told[1] == sorted(table["text"].to_pylist())


def test_whole_numbers_stay_whole_and_no_sum_runs_over_in_silence(there: Engine) -> None:
    table = there.arrow(pa.table({"at": [1, 2, 3], "amount": [2**53, 1, 2**62]}), "lines")
    told = there.rows(table.aggregate(total=table.amount.sum(), few=table.amount.sum(where=table.at < 3)))
    assert told.to_pylist() == [{"total": 2**62 + 2**53 + 1, "few": 2**53 + 1}]
    assert {column.type for column in told.schema} == {pa.int64()}
    twice = there.arrow(pa.table({"amount": [2**62, 2**62]}), "twice")
    with pytest.raises(Exception, match="bigint out of range"):
        there.rows(twice.aggregate(total=twice.amount.sum()))


def test_one_session_does_not_see_the_tables_of_another(there: Engine) -> None:
    with there.beside() as left, there.beside() as right:
        here = left.arrow(pa.table({"x": [1]}), "numbers")
        right.arrow(pa.table({"x": [2]}), "numbers")
        assert left.rows(here).to_pylist() == [{"x": 1}]
        assert right.rows(here).to_pylist() == [{"x": 2}]


def test_a_table_can_take_the_place_of_one_it_is_made_from(there: Engine) -> None:
    table = there.arrow(pa.table({"x": [1, 2]}), "grown")
    again = there.keep(table.mutate(x=table.x + ibis.literal(1, "int64")), "grown")
    assert sorted(there.rows(again)["x"].to_pylist()) == [2, 3]
    there.alias("grown", "other")
    there.forget("grown", "other", "never kept")
