"""A portfolio's figures: against the analysis, against reckoning by hand, and against each other."""

from collections import Counter
from dataclasses import asdict, replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from anahtar.analysis import Measure, UnableToAnalyze, Window
from anahtar.analysis.portfolio import NEW, NONE, STATES, Portfolio, concentrating
from anahtar.analysis.slicing import Slice, SliceAsked, slice_of
from anahtar.metrics import concentration as metric
from anahtar.rules.strategy import CELLS
from tests.anahtar.analysis.made import made
from tests.anahtar.analysis.slices import SEEDS, house, of_docstring, settings
from tests.anahtar.oracle.comparing import differences

Row = dict[str, Any]


def rows_of(portfolio: Portfolio) -> list[Row]:
    table = portfolio.slice.table
    return table.take(pa.array(portfolio.rows)).to_pylist()


def codes(found: Slice, every: int) -> list[str]:
    return found.table["code"].to_pylist()[::every]


@pytest.fixture(scope="module", params=[1, 3], ids=["all", "a third"])
def some(request: pytest.FixtureRequest) -> Portfolio:
    found = made(1500, 7)
    return Portfolio.of(found, None if request.param == 1 else codes(found, request.param))


# Against the analysis --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_concentration_and_cells_of_all_accounts_are_those_of_the_analysis(seed: int) -> None:
    lines, options, others = settings(seed)
    with house(lines, options) as one:
        for other in others:
            try:
                whole = one.analysed(other)
            except UnableToAnalyze:
                continue
            portfolio = Portfolio.of(slice_of(one.ground, SliceAsked.of(other)))
            assert not list(differences(asdict(portfolio.concentration), asdict(whole.concentration)))
            for cell, other_cell in zip(portfolio.cells, whole.cells, strict=False):
                for name in ("accounts", "one_off", "new", "revenue", "profit"):
                    wanted = getattr(other_cell, "customers" if name == "accounts" else name)
                    assert getattr(cell, name) == wanted
                assert cell.share == pytest.approx(other_cell.share)
            assert portfolio.now.positive == whole.concentration.total
            if portfolio.year_ago is not None:
                assert portfolio.year_ago.positive == whole.base.value_year_ago
            keyed = whole.standings.filter(whole.standings["key"])["code"].to_pylist()
            assert (portfolio.key_share(keyed).share or 0.0) == pytest.approx(whole.key_share)


def test_borders_told_twice_are_the_same() -> None:
    assert (concentrating.TOP, concentrating.TOP_PERCENT, concentrating.WITHOUT) == (
        metric.TOP,
        metric.TOP_PERCENT,
        metric.WITHOUT,
    )
    assert (concentrating.DEPENDENCE, concentrating.MONO_CLIENT) == (metric.DEPENDENCE, metric.MONO_CLIENT)


# By hand ---------------------------------------------------------------------------------------------------------


def test_concentration_of_some_is_of_their_own_total(some: Portfolio) -> None:
    for when, found in (("", some.concentration), ("_year_ago", some.concentration_year_ago)):
        assert found is not None
        values = sorted((row[f"value{when}"] for row in rows_of(some) if (row[f"value{when}"] or 0) > 0), reverse=True)
        total = sum(values)
        assert (found.customers_positive, found.total) == (len(values), total)
        assert found.top[3] == pytest.approx(sum(values[:3]) / total)
        assert found.without[5] == total - sum(values[:5])
        assert found.hhi == pytest.approx(float(sum(Fraction(value, total) ** 2 for value in values)), abs=1e-12)
        reached = np.cumsum(values)
        assert found.customers_for_80pct == int(np.searchsorted(reached, 0.8 * total)) + 1


def test_totals_are_sums_of_the_rows(some: Portfolio) -> None:
    rows = rows_of(some)
    assert some.year_ago is not None
    for when, found in (("", some.now), ("_year_ago", some.year_ago)):
        assert found.revenue == sum(row[f"revenue{when}"] or 0 for row in rows)
        assert found.profit == sum(row[f"profit{when}"] or 0 for row in rows)
        assert found.value == sum(row[f"value{when}"] or 0 for row in rows)
        assert found.buying == sum((row[f"revenue{when}"] or 0) > 0 for row in rows)
        assert found.accounts == sum(row[f"abc{when}"] is not None for row in rows)
        assert found.margin == pytest.approx(found.profit / sum(row[f"revenue_with_cost{when}"] or 0 for row in rows))


