"""What silence means, account by account, on the demo company's ledger."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from anahtar.demo.company import customers
from anahtar.demo.files import SEED, UNTIL
from anahtar.engine import DuckdbEngine, Engine
from anahtar.forecast import seasons
from anahtar.forecast.fitting import fit_geometric, fit_regular
from anahtar.forecast.foresight import FORESIGHT, PAIR_DAYS, Foresight, foresee
from anahtar.forecast.histories import Histories
from anahtar.forecast.ledger import LedgerPurchases, direction_purchases, ledger_purchases
from anahtar.forecast.models import Kind
from anahtar.forecast.purchases import Purchases, day_number, day_of
from anahtar.ledger.manifest import Manifest
from anahtar.rules.lapse_criterion import Criterion, LapseCriterion
from anahtar.rules.season import season

Batches = list[tuple[Path, Manifest]]


@pytest.fixture(scope="module")
def as_of(demo_batches: Batches) -> date:
    return max(manifest.last_date for _, manifest in demo_batches if manifest.last_date)


@pytest.fixture(scope="module")
def known(demo_batches: Batches, as_of: date, tmp_path_factory: pytest.TempPathFactory) -> LedgerPurchases:
    return ledger_purchases(demo_batches, as_of=as_of, workspace=tmp_path_factory.mktemp("work"))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("engine")
    return DuckdbEngine([folder], spill=folder)


@pytest.fixture(scope="module")
def combined(known: LedgerPurchases, as_of: date, engine: Engine) -> Foresight:
    by = LapseCriterion(Criterion.COMBINED)
    return foresee(known.purchases, as_of=as_of, engine=engine, criterion=by, kind=Kind.REGULAR)


@pytest.mark.long
def test_every_account_that_bought_has_a_row(known: LedgerPurchases, combined: Foresight) -> None:
    assert combined.table.schema == FORESIGHT
    assert combined.table["account_id"].to_pylist() == np.unique(known.purchases.account).tolist()
    assert len(combined.evidence) == combined.table.num_rows
    none = combined.table["none_ahead"].to_numpy()
    assert ((none >= 0) & (none <= 1)).all()
    assert combined.table["none_ahead"].null_count == 0


@pytest.mark.long
def test_the_plant_holidays_of_the_demo_are_found(combined: Foresight, as_of: date) -> None:
    august = [day_of(first) for first, _ in combined.closed.runs if day_of(first).month == 8]
    assert len({day.year for day in august}) == 3
    assert any("4 Aug" in str(note) or "3 Aug" in str(note) for note in combined.notes())


@pytest.mark.long
def test_who_buys_only_in_its_season_is_not_lost_in_winter(combined: Foresight) -> None:
    rows = [row for row in combined.table.to_pylist() if row["seasonal"] and row["purchase_days"] >= 8]
    assert len(rows) >= 6
    assert sum(row["state"] in ("active", "new", "returned") for row in rows) >= len(rows) * 0.7


@pytest.mark.long
def test_key_accounts_that_fell_silent_are_told_with_the_day_they_were_expected(
    known: LedgerPurchases, combined: Foresight, as_of: date
) -> None:
    """The four of the demo that spend millions and stopped 70 to 120 days before its end."""
    rows = [
        row
        for row in combined.table.to_pylist()
        if 65 <= row["silence"] + row["closed_days"] <= 125 and row["gaps"] >= 30 and row["at_stake"] > 20_000_000_000
    ]
    assert len(rows) >= 4
    for row in rows:
        assert row["state"] in ("watch", "at_risk", "lapsed")
        assert row["days_late"] == (as_of - row["expected_by"]).days > 30
        assert row["silences_as_long"] == 0


@pytest.mark.long
def test_every_criterion_has_its_own_states(known: LedgerPurchases, as_of: date, engine: Engine) -> None:
    said = {
        kind: foresee(
            known.purchases, as_of=as_of, engine=engine, criterion=LapseCriterion(kind), kind=Kind.MBG
        ).table["state"].to_pylist()
        for kind in Criterion
    }  # fmt: skip
    assert len({tuple(states) for states in said.values()}) == 4


@pytest.mark.long
def test_a_direction_dies_while_the_account_lives(
    demo_batches: Batches, combined: Foresight, as_of: date, engine: Engine
) -> None:
    """The four of the demo that stopped buying Hidrolik half a year before its end, and the lubricant of the silent."""
    pairs = direction_purchases(demo_batches, as_of=as_of)
    found = foresee(
        pairs.purchases,
        as_of=as_of,
        engine=engine,
        criterion=LapseCriterion(Criterion.COMBINED),
        kind=Kind.REGULAR,
        closed=combined.closed,
        least_days=PAIR_DAYS,
    )
    names = pairs.pairs.to_pylist()
    dead = [
        names[row["account_id"]]["direction"]
        for row in found.table.to_pylist()
        if row["state"] in ("at_risk", "lapsed") and 140 <= row["silence"] <= 230 and row["purchase_days"] > 20
    ]
    assert min(found.table["purchase_days"].to_pylist()) >= PAIR_DAYS
    assert dead.count(max(set(dead), key=dead.count)) >= 3


@pytest.mark.long
def test_how_regular_the_base_is_matters_for_the_regular_part_of_the_demo(known: LedgerPurchases, as_of: date) -> None:
    """Regular buyers of the demo have gaps of Erlang-9, irregular ones of 1.3: the same models on both parts.

    Where k matters, who is late is told apart by weeks: after two of its usual gaps a regular account is all but
    gone for the regular model, and just a slow random buyer for the other.
    """
    habits = {one.code: one.habit for one in customers(until=UNTIL, seed=SEED)}
    kinds = np.array([habits.get(code, "") for code in known.accounts["code"].to_pylist()])
    found = {}
    for part in (("regular", "clockwork", "group", "silent", "falling"), ("irregular", "small")):
        rows = known.purchases.kept(np.isin(kinds[known.purchases.account], part))
        histories = rows.known(day_number(as_of)).histories
        found[part[0]] = (fit_regular(histories), fit_geometric(histories), len(histories))
    regular, plain, accounts = found["regular"]
    assert regular.model.k >= 5
    assert (regular.height - plain.height) / accounts > 5
    late = Histories.of([50], [50 * 15.0], [50 * 15.0 + 45], [50 * np.log(15.0)])
    assert regular.model.none_within(late, 60)[0] > 0.8 > 0.2 > plain.model.none_within(late, 60)[0]
    random, plain, accounts = found["irregular"]
    assert random.model.k <= 2
    assert (random.height - plain.height) / accounts < 1


def test_below_thirty_accounts_the_rhythm_decides_and_nothing_is_foretold(engine: Engine) -> None:
    days = np.arange(0, 400, 20)
    few = Purchases(np.repeat(np.arange(5), 20), np.tile(days, 5), np.full(100, 10_000))
    found = foresee(few, as_of=day_of(420), engine=engine, criterion=LapseCriterion(Criterion.COMBINED), kind=Kind.MBG)
    assert found.fitted is None
    assert found.table["none_ahead"].null_count == 5
    said = [str(note) for note in found.notes()]
    assert said[0].startswith("5 accounts have bought up to this day. A model of the whole base needs 30")
    assert said[-1].startswith("5 accounts are known for less than two years")
    plain = foresee(few, as_of=day_of(420), engine=engine)
    assert found.table["state"] == plain.table["state"]


def test_whoever_has_a_season_is_among_those_the_rule_is_asked_of() -> None:
    random = np.random.default_rng(3)
    months = random.integers(0, 100, (4000, 24)) * (random.random((4000, 24)) < random.choice([0.1, 0.3], (4000, 1)))
    months[::2, 12:] = months[::2, :12]
    asked = seasons._may_be_seasonal(months)
    seasonal = np.array([season(row.tolist(), last_month=12) is not None for row in months])
    assert 0.1 < seasonal.mean() < 0.9
    assert (asked == seasonal).all()
