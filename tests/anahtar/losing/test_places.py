"""Where accounts were lost, held against the base rate; and what died while the account lives."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from math import comb

import pytest

from anahtar.analysis import AnalysisOptions, Window
from anahtar.analysis.losing.places import DIED, Places, once, owners, partial_losses, places_of
from anahtar.facts.dimensions import Dimension, DimensionLines, dimension_lines
from anahtar.facts.facts import Facts
from anahtar.metrics.loss.significance import LEVEL, Counted, against_base
from tests.anahtar.ledgers import Row
from tests.anahtar.losing.conftest import Batches, FactsOf

UNIT = 10_000
YEAR, BEFORE = Window(date(2025, 1, 1), date(2025, 12, 31)), Window(date(2024, 1, 1), date(2024, 12, 31))

LEDGER = """
sold_on     customer  amount  direction  region  salesperson
2024-03-01  acme      100     valve      west    ayse
2024-04-01  acme      50      pump       west    ayse
2024-05-01  birch     70      pump       west    ayse
2024-05-01  cedar     30      valve      east    bora
2024-06-01  cedar     -40     pump       east    bora
2025-03-01  acme      90      valve      west    bora
2025-03-01  cedar     20      valve      east    bora
2025-03-01  dune      20      valve      east    -
"""
"""acme leaves the pumps, and is served by another; birch is lost; cedar gave back more pumps than it bought."""


def found(
    facts: Facts, batches: Batches, dimension: Dimension, goes_on: Mapping[str, str] | None = None
) -> DimensionLines:
    folders = [folder for folder, _ in batches]
    counts = owners(folders, AnalysisOptions(), facts, goes_on or {})
    lines = dimension_lines(folders, dimension, engine=facts.engine, accounts=counts)
    assert lines is not None
    return lines


def told(places: Places) -> dict[str, tuple[int, int, int, float, float]]:
    return {
        one.code: (one.accounts, one.lost, one.left, one.revenue_lost / UNIT, one.revenue_left / UNIT)
        for one in places.places
    }


def test_who_stopped_buying_a_direction_left_it_and_who_is_lost_left_everything(
    imported: Callable[..., Batches], facts_of: FactsOf
) -> None:
    batches = imported(LEDGER)
    facts = facts_of(batches)
    places = places_of(facts, found(facts, batches, Dimension.DIRECTION), window=YEAR, before=BEFORE)
    assert told(places) == {"pump": (2, 1, 1, 70, 50), "valve": (2, 0, 0, 0, 0)}
    assert places.base == Counted(2, 4)
    assert {one.judged.verdict for one in places.places} == {"few"}
    assert places.gone.to_pylist() == [
        {"account": "birch", "value": "pump", "lost": True, "revenue_before": 70 * UNIT},
        {"account": "acme", "value": "pump", "lost": False, "revenue_before": 50 * UNIT},
    ]
    region = places_of(facts, found(facts, batches, Dimension.REGION), window=YEAR, before=BEFORE)
    assert [(row["account"], row["value"]) for row in region.gone.to_pylist()] == [("birch", "west")]


def test_of_a_salesperson_only_lost_accounts_count(imported: Callable[..., Batches], facts_of: FactsOf) -> None:
    """acme is served by Bora now: Ayşe lost birch, not acme. Bora took more back from cedar than he sold."""
    batches = imported(LEDGER)
    facts = facts_of(batches)
    places = places_of(facts, found(facts, batches, Dimension.SALESPERSON), window=YEAR, before=BEFORE)
    assert told(places) == {"ayse": (2, 1, 1, 70, 150)}
    assert places.base == Counted(1, 3)


def test_a_successor_takes_the_lines_of_the_account_with_it(
    imported: Callable[..., Batches], facts_of: FactsOf
) -> None:
    batches = imported(LEDGER)
    facts = facts_of(batches).continued({"birch": "dune"})
    lines = found(facts, batches, Dimension.DIRECTION, {"birch": "dune"})
    places = places_of(facts, lines, window=YEAR, before=BEFORE)
    assert told(places)["pump"] == (2, 0, 2, 0, 120)


def test_two_imports_name_their_values_alike(imported: Callable[..., Batches], facts_of: FactsOf) -> None:
    rows = LEDGER.strip().splitlines()
    batches = imported("\n".join(rows[:4]), "\n".join([rows[0], *rows[4:]]))
    facts = facts_of(batches)
    places = places_of(facts, found(facts, batches, Dimension.REGION), window=YEAR, before=BEFORE)
    assert told(places) == {"west": (2, 1, 0, 70, 0)}
    assert places.base == Counted(1, 3)


def test_a_ledger_without_regions_has_no_places(imported: Callable[..., Batches], facts_of: FactsOf) -> None:
    batches = imported("sold_on customer amount\n2024-01-01 acme 1")
    facts = facts_of(batches)
    folders = [folder for folder, _ in batches]
    assert dimension_lines(folders, Dimension.REGION, engine=facts.engine, accounts={"acme": 0}) is None


# Significance -----------------------------------------------------------------------------------------------------


def test_a_place_is_a_draw_from_all_accounts() -> None:
    """12 of 20 lost where 20 of 100 are: Fisher's exact test, by counting draws."""
    (judged,) = against_base([Counted(12, 20)], Counted(20, 100))
    tail = sum(comb(20, k) * comb(80, 20 - k) for k in range(12, 21)) / comb(100, 20)
    assert judged.p == pytest.approx(2 * tail)
    assert judged.verdict == "worse"
    inside = sum(comb(20, k) * comb(80, 20 - k) for k in range(1, 8)) / comb(100, 20)
    assert (judged.low, judged.high, inside > 0.95) == (1 / 20, 7 / 20, True)


