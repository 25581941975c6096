"""A slice says of every account what an analysis with the same options says, and what one a year earlier said."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from anahtar.analysis import AnalysisOptions, Measure, UnableToAnalyze, Window
from anahtar.analysis.slicing import (
    SLICE,
    UNDIRECTED,
    Slice,
    SliceAsked,
    UnableToKeepGround,
    UnableToLoadSlice,
    UnableToOpenGround,
    UnableToSlice,
    load,
    make_ground,
    open_ground,
    save,
    slice_of,
    slices_of,
)
from tests.anahtar.analysis.slices import SEEDS, House, column, house, of_docstring, settings, sliced
from tests.anahtar.ledgers import manifest_of, rows_of, write_batch
from tests.anahtar.oracle.ledger import Line
from tests.anahtar.oracle.ledgers import amount

SAME = [
    *("code", "name", "revenue", "profit", "value", "value_year_ago", "change", "trend", "rank", "share"),
    *("cumulative_share", "abc", "abc_year_ago", "cv", "xyz", "cell", "last12"),
]
"""Columns that standings and slices share."""

FULL = 39
"""Months a ledger needs here, so that a year before its window begins is known."""


def rows(table: pa.Table, names: list[str]) -> list[dict[str, Any]]:
    """Rows to compare: fractions to nine places, what an engine adds up in doubles differs behind them."""
    found = table.select(names).to_pylist()
    return [
        {name: round(value, 9) if isinstance(value, float) else value for name, value in row.items()} for row in found
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_slice_is_the_standings_of_an_analysis_with_the_same_options(seed: int) -> None:
    lines, options, others = settings(seed)
    with house(lines, options) as one:
        for other in others:
            if refused(one, other):
                continue
            found, whole = slice_of(one.ground, SliceAsked.of(other)), one.analysed(other)
            assert (found.as_of, found.window, found.measure) == (whole.as_of, whole.window, whole.measure)
            assert rows(found.table, SAME) == rows(whole.standings, SAME)
            assert found.table.schema.equals(SLICE)


def refused(one: House, options: AnalysisOptions) -> bool:
    """Whether a window leaves nothing; then it leaves nothing to both."""
    try:
        one.analysed(options)
    except UnableToAnalyze:
        with pytest.raises(UnableToAnalyze):
            slice_of(one.ground, SliceAsked.of(options))
        return True
    return False


def long_ledger(seed: int) -> tuple[list[Line], AnalysisOptions]:
    """A random ledger over three years and more, in lines of business."""
    random = Random(seed)
    days = [date(2022 + at // 12, at % 12 + 1, random.randint(1, 28)) for at in range(FULL)]
    lines = [
        Line(
            random.choice(days),
            random.choice("abcdefgh"),
            amount(random),
            invoice=random.choice([None, "1", "2"]),
            direction=random.choice([None, "valves", "pumps"]),
            group=None,
        )
        for _ in range(70)
    ]
    lines += [Line(day, code, 100_0000, direction="valves") for code in "ab" for day in days[::2]]
    # Every line of business begins with the ledger and goes to its end: what is asked of each alone has its frame.
    lines += [
        Line(day, "zinc", 50_0000, direction=direction)
        for direction in (None, "valves", "pumps")
        for day in (date(2022, 1, 1), days[-1])
    ]
    known = random.choice([0.0, 1.0, 0.8])
    return [
        replace(line, cost=line.amount * 7 // 10) if random.random() < known else line for line in lines
    ], AnalysisOptions(as_of=date(2025, 3, 31), by_group=False)


WINDOWS = ["last12", Window(date(2023, 4, 1), date(2023, 9, 30)), Window(date(2024, 2, 1), date(2025, 3, 31))]


CHOICES = [(WINDOWS[at], list(Measure)[at % 2]) for at in range(3)]


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_a_year_ago_is_what_an_analysis_said_at_the_end_of_those_months(seed: int) -> None:
    lines, options = long_ledger(seed)
    names = ("abc", "xyz", "cell", "revenue", "profit")
    with house(lines, options) as one:
        for window, measure in CHOICES:
            found = slice_of(one.ground, SliceAsked(window, measure))
            assert found.window_year_ago is not None
            earlier = replace(
                options, as_of=found.window_year_ago.end, window=found.window_year_ago, measure=found.measure
            )
            then = {row["code"]: row for row in rows(one.analysed(earlier).standings, ["code", *names])}
            for row in found.table.to_pylist():
                old = then.get(row["code"], dict.fromkeys(names))
                assert [row[f"{name}_year_ago"] for name in names[:3]] == [old[name] for name in names[:3]]
                assert row["revenue_year_ago"] == (old["revenue"] or 0)
                assert row["profit_year_ago"] == (0 if old["abc"] is None else old["profit"])


def test_what_an_account_bought_later_does_not_change_what_it_was_a_year_ago() -> None:
    """
    sold_on     customer  amount
    2022-01-01  acme      100
    2024-01-15  birch     100
    2024-02-15  cedar     100
    2024-12-15  cedar     100
    2025-06-15  birch     100
    2025-06-15  cedar     100
    2025-12-31  acme      100
    """
    found = of_docstring(doc(test_what_an_account_bought_later_does_not_change_what_it_was_a_year_ago))
    assert column(found, "xyz_year_ago") == {"acme": None, "birch": "one_off", "cedar": "Y"}
    assert column(found, "xyz") == {"acme": "Z", "birch": "Z", "cedar": "Z"}
    assert column(found, "cell_year_ago") == {"acme": None, "birch": "AZ", "cedar": "AY"}


@pytest.mark.long
@pytest.mark.parametrize(
    ("seed", "direction"),
    [
        (1, "valves"),
        pytest.param(0, UNDIRECTED, marks=pytest.mark.slow),
        pytest.param(2, "pumps", marks=pytest.mark.slow),
    ],
)
def test_a_slice_of_a_direction_is_the_analysis_of_a_ledger_with_those_lines_alone(seed: int, direction: str) -> None:
    lines, options = long_ledger(seed)
    # One line of an account in a month: then months know as much of its purchases as days do.
    alone = {(line.customer, line.direction, line.sold_on.year, line.sold_on.month): line for line in lines}
    lines = list(alone.values())
    own = [line for line in lines if (line.direction or UNDIRECTED) == direction]
    names = [name for name in SAME if name != "name"]
    with house(lines, options) as one, house(own, options) as other:
        for window, measure in CHOICES:
            found = slice_of(one.ground, SliceAsked(window, measure, direction))
            whole = other.analysed(replace(options, window=window, measure=measure))
            assert rows(found.table, names) == rows(whole.standings, names)


def test_a_margin_of_a_direction_is_known_where_every_line_carries_its_cost() -> None:
    """
    sold_on     customer  amount  cost  direction
    2025-03-01  acme      100     60    pumps
    2025-12-31  acme      50      20    valves
    """
    text = doc(test_a_margin_of_a_direction_is_known_where_every_line_carries_its_cost)
    assert column(of_docstring(text, VALVES), "revenue_with_cost") == {"acme": 50_0000}
    assert column(of_docstring(text.replace(" 60 ", " -  "), VALVES), "revenue_with_cost") == {"acme": None}


@pytest.mark.long
def test_directions_add_up_to_all_lines() -> None:
    lines, options = long_ledger(1)
    whole, *parts = sliced(
        lines, options, *(SliceAsked(direction=one) for one in (None, UNDIRECTED, "valves", "pumps"))
    )
    for name in ("revenue", "revenue_year_ago", "profit"):
        assert sum(whole.amounts(name)) == sum(sum(part.amounts(name)) for part in parts)
    assert whole.directions == {"pumps": "pumps", "valves": "valves"}


GROUPED = """
sold_on     customer  amount  cost  group  direction
2022-01-05  a1        100     50    acme   valves
2024-05-01  a1        100     50    acme   valves
2024-05-01  a2        200     90    acme   valves
2024-06-01  b         100     60    -      pumps
"""


def test_a_group_is_one_account_in_a_slice_and_in_its_directions() -> None:
    asked = SliceAsked(window=Window(date(2024, 1, 1), date(2024, 6, 30)))
    found = of_docstring(GROUPED, asked, by_group=True, as_of=date(2024, 6, 30))
    assert column(found, "revenue") == {"acme": 300_0000, "b": 100_0000}
    directed = of_docstring(GROUPED, replace(asked, direction="valves"), by_group=True, as_of=date(2024, 6, 30))
    assert column(directed, "revenue") == {"acme": 300_0000}
    assert column(directed, "profit") == {"acme": 160_0000}


def test_merged_accounts_are_one_and_groups_people_named_count() -> None:
    merged = of_docstring(GROUPED, merged={"b": "a1"}, as_of=date(2024, 6, 30))
    assert column(merged, "revenue") == {"a1": 200_0000, "a2": 200_0000}
    grouped = of_docstring(GROUPED, by_group=True, groups={"b": "acme", "a2": ""}, as_of=date(2024, 6, 30))
    assert column(grouped, "revenue") == {"a2": 200_0000, "acme": 200_0000}


# Edges -----------------------------------------------------------------------------------------------------------


def test_a_direction_without_a_line_in_the_window_leaves_accounts_without_figures() -> None:
    """
    sold_on     customer  amount  direction
    2023-03-01  acme      100     valves
    2025-12-31  birch     100     pumps
    """
    found = of_docstring(doc(test_a_direction_without_a_line_in_the_window_leaves_accounts_without_figures), VALVES)
    assert found.table["code"].to_pylist() == ["acme"]
    assert [found.table[name].to_pylist() for name in ("revenue", "abc", "cell", "rank")] == [[None]] * 4
    assert found.table["revenue_year_ago"].to_pylist() == [0]


VALVES = SliceAsked(direction="valves")


def test_a_direction_younger_than_the_ledger_sold_nothing_a_year_ago() -> None:
    """
    sold_on     customer  amount  direction
    2023-03-01  acme      100     pumps
    2025-11-30  acme      100     valves
    2025-12-31  acme      100     valves
    """
    found = of_docstring(doc(test_a_direction_younger_than_the_ledger_sold_nothing_a_year_ago), VALVES)
    assert column(found, "revenue_year_ago") == {"acme": 0}
    assert column(found, "xyz") == {"acme": "new"}
    assert column(found, "abc_year_ago") == {"acme": None}


def test_who_bought_of_a_direction_in_one_month_is_one_off_in_it() -> None:
    """
    sold_on     customer  amount  direction
    2023-03-01  acme      100     pumps
    2024-03-01  acme      100     valves
    2024-03-09  acme      100     valves
    2024-12-31  acme      100     pumps
    """
    text = doc(test_who_bought_of_a_direction_in_one_month_is_one_off_in_it)
    assert column(of_docstring(text, VALVES), "xyz") == {"acme": "one_off"}
    assert column(of_docstring(text, VALVES), "cell") == {"acme": "AZ"}


def test_a_ledger_younger_than_a_year_knows_no_year_ago() -> None:
    """
    sold_on     customer  amount
    2025-03-01  acme      100
    2025-12-31  birch     50
    """
    found = of_docstring(doc(test_a_ledger_younger_than_a_year_knows_no_year_ago))
    assert found.window_year_ago is None
    for name in (name for name in SLICE.names if name.endswith("_year_ago")):
        assert found.table[name].null_count == 2
    assert column(found, "change") == {"acme": None, "birch": None}


def test_profit_stays_unknown_where_no_line_carries_a_cost() -> None:
    """
    sold_on     customer  amount  cost
    2023-12-31  acme      100     -
    2024-03-01  acme      100     -
    2024-03-01  birch     100     60
    2025-12-31  acme      100     -
    2025-12-31  birch     100     80
    """
    found = of_docstring(
        doc(test_profit_stays_unknown_where_no_line_carries_a_cost), SliceAsked(measure=Measure.PROFIT)
    )
    assert column(found, "profit") == {"acme": None, "birch": 20_0000}
    assert column(found, "profit_year_ago") == {"acme": None, "birch": 40_0000}
    assert column(found, "value") == {"acme": None, "birch": 20_0000}
    assert column(found, "abc") == {"acme": "N", "birch": "A"}
    assert column(found, "revenue_with_cost") == {"acme": None, "birch": 100_0000}


def test_returns_only_are_class_n() -> None:
    """
    sold_on     customer  amount  direction
    2025-03-01  acme      -100    valves
    2025-12-31  birch     -50     valves
    """
    text = doc(test_returns_only_are_class_n)
    for asked in (SliceAsked(), VALVES):
        found = of_docstring(text, asked)
        assert column(found, "abc") == {"acme": "N", "birch": "N"}
        assert column(found, "cell") == {"acme": None, "birch": None}


def test_a_direction_that_no_line_carries_up_to_the_day_leaves_a_slice_without_rows(tmp_path: Path) -> None:
    """
    sold_on     customer  amount  direction
    2025-03-01  acme      100     pumps
    2025-12-31  birch     50      valves
    """
    text = doc(test_a_direction_that_no_line_carries_up_to_the_day_leaves_a_slice_without_rows)
    found = of_docstring(text, VALVES, as_of=date(2025, 6, 30))
    assert len(found) == 0
    save(found, tmp_path / "s.arrow")
    assert load(tmp_path / "s.arrow").table.equals(found.table)


def test_lines_without_a_direction_are_all_where_the_ledger_names_none() -> None:
    """
    sold_on     customer  amount
    2025-03-01  acme      100
    """
    text = doc(test_lines_without_a_direction_are_all_where_the_ledger_names_none)
    assert column(of_docstring(text, SliceAsked(direction=UNDIRECTED)), "revenue") == {"acme": 100_0000}


def test_a_direction_nobody_named_and_a_window_beside_the_ledger_are_refused() -> None:
    """
    sold_on     customer  amount  direction
    2025-03-01  acme      100     pumps
    """
    text = doc(test_a_direction_nobody_named_and_a_window_beside_the_ledger_are_refused)
    with pytest.raises(UnableToSlice, match="no direction valves"):
        of_docstring(text, VALVES)
    with pytest.raises(UnableToAnalyze):
        of_docstring(text, SliceAsked(window=Window(date(2020, 1, 1), date(2020, 12, 31))))


def doc(test: Any) -> str:
    return str(test.__doc__)


# Files -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def found() -> Slice:
    return of_docstring(GROUPED, SliceAsked(window=Window(date(2024, 1, 1), date(2024, 6, 30))))


def test_a_slice_that_was_kept_is_the_one_that_was_made(found: Slice, tmp_path: Path) -> None:
    save(found, tmp_path / "s.arrow")
    loaded = load(tmp_path / "s.arrow")
    assert loaded.table.equals(found.table)
    for name in ("asked", "as_of", "currency", "window", "window_year_ago", "measure", "directions"):
        assert getattr(loaded, name) == getattr(found, name)
    assert [path.name for path in tmp_path.iterdir()] == ["s.arrow"]


def test_any_arrow_program_opens_a_kept_slice(found: Slice, tmp_path: Path) -> None:
    save(found, tmp_path / "s.arrow")
    with pa.ipc.open_file(tmp_path / "s.arrow") as file:
        assert file.read_all().num_rows == len(found)
        assert file.num_record_batches == 1


def test_every_byte_of_a_kept_slice_is_under_its_seal(found: Slice, tmp_path: Path) -> None:
    file = tmp_path / "s.arrow"
    save(found, file)
    content = file.read_bytes()
    for at in range(0, len(content), 97):
        file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(UnableToLoadSlice):
            load(file)
    for other in (b"", content[:-1], content[: len(content) // 2], b"no arrow at all"):
        file.write_bytes(other)
        with pytest.raises(UnableToLoadSlice):
            load(file)
    with pytest.raises(UnableToLoadSlice):
        load(tmp_path / "missing.arrow")


def test_a_loaded_slice_stays_what_it_is_when_its_file_is_replaced(found: Slice, tmp_path: Path) -> None:
    file = tmp_path / "s.arrow"
    save(found, file)
    loaded = load(file)
    save(replace(found, table=found.table.slice(0, 1)), file)
    assert loaded.table.equals(found.table)
    assert len(load(file)) == 1


def test_a_ground_is_no_slice(found: Slice, tmp_path: Path) -> None:
    batch = write_batch(tmp_path / "batch", rows_of(GROUPED))
    (tmp_path / "work").mkdir()
    batches = [(batch, manifest_of(batch))]
    make_ground(batches, AnalysisOptions(), workspace=tmp_path / "work", folder=tmp_path / "ground")
    with pytest.raises(UnableToLoadSlice):
        load(tmp_path / "ground" / "ground.arrow")


def test_a_ground_that_was_kept_gives_the_same_slices_and_is_refused_when_something_is_gone(tmp_path: Path) -> None:
    batch = write_batch(tmp_path / "batch", rows_of(GROUPED))
    (tmp_path / "work").mkdir()
    batches, folder = [(batch, manifest_of(batch))], tmp_path / "ground"
    made = make_ground(batches, AnalysisOptions(), workspace=tmp_path / "work", folder=folder)
    assert slice_of(open_ground(folder), VALVES).table.equals(slice_of(made, VALVES).table)
    with pytest.raises(UnableToKeepGround):
        make_ground(batches, AnalysisOptions(), workspace=tmp_path / "work", folder=folder)
    (folder / "months.parquet").unlink()
    with pytest.raises(UnableToOpenGround):
        open_ground(folder)


def test_slices_of_one_start_of_the_engine_are_those_of_a_start_each(tmp_path: Path) -> None:
    """In an order in which each finds what another filter has left: other lines, other months, another measure."""
    batch = write_batch(tmp_path / "batch", rows_of(GROUPED))
    (tmp_path / "work").mkdir()
    batches, folder = [(batch, manifest_of(batch))], tmp_path / "ground"
    made = make_ground(batches, AnalysisOptions(), workspace=tmp_path / "work", folder=folder)
    half = SliceAsked(window=Window(date(2024, 1, 1), date(2024, 6, 30)))
    asked = [half, VALVES, SliceAsked(measure=Measure.PROFIT), replace(half, direction="valves"), half]
    found = list(slices_of(made, asked))
    assert found[0].table.num_rows > found[1].table.num_rows > 0
    for one, alone in zip(found, [slice_of(made, filter_) for filter_ in asked], strict=True):
        assert (one.asked, one.window, one.measure) == (alone.asked, alone.window, alone.measure)
        assert one.table.equals(alone.table)


@pytest.mark.parametrize(("name", "asked"), [("months.parquet", SliceAsked()), ("directions.parquet", VALVES)])
def test_monthly_sums_of_which_one_bit_has_flipped_are_not_added_up(
    name: str, asked: SliceAsked, tmp_path: Path
) -> None:
    batch = write_batch(tmp_path / "batch", rows_of(GROUPED))
    (tmp_path / "work").mkdir()
    made = make_ground(
        [(batch, manifest_of(batch))], AnalysisOptions(), workspace=tmp_path / "work", folder=tmp_path / "ground"
    )
    whole = (made.folder / name).read_bytes()
    for at in range(0, len(whole), max(len(whole) // 12, 1)):
        (made.folder / name).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        for ground in (made, open_ground(made.folder)):
            with pytest.raises(UnableToOpenGround):
                slice_of(ground, asked)


def test_equal_filters_have_equal_stamps_and_others_have_others() -> None:
    window = Window(date(2024, 1, 1), date(2024, 6, 30))
    asked = [
        SliceAsked(),
        SliceAsked(window=window),
        SliceAsked(direction=UNDIRECTED),
        SliceAsked(measure=Measure.PROFIT),
        SliceAsked(abc_cuts=(0.7, 0.9)),
        SliceAsked(xyz_cuts=(0.5, 2)),
    ]
    assert len({one.stamp for one in asked}) == len(asked)
    for one in asked:
        assert SliceAsked.from_json(one.to_json()) == one
        assert SliceAsked.from_json(one.to_json()).stamp == one.stamp
