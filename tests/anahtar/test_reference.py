"""The published figures of real ledgers, to the printed digit.

One difference is ours, and right: the published figures add binary fractions of the currency. Where an account's
returns cancel its purchases to the cent, that leaves some 1e-14 behind, and the account was counted as one of positive
value (five accounts of Online Retail: 12454, 12558, 12607, 13762 and 18274; exactly, 55 and not 50 are class N).
`residues` adds the same way, so the tests say of each published figure what it is with and without such accounts.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest

from anahtar.analysis import Analysis, AnalysisOptions, Measure, Span, analyze
from anahtar.money import UNITS, to_cents
from tests.anahtar.ledgers import manifest_of
from tests.anahtar.shared_ledgers import LOADERS, batch_of, facts_of

pytestmark = pytest.mark.shared

LEDGERS = ("online-retail", "northwind", "maven-crm", "cdnow", "load")
LIFETIME = AnalysisOptions(window="all", measure=Measure.REVENUE)
MONTHLY = AnalysisOptions(period=Span.MONTH, measure=Measure.REVENUE)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ledgers")


@cache
def analysis_of(name: str, options: AnalysisOptions, shelf: Path) -> Analysis:
    folder = shelf / name
    if not folder.exists():
        batch_of(name, folder)
    workspace = shelf / f"work-{name}"
    workspace.mkdir(exist_ok=True)
    return analyze([(folder, manifest_of(folder))], options, workspace=workspace)


@cache
def residues(name: str, months: tuple[str, str] | None = None) -> int:
    """Accounts whose exact total is zero, and above zero only by what adding binary fractions leaves behind."""
    lines = LOADERS[name]()
    if months is not None:
        month = lines.sold_on.dt.strftime("%Y-%m")
        lines = lines[(month >= months[0]) & (month <= months[1])]
    totals = lines.groupby("customer").agg({"amount": "sum", "binary": "sum"})
    return int(((totals.amount == 0) & (totals.binary > 0)).sum())


@pytest.mark.parametrize("name", LEDGERS)
def test_concentration_agrees_with_the_published_figures(name: str, shelf: Path) -> None:
    published = facts_of(name)["concentration"]
    analysis = analysis_of(name, LIFETIME, shelf)
    found = analysis.concentration
    tops = {f"top{k}_share": round(share, 6) for k, share in found.top.items()}
    assert tops == {key: published[key] for key in tops}
    assert round(found.hhi, 8) == published["hhi_0_1"]
    assert round(found.effective_number, 3) == published["effective_number"]
    assert (found.customers_for_50pct, found.customers_for_80pct) == (
        published["customers_for_50pct"],
        published["customers_for_80pct"],
    )


@pytest.mark.parametrize("name", LEDGERS)
def test_figures_of_the_number_of_accounts_agree_once_residues_are_counted_in(name: str, shelf: Path) -> None:
    published = facts_of(name)["concentration"]
    analysis = analysis_of(name, LIFETIME, shelf)
    found, more = analysis.concentration, residues(name)
    n = found.customers_positive + more
    reached = analysis.standings["cumulative_share"].to_pylist()
    assert n == published["n_positive"]
    assert {p: round(reached[-(-n * p // 100) - 1], 6) for p in (1, 5, 10, 20)} == {
        p: published[f"top_{p}pct_customers_share"] for p in (1, 5, 10, 20)
    }
    # Accounts of nothing added at the lower end of the curve.
    assert round(1 - (1 - found.gini) * (n - more) / n, 6) == published["gini_positive"]
    assert round((found.hhi - 1 / n) / (1 - 1 / n), 8) == published["hhi_normalised"]


@pytest.mark.parametrize("name", ["northwind", "maven-crm", "cdnow"])
def test_without_residues_everything_agrees_as_it_stands(name: str, shelf: Path) -> None:
    published = facts_of(name)["concentration"]
    found = analysis_of(name, LIFETIME, shelf).concentration
    assert residues(name) == 0
    assert found.customers_positive == published["n_positive"]
    assert round(found.gini, 6) == published["gini_positive"]
    assert {p: round(share, 6) for p, share in found.top_percent.items()} == {
        p: published[f"top_{p}pct_customers_share"] for p in found.top_percent
    }


@pytest.mark.parametrize("name", LEDGERS)
@pytest.mark.parametrize(("key", "cuts"), [("abc_80_15_5", (0.80, 0.95)), ("abc_70_20_10", (0.70, 0.90))])
def test_classes_agree_with_the_published_figures(name: str, key: str, cuts: tuple[float, float], shelf: Path) -> None:
    published = facts_of(name).get(key)
    if published is None:
        pytest.skip(f"{name} was published without {key}")
    abc, more = analysis_of(name, replace(LIFETIME, abc_cuts=cuts), shelf).abc, residues(name)
    found = {
        letter: {
            "customers": abc[letter].customers + (more if letter == "C" else 0),
            "revenue": float(to_cents(abc[letter].amount)),
            "share": round(abc[letter].share, 6),
        }
        for letter in "ABC"
    }
    assert found == published["crossing_included"]
    assert abc["N"].customers - more == published["n_nonpositive"]


def test_online_retail_exactly(shelf: Path) -> None:
    analysis = analysis_of("online-retail", LIFETIME, shelf)
    assert {letter: total.customers for letter, total in analysis.abc.items()} == {
        "A": 1178,
        "B": 1456,
        "C": 1683,
        "N": 55,
    }
    assert sum(total.amount for total in analysis.abc.values()) == 8_300_065_8140
    assert round(analysis.concentration.gini, 6) == 0.702828


@pytest.mark.parametrize("name", LEDGERS)
def test_the_largest_accounts_agree_with_the_published_figures(name: str, shelf: Path) -> None:
    first = analysis_of(name, LIFETIME, shelf).standings.slice(0, 10).to_pylist()
    published = facts_of(name)["top10"]
    assert [(row["code"], round(row["share"], 6)) for row in first] == [
        (one["customer"], one["share_of_positive"]) for one in published
    ]
    # 49,979.905 was printed as 49,979.90: half a cent is between the two ways of rounding.
    assert [row["value"] / UNITS for row in first] == pytest.approx(
        [one["net_revenue"] for one in published], abs=0.0051
    )


@pytest.mark.parametrize("name", ["online-retail", "northwind", "maven-crm", "cdnow"])
def test_the_matrix_on_months_agrees_with_the_published_figures(name: str, shelf: Path) -> None:
    published = facts_of(name)
    analysis = analysis_of(name, MONTHLY, shelf)
    window = published["xyz_monthly"]["window"]
    first, last = window.split("..")
    found = {cell.name: cell.customers for cell in analysis.cells}
    found["CZ"] += residues(name, (first, last))
    assert found == published["abc_xyz_last_12_full_months"]["cells"]
    assert f"{analysis.window.start:%Y-%m}..{analysis.window.end:%Y-%m}" == window


@pytest.mark.parametrize("name", ["online-retail", "northwind", "cdnow", "load"])
def test_purchase_days_agree_with_the_published_figures(name: str, shelf: Path) -> None:
    published = facts_of(name)["lapse"]
    analysis = analysis_of(name, LIFETIME, shelf)
    standings = analysis.standings.filter(pc.is_valid(analysis.standings["first_purchase"]))
    gaps = standings["gaps"]
    assert _counts(standings.num_rows, gaps) == {
        key: published[key]
        for key in ("customers_with_a_positive_purchase", "one_purchase_day_only", "ge3_purchase_days")
    }
    silent = {days: pc.sum(pc.greater(standings["silence"], days)).as_py() for days in (90, 180, 365)}
    assert silent == {days: published[f"silent_gt_{days}d"]["customers"] for days in silent}


def _counts(customers: int, gaps: Any) -> Mapping[str, int]:
    return {
        "customers_with_a_positive_purchase": customers,
        "one_purchase_day_only": pc.sum(pc.equal(gaps, 0)).as_py(),
        "ge3_purchase_days": pc.sum(pc.greater_equal(gaps, 2)).as_py(),
    }