def test_many_places_are_tested_more_carefully_than_one() -> None:
    """The same 9 of 20 is news alone and none among thirty; Holm (1979) multiplies by the tests that are left."""
    base = Counted(200, 1000)
    (alone,) = against_base([Counted(9, 20)], base)
    among = against_base([Counted(9, 20), *[Counted(4, 20)] * 29], base)
    assert alone.p is not None
    assert alone.p < LEVEL
    assert alone.verdict == "worse"
    assert among[0].p_holm == pytest.approx(30 * alone.p)
    assert among[0].verdict == "usual"


def test_few_accounts_and_the_whole_base_are_not_tested() -> None:
    few, whole = against_base([Counted(4, 4), Counted(30, 100)], Counted(30, 100))
    assert (few.p, few.verdict, few.rate.value) == (None, "few", 1.0)
    assert (whole.p, whole.verdict) == (None, "usual")
    assert against_base([], Counted(0, 0)) == []


def test_a_place_without_a_loss_can_be_better() -> None:
    (judged,) = against_base([Counted(0, 40)], Counted(50, 200))
    assert judged.verdict == "better"


# Partial losses ---------------------------------------------------------------------------------------------------


def monthly(customer: str, direction: str, months: range) -> list[Row]:
    day = date(2024, 1, 15)
    return [
        {
            "sold_on": (day + timedelta(30 * at)).isoformat(),
            "customer": customer,
            "amount": "10",
            "direction": direction,
        }
        for at in months
    ]


def test_a_site_that_closes_counts_once_and_who_has_one_place_only_has_none(
    imported: Callable[..., Batches], facts_of: FactsOf
) -> None:
    """With its yard acme closed the west, and what only the yard bought. cedar has one place, and stopped naming it."""
    rows = [{**row, "region": "east", "site": "depot"} for row in monthly("acme", "valve", range(24))]
    rows += [{**row, "region": "west", "site": "yard"} for row in monthly("acme", "pump", range(12))]
    rows += [{**row, "region": "west", "site": "quay"} for row in monthly("cedar", "valve", range(12))]
    rows += [{**row, "region": None, "site": None} for row in monthly("cedar", "valve", range(12, 24))]
    batches = imported(rows)
    facts = facts_of(batches)
    as_of = max(day for _, manifest in batches for day in [manifest.last_date] if day is not None)
    states = {"acme": "active", "cedar": "active"}
    died = [loss for kind in DIED for loss in partial_losses(facts, found(facts, batches, kind), states, as_of=as_of)]
    assert [(str(one.dimension), one.account, one.value, one.counts) for one in once(died)] == [
        ("direction", "acme", "pump", False),
        ("region", "acme", "west", False),
        ("site", "acme", "yard", True),
    ]
    assert {one.revenue for one in died} == {120 * UNIT}


def test_a_direction_that_went_silent_is_told_while_the_account_lives(
    imported: Callable[..., Batches], facts_of: FactsOf
) -> None:
    """acme buys valves every 30 days to the end, pumps for twelve times: 13 Dec 2024 was the last, 360 days before."""
    rows = [*monthly("acme", "valve", range(24)), *monthly("acme", "pump", range(12))]
    rows += [*monthly("birch", "pump", range(12)), *monthly("acme", "seldom", range(3))]
    batches = imported(rows)
    facts = facts_of(batches)
    as_of = max(day for _, manifest in batches for day in [manifest.last_date] if day is not None)
    lines = found(facts, batches, Dimension.DIRECTION)
    (loss,) = partial_losses(facts, lines, {"acme": "active", "birch": "lapsed"}, as_of=as_of)
    assert (loss.account, loss.value, loss.state, loss.silence) == ("acme", "pump", "lapsed", 360)
    assert (loss.expected, loss.purchase_days, loss.gap_mean) == (date(2025, 1, 9), 12, 30.0)
    assert (loss.silences_as_long, loss.revenue) == (0, 120 * UNIT)
