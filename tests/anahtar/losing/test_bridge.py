"""The bridge from one period's revenue to another's: every account in one bucket, all of the change in the buckets."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anahtar.analysis import Window
from anahtar.analysis.changes import UnableToCompare
from anahtar.analysis.losing.bridging import Bridge, UnableToBridge, bridge_of, periods_of
from anahtar.engine import DuckdbEngine
from anahtar.facts.building import build_facts
from tests.anahtar.ledgers import Row, manifest_of, write_batch
from tests.anahtar.losing.conftest import Batches, FactsOf
from tests.anahtar.oracle.ledger import decimal

UNIT = 10_000
YEAR, BEFORE = Window(date(2025, 1, 1), date(2025, 12, 31)), Window(date(2024, 1, 1), date(2024, 12, 31))

LEDGER = """
sold_on     customer  amount    invoice  group
2023-05-01  back      10        1        -
2025-05-01  back      30.0001   2        -
2025-05-01  new       40        3        -
2024-05-01  lost      70        4        holding
2025-05-01  lost      -5        5        holding
2024-05-01  up        10        6        holding
2025-05-01  up        25        7        holding
2024-05-01  down      20        8        -
2025-05-01  down      5         9        -
2024-05-01  even      20        10       -
2025-05-01  even      20        11       -
2023-05-01  gone      20        12       -
2023-05-02  returner  20        13       -
2025-05-02  returner  -8        14       -
"""


def amounts(bridge: Bridge) -> dict[str, tuple[int, float]]:
    return {name: (one.accounts, one.amount / UNIT) for name, one in bridge.buckets.items()}


def test_every_account_stands_in_one_bucket_with_all_of_its_change(
    imported: Callable[..., Batches], facts_of: FactsOf
) -> None:
    """Before 120: +40 new, +30.0001 returned, +15 grown, -15 and -8 given back, -75 lost: 107.0001 now."""
    bridge = bridge_of(facts_of(imported(LEDGER)), window=YEAR)
    assert (bridge.revenue_before, bridge.revenue, bridge.balance()) == (120 * UNIT, 107_0001, 0)
    assert amounts(bridge) == {
        "new": (1, 40),
        "returned": (1, 30.0001),
        "expansion": (1, 15),
        "contraction": (2, -23),
        "lost": (1, -75),
        "steady": (1, 0),
    }
    assert bridge.buckets["contraction"].credits_only == 1
    assert bridge.accounts["code"].to_pylist() == ["lost", "new", "back", "down", "up", "returner", "even"]


def test_retention_is_of_those_who_bought_before(imported: Callable[..., Batches], facts_of: FactsOf) -> None:
    """Of 120 before: lost 75 (with its credit note), down 15 less: gross (120 - 90) / 120; net adds 15."""
    kept = bridge_of(facts_of(imported(LEDGER)), window=YEAR).retention
    assert (kept.accounts, kept.kept) == (4, 3)
    assert (kept.logos.value, kept.gross.value, kept.net.value) == (0.75, 30 / 120, 45 / 120)
    # Wilson 1927 for 3 of 4; the bootstrap's bounds stand on both sides and come out the same every time.
    assert (round(kept.logos.low or 0, 4), round(kept.logos.high or 0, 4)) == (0.3006, 0.9544)
    assert kept.gross.low is not None
    assert kept.gross.low < 0.25 < (kept.gross.high or 0)
    assert bridge_of(facts_of(imported(LEDGER)), window=YEAR).retention == kept


def test_the_companies_of_a_group_are_one_account(imported: Callable[..., Batches], facts_of: FactsOf) -> None:
    """lost and up are one group: 80 before, 20 now."""
    bridge = bridge_of(facts_of(imported(LEDGER)).by_group(), window=YEAR)
    assert bridge.balance() == 0
    assert (bridge.buckets["lost"].accounts, bridge.buckets["contraction"].amount) == (0, (-60 - 15 - 8) * UNIT)


def test_an_account_that_goes_on_under_another_code_is_not_lost(
    imported: Callable[..., Batches], facts_of: FactsOf
) -> None:
    bridge = bridge_of(facts_of(imported(LEDGER)).continued({"lost": "new", "up": "nobody"}), window=YEAR)
    assert bridge.balance() == 0
    assert {name: one.accounts for name, one in bridge.buckets.items() if name in ("lost", "new")} == {
        "lost": 0,
        "new": 0,
    }
    assert {
        row["code"]: (row["bucket"], row["revenue_before"], row["revenue"])
        for row in bridge.accounts.to_pylist()
        if row["code"] == "new"
    } == {"new": ("contraction", 70 * UNIT, 35 * UNIT)}


def test_who_first_bought_between_two_periods_is_new_not_returned(
    imported: Callable[..., Batches], facts_of: FactsOf
) -> None:
    """
    sold_on     customer  amount
    2025-01-05  acme      10
    2025-05-05  birch     10
    2025-07-05  birch     10
    """
    text = test_who_first_bought_between_two_periods_is_new_not_returned.__doc__
    quarters = Window(date(2025, 7, 1), date(2025, 9, 30)), Window(date(2025, 1, 1), date(2025, 3, 31))
    bridge = bridge_of(facts_of(imported(text)), window=quarters[0], before=quarters[1])
    assert amounts(bridge)["new"] == (1, 10)


def test_periods_must_follow_each_other_and_lie_in_the_ledger(
    imported: Callable[..., Batches], facts_of: FactsOf
) -> None:
    facts = facts_of(imported(LEDGER))
    with pytest.raises(UnableToBridge, match="do not overlap"):
        bridge_of(facts, window=BEFORE, before=YEAR)
    with pytest.raises(UnableToCompare):
        bridge_of(facts, window=BEFORE, before=Window(date(2023, 1, 1), date(2023, 12, 31)))


def test_a_young_ledger_is_cut_in_two_halves() -> None:
    assert periods_of(YEAR, date(2023, 6, 1)) == (YEAR, BEFORE)
    assert periods_of(YEAR, date(2025, 3, 1)) == (
        Window(date(2025, 8, 1), date(2025, 12, 31)),
        Window(date(2025, 3, 1), date(2025, 7, 31)),
    )
    assert periods_of(YEAR, date(2025, 12, 1)) is None


# Random ledgers ---------------------------------------------------------------------------------------------------

Drawn = tuple[str, date, int, str | None]

_DAYS = st.integers(0, 23 * 30).map(lambda days: date(2024, 1, 1) + timedelta(days))
_AMOUNTS = st.one_of(
    st.integers(-5_000_000, 20_000_000), st.sampled_from([0, 1, -1, 9 * 10**12, -4 * 10**15 - 1, 4 * 10**15 + 1])
)
_LINES = st.lists(st.tuples(st.sampled_from("abcdef"), _DAYS, _AMOUNTS, st.sampled_from(["1", "2", None])), min_size=1)


@settings(max_examples=6, deadline=None)
@given(_LINES, st.integers(1, 9), st.integers(1, 9), st.integers(0, 3))
def test_the_bridge_balances_on_any_ledger_and_any_two_periods(
    tmp_path_factory: pytest.TempPathFactory, lines: list[Drawn], length: int, length_before: int, apart: int
) -> None:
    check(tmp_path_factory.mktemp("random"), lines, length, length_before, apart)


@pytest.mark.long
@settings(max_examples=80, deadline=None)
@given(_LINES, st.integers(1, 9), st.integers(1, 9), st.integers(0, 3))
def test_the_bridge_balances_on_many_more(
    tmp_path_factory: pytest.TempPathFactory, lines: list[Drawn], length: int, length_before: int, apart: int
) -> None:
    check(tmp_path_factory.mktemp("random"), lines, length, length_before, apart)


def check(folder: Path, lines: list[Drawn], length: int, length_before: int, apart: int) -> None:
    rows: list[Row] = [
        {"sold_on": day.isoformat(), "customer": code, "amount": decimal(amount), "invoice": invoice}
        for code, day, amount, invoice in [*lines, ("a", date(2024, 1, 1), 1, None)]
    ]
    before = _months(0, length_before)
    window = _months(length_before + apart, length)
    bridge = bridged(folder, rows, window, before)
    assert bridge.balance() == 0
    sums: Counter[str] = Counter()
    for code, day, amount, _ in [*lines, ("a", date(2024, 1, 1), 1, None)]:
        sums[f"{code}-now"] += amount if window.start <= day <= window.end else 0
        sums[f"{code}-before"] += amount if before.start <= day <= before.end else 0
    for row in bridge.accounts.to_pylist():
        assert row["revenue"] == sums[f"{row['code']}-now"]
        assert row["revenue_before"] == sums[f"{row['code']}-before"]
        assert row["amount"] == row["revenue"] - row["revenue_before"]
    assert bridge.revenue - bridge.revenue_before == sum(one.amount for one in bridge.buckets.values())


def _months(first: int, length: int) -> Window:
    start, end = 2024 * 12 + first, 2024 * 12 + first + length
    return Window(date(start // 12, start % 12 + 1, 1), date(end // 12, end % 12 + 1, 1) - timedelta(1))


def bridged(folder: Path, rows: list[Row], window: Window, before: Window) -> Bridge:
    batch = write_batch(folder / "batch", rows)
    assert manifest_of(batch).tally.rows == len(rows)
    with DuckdbEngine([batch, folder], spill=folder / "spill", threads=1) as engine:
        facts = build_facts([batch], folder / "facts", as_of=None, engine=engine)
        return bridge_of(facts, window=window, before=before)
