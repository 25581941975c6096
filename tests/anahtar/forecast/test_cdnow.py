"""The published figures of CDNOW, to the digits they were printed with (docs/decisions/0020)."""

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from anahtar.forecast.fitting import Fit, Model, fit_geometric, fit_pareto, fits_by_regularity
from anahtar.forecast.geometric import BetaGeometric
from anahtar.forecast.histories import Histories
from anahtar.forecast.pareto import ParetoNbd
from anahtar.forecast.purchases import Known, Purchases, day_number
from anahtar.forecast.spend import fit_gamma_gamma

CDNOW = Path(__file__).parents[3].parent / "shared" / "data" / "cdnow"
CALIBRATION = day_number(date(1997, 9, 30))
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CDNOW.is_dir(), reason="the published set of CDNOW is not beside this checkout"),
]


@pytest.fixture(scope="module")
def summary() -> Histories:
    """The 2,357 customers as published, in weeks of two decimals."""
    with (CDNOW / "cdnow_customers_summary.csv").open(encoding="utf-8") as file:
        rows = [*csv.DictReader(file)]
    return Histories.of(*([float(row[name]) for row in rows] for name in ("frequency", "recency", "T")))


@pytest.fixture(scope="module")
def sample() -> Purchases:
    """Their transactions; rows worth nothing are purchases to the publishers, so an amount stands for a row here."""
    lines = [line.split() for line in (CDNOW / "CDNOW_sample.txt").read_text(encoding="utf-8").splitlines()]
    days = [date.fromisoformat(f"{line[2][:4]}-{line[2][4:6]}-{line[2][6:]}") for line in lines]
    return Purchases.of(
        pa.table(
            {
                "account_id": pa.array([int(line[1]) for line in lines], pa.int32()),
                "sold_on": pa.array(days, pa.date32()),
                "amount": pa.array([1] * len(lines), pa.int64()),
            }
        )
    )


def in_weeks(known: Known) -> Histories:
    of = known.histories
    return Histories(of.repeats, of.recency / 7, of.age / 7, of.log_gaps - of.repeats * np.log(7))


def parameters(fit: Fit[Model]) -> list[float]:
    model = fit.model
    assert isinstance(model, BetaGeometric | ParetoNbd)
    return [getattr(model, name) for name in model.__slots__[:4]]


def test_the_published_summary_is_that_of_the_transactions(summary: Histories, sample: Purchases) -> None:
    rebuilt = in_weeks(sample.known(CALIBRATION))
    np.testing.assert_array_equal(rebuilt.repeats, summary.repeats)
    np.testing.assert_array_equal(rebuilt.recency.round(2), summary.recency)
    np.testing.assert_array_equal(rebuilt.age.round(2), summary.age)


def test_bg_nbd(summary: Histories) -> None:
    fit = fit_geometric(summary, modified=False)
    np.testing.assert_array_equal(np.round(parameters(fit), 4), [0.2426, 4.4135, 0.7929, 2.4258])
    assert parameters(fit) == pytest.approx([0.243, 4.414, 0.793, 2.426], abs=0.0005)
    assert round(fit.height, 3) == -9582.426
    first = summary.chosen(np.arange(3))
    assert [*fit.model.alive(first).round(4)] == [0.7266, 0.2122, 1.0]
    assert [*fit.model.none_within(first, 39).round(4)] == [0.4454, 0.8833, 0.8557]
    assert round(float(fit.model.expected(first, 39)[0]), 3) == 1.226
    assert round(float((1 - fit.model.none_within(summary, 39)).sum()), 1) == 617.0
    assert round(float(fit.model.expected(summary, 39).sum()), 1) == 1653.4


def test_pareto_nbd(summary: Histories) -> None:
    fit = fit_pareto(summary)
    assert parameters(fit) == pytest.approx([0.5533, 10.5776, 0.6062, 11.6680], abs=0.00015)
    assert parameters(fit) == pytest.approx([0.553, 10.578, 0.606, 11.669], abs=0.0015)
    assert round(fit.height, 3) == -9594.974
    first = summary.chosen(np.arange(3))
    assert [*fit.model.alive(first).round(4)] == [0.8691, 0.1679, 0.2951]
    assert [*fit.model.none_within(first, 39).round(4)] == [0.4081, 0.9134, 0.9307]
    assert round(float((1 - fit.model.none_within(summary, 39)).sum()), 1) == 523.2


def test_mbg_nbd(summary: Histories) -> None:
    """The printed α stopped short of the top by a part in 60,000: what was printed is a little less likely."""
    fit = fit_geometric(summary)
    printed = BetaGeometric(0.5248, 6.1831, 0.8914, 1.6140)
    assert parameters(fit) == pytest.approx([0.5248, 6.1831, 0.8914, 1.6140], abs=0.00015)
    assert fit.height > float(printed.log_likelihood(summary).sum())
    assert round(fit.height, 3) == -9582.133
    first = summary.chosen(np.arange(3))
    assert [*fit.model.alive(first).round(4)] == [0.7061, 0.1708, 0.3897]
    assert [*fit.model.none_within(first, 39).round(4)] == [0.4401, 0.8952, 0.8912]
    assert round(float((1 - fit.model.none_within(summary, 39)).sum()), 1) == 565.7


def test_buyers_of_records_buy_at_random(sample: Purchases) -> None:
    fits = fits_by_regularity(in_weeks(sample.known(CALIBRATION)))
    assert [round(fit.height, 2) for fit in fits[:3]] == [-9582.14, -9853.25, -10394.36]
    assert max(fits, key=lambda fit: fit.height).model.k == 1


def test_gamma_gamma() -> None:
    with (CDNOW / "cdnow_customers_summary_with_transactions.csv").open(encoding="utf-8") as file:
        rows = [*csv.DictReader(file)]
    repeats = np.array([int(float(row["x"])) for row in rows])
    average = np.array([float(row["zbar"]) for row in rows])
    assert ((repeats > 0).sum(), repeats.sum()) == (946, 2457)
    fit = fit_gamma_gamma(repeats, average)
    assert (fit.p, fit.q, fit.gamma) == pytest.approx((6.2488, 3.7446, 15.4477), abs=0.0001)
    assert (fit.p, fit.q, fit.gamma) == pytest.approx((6.25, 3.74, 15.44), abs=0.01)
    assert round(fit.height, 3) == -4055.923
    told = fit.mean(repeats, average)[[0, 1, 2, 5, 8]]
    assert [*told.round(4)] == [24.6586, 18.9115, 35.1710, 71.4629, 27.2824]
