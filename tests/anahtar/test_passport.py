"""The passport of a class says what full analyses with other settings say."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anahtar.analysis import Analysis, AnalysisOptions, Measure, Span, Window, analyze
from anahtar.analysis.keeping import UnableToLoadAnalysis, load, load_rankings, save
from anahtar.analysis.passport import ClassPassport, class_passport
from anahtar.analysis.ranking import Ranking, rankings
from anahtar.facts.largest_order import largest_order
from anahtar.facts.merging import survivors
from anahtar.metrics.grid import settings
from tests.anahtar.oracle.by_hand import classes
from tests.anahtar.oracle.comparing import analysed, folder
from tests.anahtar.oracle.ledger import Line, write
from tests.anahtar.oracle.ledgers import case
from tests.anahtar.oracle.oracle import cut_of

SEEDS = (1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (4, 6, 10, 12)))
CUTS = (0.80, 0.95)


def drawn(seed: int) -> tuple[list[Line], AnalysisOptions]:
    """A ledger of the oracle's, judged over its last twelve full months and without groups."""
    lines, options = case(seed)
    return lines, replace(options, by_group=False, window="last12", measure=options.measure or Measure.REVENUE)


def rows(analysis: Analysis) -> Mapping[str, Mapping[str, Any]]:
    return {row["code"]: row for row in analysis.standings.to_pylist()}


def passports(analysis: Analysis) -> Iterator[tuple[Mapping[str, Any], ClassPassport]]:
    ranked = rankings(analysis)
    for code, row in rows(analysis).items():
        yield row, class_passport(analysis, code, ranked)


def moved(window: Window, shift: int) -> Window:
    """The months so much earlier."""
    first = window.start
    months = first.year * 12 + first.month - 1 - shift
    start = date(months // 12, months % 12 + 1, 1)
    length = (window.end.year - first.year) * 12 + window.end.month - first.month + 1
    after = months + length
    return Window(start, date(after // 12, after % 12 + 1, 1) - timedelta(1))


# Borders ---------------------------------------------------------------------------------------------------------


def ranking_of(values: Sequence[int]) -> Ranking:
    return Ranking.of(
        pa.chunked_array([pa.array(range(len(values)), pa.int32())]), pa.chunked_array([pa.array(values)])
    )


def test_what_an_account_lacks_and_what_it_would_have_to_lose_by_hand() -> None:
    """
    Values 700, 150, 110, 40. Dune (40) is in C: the others make 960. With x up to 110 all of them stand above it (at
    110 the one with the smaller id), and 960 / (960 + x) falls below 0.95 from 50.53 on: B from 51. At 110 it is 0.897;
    with 111 only 850 stand above, 850 / 1071 is 0.794: A.
    """
    dune = ranking_of([700, 150, 110, 40]).beside(3)
    assert [dune.least(letter, CUTS) for letter in "ABC"] == [111, 51, 1]
    assert [dune.letter(value, CUTS) for value in (0, 50, 51, 110, 111)] == ["N", "C", "B", "B", "A"]


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=8), st.data())
def test_a_class_with_another_value_is_that_of_the_whole_ranking(values: list[int], data: st.DataObject) -> None:
    account = data.draw(st.integers(0, len(values)))
    value = data.draw(st.integers(-5, 1100))
    found = ranking_of(values).beside(account).letter(value, CUTS)
    everybody = {str(at): one for at, one in enumerate(values)} | {str(account): value}
    assert found == classes(everybody, (cut_of(CUTS[0]), cut_of(CUTS[1])))[str(account)]["abc"]


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=12), st.data())
def test_borders_are_the_first_value_in_a_class_and_the_last_outside(values: list[int], data: st.DataObject) -> None:
    beside = ranking_of(values).beside(data.draw(st.integers(0, len(values) - 1)))
    for letter in "ABC":
        least = beside.least(letter, CUTS)
        assert beside.letter(least, CUTS) <= letter
        assert least == 1 or beside.letter(least - 1, CUTS) > letter


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS[:2])
def test_an_account_that_gains_or_loses_up_to_a_border_changes_its_class_there_and_not_before(seed: int) -> None:
    lines, options = drawn(seed)
    options = replace(options, measure=Measure.REVENUE)
    analysis = analysed(lines, options)
    options = replace(options, as_of=analysis.as_of)
    tried = 0
    for row, found in passports(analysis):
        for border in found.borders[:1]:
            assert (border.difference > 0) == (border.abc < row["abc"]) if row["abc"] else border.difference > 0
            step = 1 if border.difference > 0 else -1
            if row["value"] is None or border.difference == 0 or tried == 2:
                continue
            tried += 1
            for difference, abc in ((border.difference, border.abc), (border.difference - step, row["abc"])):
                more = Line(analysis.window.end, row["code"], difference, invoice="border")
                again = rows(analysed([*lines, *([more] if difference else [])], options))
                assert again[row["code"]]["abc"] == abc, (row["code"], border)