def test_the_bridge_leads_from_the_year_before_to_now_to_the_unit(some: Portfolio) -> None:
    assert some.bridge is not None
    assert some.year_ago is not None
    parts = dict(some.bridge)
    assert sum(part.value for part in parts.values()) == some.now.value - some.year_ago.value
    assert sum(part.accounts for part in parts.values()) == len(some.rows)
    assert sum(parts[name].accounts for name in ("new", "returned", "grown", "shrunk", "steady")) == some.now.buying
    assert sum(parts[name].accounts for name in ("grown", "shrunk", "steady", "lost")) == some.year_ago.buying
    assert all(part.accounts for name, part in parts.items() if name != "steady")


def test_cells_add_up_to_the_totals(some: Portfolio) -> None:
    assert [cell.name for cell in some.cells] == [*CELLS, "N", "undefined"]
    for name in ("accounts", "revenue", "value"):
        assert sum(getattr(cell, name) for cell in some.cells) == getattr(some.now, name)
    assert sum(cell.profit or 0 for cell in some.cells) == some.now.profit
    assert sum(cell.share for cell in some.cells) == pytest.approx(1)
    rows = [row for row in rows_of(some) if row["cell"] == "BZ"]
    cell = some.cells[CELLS.index("BZ")]
    assert (cell.accounts, cell.revenue) == (len(rows), sum(row["revenue"] for row in rows))
    assert (cell.one_off, cell.new) == tuple(sum(row["xyz"] == word for row in rows) for word in ("one_off", "new"))


def state(row: Row, when: str, last_month: int) -> str:
    if row["first_month"] > last_month:
        return NEW
    if row[f"abc{when}"] is None:
        return NONE
    return str(row[f"cell{when}"] or ("N" if row[f"abc{when}"] == "N" else "undefined"))


def test_migration_counts_every_account_once_and_all_money(some: Portfolio) -> None:
    assert some.migration is not None
    assert some.year_ago is not None
    ways = Counter((state(row, "_year_ago", 2024 * 12 + 11), state(row, "", 2025 * 12 + 11)) for row in rows_of(some))
    assert {(move.before, move.after): move.accounts for move in some.migration} == ways
    assert sum(move.value for move in some.migration) == some.now.value
    assert sum(move.value_year_ago for move in some.migration) == some.year_ago.value
    order = [(STATES.index(move.before), STATES.index(move.after)) for move in some.migration]
    assert order == sorted(order)


def test_movers_are_who_changed_their_state_by_how_much_their_value_changed(some: Portfolio) -> None:
    assert some.migration is not None
    movers = some.movers().to_pylist()
    assert len(movers) == sum(move.accounts for move in some.migration if move.before != move.after)
    assert movers == sorted(movers, key=lambda row: (-abs(row["value"] - row["value_year_ago"]), row["code"]))
    chosen = next(move for move in some.migration if move.before == NONE and move.after == "N")
    named = some.movers(before=NONE, after="N")
    assert named.num_rows == chosen.accounts
    assert sum(named["value"].to_pylist()) == chosen.value


def test_the_curve_is_thin_and_keeps_the_first_ten_the_borders_and_the_end(some: Portfolio) -> None:
    values = [row["value"] for row in rows_of(some) if (row["value"] or 0) > 0]
    places = some.curve.places.tolist()
    assert len(places) <= 200
    assert places == sorted(set(places))
    assert {*range(1, 11), *some.curve.borders.values(), len(values)} <= set(places)
    assert some.curve.shares.tolist() == pytest.approx([sum(values[:place]) / sum(values) for place in places])
    assert some.curve.shares[-1] == 1.0
    classes = [row["abc"] for row in rows_of(some) if (row["value"] or 0) > 0]
    assert some.curve.borders["A"] == classes.count("A")
    assert some.curve.borders["C"] == len(values)
    assert list(some.curve.names) == [row["code"] for row in rows_of(some)[:10]]


def test_the_curve_of_a_hundred_thousand_has_two_hundred_points() -> None:
    found = made(100_000, 3)
    curve = Portfolio.of(found).curve
    assert 150 <= len(curve.places) <= 200
    # No step of the eye: between two points the curve rises by a few per cent at most, or they are neighbours.
    rises = np.diff(curve.shares)
    assert all(rise < 0.05 or step == 1 for rise, step in zip(rises, np.diff(curve.places), strict=True))


def test_without_an_account_is_the_portfolio_of_the_others(some: Portfolio) -> None:
    left_out = [row["code"] for row in rows_of(some)[:3:2]]
    others = [row["code"] for row in rows_of(some) if row["code"] not in left_out]
    fewer, same = some.without([*left_out, "nobody"]), Portfolio.of(some.slice, others)
    for name in ("now", "year_ago", "bridge", "concentration", "concentration_year_ago", "cells", "migration"):
        assert getattr(fewer, name) == getattr(same, name)
    assert fewer.curve.places.tolist() == same.curve.places.tolist()
    assert fewer.now.positive < some.now.positive
    assert some.without([]).concentration == some.concentration