# Other settings --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS[-1:])
def test_the_grid_is_that_of_full_analyses(seed: int) -> None:
    lines, options = drawn(seed)
    analysis = analysed(lines, options)
    own = {row["code"]: found for row, found in passports(analysis)}
    for row, found in passports(analysis):
        same = [one.abc == found.abc for one in found.settings]
        assert row["stability"] == (None if not same else pytest.approx(sum(same) / len(same)))
    shifts = {one.shift for found in own.values() for one in found.settings}
    options = replace(options, as_of=analysis.as_of)
    # Each shift with other cuts: all nine by full analyses would take most of a minute.
    for shift, cuts in zip(sorted(shifts), settings(options.abc_cuts)[-3:], strict=False):
        window = moved(analysis.window, shift)
        full = rows(analysed(lines, replace(options, window=window, abc_cuts=cuts)))
        for code, found in own.items():
            told = [(one.value, one.abc) for one in found.settings if (one.shift, one.cuts) == (shift, cuts)]
            assert told in ([], [(full[code]["value"], full[code]["abc"])])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_other_measure_and_the_other_periods_are_those_of_full_analyses(seed: int) -> None:
    lines, options = drawn(seed)
    analysis = analysed(lines, options)
    options = replace(options, as_of=analysis.as_of)
    other = Measure.PROFIT if analysis.measure == Measure.REVENUE else Measure.REVENUE
    by_other = rows(analysed(lines, replace(options, measure=other)))
    span = Span.MONTH if options.period == Span.QUARTER else Span.QUARTER
    by_span = rows(analysed(lines, replace(options, period=span)))
    for row, found in passports(analysis):
        if found.other_measure is not None:
            told = by_other[row["code"]]
            assert (found.other_measure.value, found.other_measure.abc) == (told[other.value], told["abc"])
        for regularity, right in ((found.regularity, row), (found.other_regularity, by_span[row["code"]])):
            if regularity is None or right["xyz"] is None:
                continue
            assert (regularity.xyz, regularity.cv) == (right["xyz"], right["cv"])


@pytest.mark.parametrize("seed", SEEDS[1:4])
@pytest.mark.parametrize("measure", list(Measure))
def test_without_its_largest_order_it_is_what_a_ledger_without_those_lines_says(seed: int, measure: Measure) -> None:
    lines, options = drawn(seed)
    options = replace(options, measure=measure)
    with folder() as path:
        (path / "work").mkdir()
        batches = write(lines, path)
        analysis = analyze(batches, options, workspace=path / "work")
        window, goes_on = analysis.window, survivors(options.merged)
        orders = {
            code: largest_order(
                batches,
                [code, *(merged for merged, end in goes_on.items() if end == code)],
                first=window.start,
                last=window.end,
                goes_on=goes_on,
            )
            for code in rows(analysis)
        }
    ranked = rankings(analysis)
    for code, order in [(code, order) for code, order in orders.items() if order is not None][:2]:
        found = class_passport(analysis, code, ranked, largest_order=order)
        left = [line for line in lines if not _of_order(line, code, order, goes_on)]
        assert len(left) < len(lines)
        again = rows(analysed(left, replace(options, as_of=analysis.as_of, window=window))) if left else {}
        assert found.without_largest_order is not None
        told = (found.without_largest_order.value, found.without_largest_order.abc)
        right = again.get(code, {"value": None, "abc": None})
        # Without a line left it has no class; here it has one that says it is worth nothing.
        assert told == ((right["value"], right["abc"]) if right["abc"] else (0, "N")) or (
            told[1] == right["abc"] == "N" and told[0] == 0 and right["value"] is None
        )


def _of_order(line: Line, code: str, order: Any, goes_on: Mapping[str, str]) -> bool:
    if goes_on.get(line.customer, line.customer) != code or line.invoice != order.invoice:
        return False
    same_month = (line.sold_on.year, line.sold_on.month) == (order.sold_on.year, order.sold_on.month)
    return same_month if order.invoice is not None else line.sold_on == order.sold_on


# Regularity ------------------------------------------------------------------------------------------------------


def even(amounts: Sequence[int]) -> list[Line]:
    """One invoice a month of 2025, and a buyer of the year before who makes the ledger old."""
    own = [Line(date(2025, month, 5), "acme", amount * 10_000) for month, amount in enumerate(amounts, 1) if amount]
    return [*own, Line(date(2023, 1, 5), "acme", 10_000), Line(date(2025, 12, 31), "birch", 10_000)]


def test_periods_are_told_with_the_empty_ones_and_without_the_largest() -> None:
    amounts = [10, 10, 0, 12, 0, 0, 10, 300, 0, 0, 0, 0]
    analysis = analysed(even(amounts), AnalysisOptions(period=Span.MONTH))
    found = class_passport(analysis, "acme", rankings(analysis))
    assert found.regularity is not None
    assert [period.value for period in found.regularity.periods] == [amount * 10_000 for amount in amounts]
    assert found.regularity.empty_periods == 7
    assert found.regularity.periods[0].first == date(2025, 1, 1)
    assert found.regularity.periods[-1].last == date(2025, 12, 31)
    others = [float(amount) for amount in amounts if amount != 300]
    assert found.regularity.cv_without_largest == pytest.approx(pstdev(others) / fmean(others))
    assert (found.regularity.xyz, found.regularity.xyz_without_largest) == ("Z", "Z")
    quarters = found.other_regularity
    assert quarters is not None
    assert [period.value for period in quarters.periods] == [20_0000, 12_0000, 310_0000, 0]
    assert (quarters.xyz, quarters.xyz_without_largest, quarters.empty_periods) == ("Z", "Y", 1)


def test_a_profit_nobody_knows_is_no_zero() -> None:
    lines = [
        Line(date(2025, 2, 1), "acme", 100_0000, cost=60_0000),
        Line(date(2025, 5, 1), "acme", 100_0000),
        Line(date(2025, 12, 31), "birch", 100_0000, cost=60_0000),
    ]
    analysis = analysed(
        lines, AnalysisOptions(measure=Measure.PROFIT, window=Window(date(2025, 1, 1), date(2025, 12, 31)))
    )
    found = class_passport(analysis, "acme", rankings(analysis))
    assert found.regularity is not None
    assert [(one.value, one.has_lines) for one in found.regularity.periods] == [
        (40_0000, True),
        (None, True),
        (0, False),
        (0, False),
    ]


# The passport itself ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_it_repeats_the_standing_and_its_history(seed: int) -> None:
    lines, options = drawn(seed)
    analysis = analysed(lines, options)
    for row, found in passports(analysis):
        for name in ("code", "name", "abc", "xyz", "cell", "value", "share", "rank", "stability"):
            assert getattr(found, name) == row[name]
        assert [abc for _, abc in found.history] == row["abc_history"]
        assert len(found.history) == 13
        assert found.history[-1][0] <= analysis.window.end < found.history[-1][0] + timedelta(31)
        assert all((end + timedelta(1)).day == 1 for end, _ in found.history)


def test_an_account_that_nobody_knows_has_none() -> None:
    analysis = analysed(*drawn(1))
    with pytest.raises(LookupError):
        class_passport(analysis, "nobody", rankings(analysis))


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_the_same_from_what_was_kept_of_one_account(seed: int, tmp_path: Path) -> None:
    lines, options = drawn(seed)
    analysis = analysed(lines, options)
    save(analysis, tmp_path / "kept")
    kept = load_rankings(tmp_path / "kept")
    for row, found in passports(analysis):
        alone = load(tmp_path / "kept", accounts=[row["code"]])
        assert class_passport(alone, row["code"], kept) == found


def test_damaged_rankings_are_refused(tmp_path: Path) -> None:
    save(analysed(*drawn(1)), tmp_path / "kept")
    path = tmp_path / "kept" / "rankings.parquet"
    content = bytearray(path.read_bytes())
    # The last byte of the values: their checksum alone protects it.
    values = pq.read_metadata(path).row_group(0).column(0)
    content[values.data_page_offset + values.total_compressed_size - 1] ^= 1
    path.write_bytes(content)
    with pytest.raises(UnableToLoadAnalysis):
        load_rankings(tmp_path / "kept")
    path.unlink()
    with pytest.raises(UnableToLoadAnalysis):
        load_rankings(tmp_path / "kept")


def test_rankings_of_nothing_positive_are_kept_as_well(tmp_path: Path) -> None:
    analysis = analysed([Line(date(2025, 3, 3), "acme", -1, cost=5)], AnalysisOptions())
    save(analysis, tmp_path / "kept")
    kept = load_rankings(tmp_path / "kept")
    assert set(kept.window) == set(Measure)
    assert all(not np.size(one.ids) for one in kept.window.values())
    assert class_passport(analysis, "acme", kept).abc == "N"


def test_a_passport_does_not_start_the_query_compiler(tmp_path: Path) -> None:
    save(analysed(*drawn(1)), tmp_path / "kept")
    asked = (
        "import sys\nfrom pathlib import Path\nfrom anahtar.analysis.keeping import load, load_rankings\n"
        "from anahtar.analysis.passport import class_passport\nfrom anahtar.analysis import changes\n"
        f"folder = Path({str(tmp_path / 'kept')!r})\nanalysis = load(folder)\n"
        "class_passport(analysis, analysis.standings['code'][0].as_py(), load_rankings(folder))\n"
        "sys.exit('ibis' in sys.modules or 'duckdb' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