def test_key_share_is_of_the_chosen_now_and_a_year_ago(some: Portfolio) -> None:
    rows = rows_of(some)
    keys = [row["code"] for row in rows[:4]] + ["nobody"]
    found = some.key_share(keys)
    for when, share in (("", found.share), ("_year_ago", found.share_year_ago)):
        parts = [(row["code"], max(row[f"value{when}"] or 0, 0)) for row in rows]
        wanted = sum(value for code, value in parts if code in keys) / sum(value for _, value in parts)
        assert share == pytest.approx(wanted)
    assert found.accounts == 4
    assert found.band == (0.30, 0.55)


@pytest.mark.parametrize(
    ("share", "verdict"), [(0.29, "below"), (0.30, "within"), (0.55, "within"), (0.56, "above"), (None, None)]
)
def test_the_band_includes_its_borders(share: float | None, verdict: str | None) -> None:
    found = replace(Portfolio.of(made(10)).key_share([]), share=share)
    assert found.verdict == verdict


def test_shares_stand_beside_the_rows(some: Portfolio) -> None:
    shares = some.shares()
    assert np.nansum(shares) == pytest.approx(1)
    assert len(shares) == len(some.rows)
    assert [np.isnan(share) for share in shares] == [(row["value"] or 0) <= 0 for row in rows_of(some)]


# Edges -----------------------------------------------------------------------------------------------------------


def test_a_portfolio_without_accounts_has_nothing_and_says_so() -> None:
    found = made(50)
    for portfolio in (Portfolio.of(found, []), Portfolio.of(found, ["nobody"]), Portfolio.of(made(0))):
        assert portfolio.now.positive == portfolio.now.accounts == portfolio.concentration.customers_positive == 0
        assert portfolio.now.profit is None
        assert len(portfolio.curve.places) == 0
        assert portfolio.key_share(["000001"]).share is None
        assert portfolio.migration == []
        assert portfolio.movers().num_rows == 0


def test_a_younger_ledger_has_no_comparison() -> None:
    """
    sold_on     customer  amount
    2025-03-01  acme      100
    2025-12-31  birch     50
    """
    portfolio = Portfolio.of(of_docstring(str(test_a_younger_ledger_has_no_comparison.__doc__)))
    assert portfolio.year_ago is portfolio.bridge is portfolio.migration is portfolio.concentration_year_ago is None
    assert portfolio.key_share(["acme"]).share == pytest.approx(2 / 3)
    assert portfolio.key_share(["acme"]).share_year_ago is None
    assert portfolio.movers().num_rows == 0


def test_who_depends_on_whom_is_told_of_the_chosen_alone() -> None:
    """
    sold_on     customer  amount
    2025-03-01  acme      900
    2025-03-01  birch     60
    2025-12-31  cedar     20
    2025-12-31  dune      20
    """
    found = of_docstring(str(test_who_depends_on_whom_is_told_of_the_chosen_alone.__doc__))
    assert Portfolio.of(found).concentration.mono_client == "acme"
    own = Portfolio.of(found, ["birch", "cedar", "dune"])
    assert own.concentration.mono_client == "birch"
    assert own.concentration.dependence == ["birch", "cedar", "dune"]
    assert own.curve.borders == {"B": 1, "C": 3}


def test_a_window_of_the_past_leaves_out_who_came_after_it() -> None:
    """
    sold_on     customer  amount
    2022-01-01  acme      100
    2024-12-31  birch     50
    """
    window = Window(date(2023, 1, 1), date(2023, 12, 31))
    portfolio = Portfolio.of(
        of_docstring(
            str(test_a_window_of_the_past_leaves_out_who_came_after_it.__doc__), SliceAsked(window, Measure.REVENUE)
        )
    )
    assert [(move.before, move.after, move.accounts) for move in portfolio.migration or []] == [("AZ", NONE, 1)]


def test_money_beyond_the_whole_numbers_of_a_double_stays_exact() -> None:
    found = made(300, 5, largest=10**16)
    portfolio = Portfolio.of(found)
    assert max(found.table["value"].drop_null().to_pylist()) > 2**53
    assert portfolio.now.value == sum(found.table["value"].drop_null().to_pylist())
    assert sum(cell.value for cell in portfolio.cells) == portfolio.now.value
