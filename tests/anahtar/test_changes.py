"""What changed against a year before: from the files of a ledger, account by account and as a whole."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pandas as pd
import pyarrow.parquet as pq
import pytest

from anahtar.analysis import AnalysisOptions, Measure, Window, analyze
from anahtar.analysis.changes import (
    PortfolioChange,
    UnableToCompare,
    change_of,
    change_of_portfolio,
    codes_of,
    year_before,
)
from anahtar.engine import DuckdbEngine
from anahtar.facts.building import build_facts
from anahtar.facts.product_sums import Kind, ProductSum, product_sums
from anahtar.ledger.files.child import read
from anahtar.ledger.manifest import Manifest
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.store.store import Ledger
from anahtar.metrics.change import Change, RevenueParts
from anahtar.metrics.price_volume_mix import price_volume_mix
from tests.anahtar.ledgers import Row, manifest_of, rows_of, write_batch
from tests.anahtar.oracle.ledger import write
from tests.anahtar.oracle.ledgers import case

Batches = list[tuple[Path, Manifest]]
Import = Callable[..., Batches]

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "online-retail" / "online_retail.csv.gz"

YEAR = Window(date(2025, 1, 1), date(2025, 12, 31))
UNIT = 10_000


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    """Write tables, each as one import."""

    def write(*tables: str | Sequence[Row]) -> Batches:
        batches = []
        for number, table in enumerate(tables, 1):
            rows = rows_of(table) if isinstance(table, str) else table
            batch = write_batch(tmp_path / f"{len(list(tmp_path.iterdir()))}", rows)
            batches.append((batch, manifest_of(batch, number)))
        return batches

    return write


def lira(parts: RevenueParts) -> dict[str, int]:
    told = {part.name: getattr(parts, part.name) for part in fields(parts)}
    return {name: value // UNIT for name, value in told.items() if value}


LEDGER = """
sold_on     customer  amount  cost  quantity  product  direction
2024-01-01  acme      1000    600   10        valve    metal
2024-06-30  acme      300     200   30        pump     metal
2024-12-31  acme      100     50    5         hose     rubber
2025-01-01  acme      1200    800   12        valve    metal
2025-12-31  acme      1000    600   8         valve    metal
2025-03-01  acme      200     150   20        pump     metal
2025-03-02  acme      -40     0     -         -        -
2025-03-02  birch     70      20    1         valve    metal
2024-02-02  birch     50      20    1         valve    metal
"""


def test_the_change_of_an_account_is_taken_from_the_lines_of_both_years(imported: Import) -> None:
    change = change_of(imported(LEDGER), ["acme"], window=YEAR)
    assert (change.revenue, change.revenue_before) == (2360 * UNIT, 1400 * UNIT)
    assert lira(change.parts) == {"stopped": -100, "mix": 900, "price": 200, "returns": -40}
    assert change.profit is not None
    assert (change.profit.profit, change.profit.profit_before) == (810 * UNIT, 550 * UNIT)
    assert change.profit.parts.total == 260 * UNIT
    assert [(one.direction, one.change // UNIT) for one in change.directions] == [
        ("metal", 1100),
        ("rubber", -100),
        (None, -40),
    ]


def test_several_accounts_are_one_and_all_are_all(imported: Import) -> None:
    batches = imported(LEDGER)
    together = change_of(batches, ["acme", "birch", "nobody"], window=YEAR)
    assert together == change_of(batches, None, window=YEAR)
    assert together.change == (960 + 20) * UNIT


def test_the_order_of_lines_and_how_they_were_imported_does_not_matter(imported: Import) -> None:
    rows = rows_of(LEDGER)
    right = change_of(imported(rows), ["acme"], window=YEAR)
    random = Random(1)
    for parts in (1, 2, 3):
        random.shuffle(rows)
        cut = [rows[at::parts] for at in range(parts)]
        assert change_of(imported(*cut), ["acme"], window=YEAR) == right


def test_lines_after_the_as_of_day_do_not_exist(imported: Import) -> None:
    change = change_of(imported(LEDGER), ["acme"], window=YEAR, as_of=date(2025, 12, 30))
    assert change.revenue == 1360 * UNIT


def test_days_cut_a_month_on_both_sides(imported: Import) -> None:
    batches = imported(LEDGER)
    window = Window(date(2025, 1, 2), date(2025, 3, 1))
    assert change_of(batches, ["acme"], window=window, before=Window(date(2024, 1, 1), date(2024, 6, 29))).change == (
        (200 - 1000) * UNIT
    )


def test_a_ledger_that_is_too_young_is_said_to_be(imported: Import) -> None:
    batches = imported("sold_on customer amount\n2024-02-01 acme 1\n2025-02-01 acme 2")
    with pytest.raises(UnableToCompare, match="begins in February 2024, the comparison in January 2024"):
        change_of(batches, ["acme"], window=YEAR)
    assert change_of(batches, ["acme"], window=Window(date(2025, 2, 1), date(2025, 3, 31))).change == UNIT


def test_an_account_that_nobody_knows_has_changed_by_nothing(imported: Import) -> None:
    change = change_of(imported(LEDGER), ["nobody"], window=YEAR)
    assert (change.change, change.products, change.profit) == (0, [], None)


@pytest.mark.parametrize(
    ("quantity", "product", "amount", "kind"),
    [
        ("2", "valve", "10", Kind.COUNTED),
        ("-2", "valve", "-10", Kind.COUNTED),
        ("2", "valve", "0", Kind.COUNTED),
        ("2", "valve", "-10", Kind.CREDIT),  # the pieces stayed, money went back: no return of pieces
        ("-2", "valve", "10", Kind.UNEXPLAINED),
        ("0", "valve", "10", Kind.UNEXPLAINED),
        ("-", "valve", "10", Kind.UNEXPLAINED),
        ("2", "-", "10", Kind.UNEXPLAINED),
        ("2", "-", "-10", Kind.CREDIT),
        ("-", "-", "0", Kind.UNEXPLAINED),
    ],
)
def test_a_line_counts_for_a_product_where_it_can_say_a_price(
    imported: Import, quantity: str, product: str, amount: str, kind: Kind
) -> None:
    text = f"sold_on customer amount quantity product\n2025-02-01 acme {amount} {quantity} {product}"
    ((one,),) = product_sums(imported(text), ["acme"], [(YEAR.start, YEAR.end)])
    assert one.kind == kind
    assert (one.cost, one.lines, one.lines_without_cost) == (None, 1, int(amount != "0"))


def test_sums_beyond_64_bits_are_exact(imported: Import) -> None:
    amount = 900_000_000_000_000
    text = "sold_on customer amount quantity product\n" + f"2025-02-01 acme {amount} 1 valve\n" * 3
    ((one,),) = product_sums(imported(text), None, [(YEAR.start, YEAR.end)])
    assert (one.revenue, one.quantity) == (3 * amount * UNIT, 3 * UNIT)


def test_a_year_before_keeps_the_ends_of_months() -> None:
    assert year_before(Window(date(2025, 3, 1), date(2025, 2, 28))).end == date(2024, 2, 29)
    assert year_before(Window(date(2024, 2, 1), date(2024, 2, 29))) == Window(date(2023, 2, 1), date(2023, 2, 28))
    assert year_before(Window(date(2024, 2, 28), date(2024, 5, 30))) == Window(date(2023, 2, 28), date(2023, 5, 30))


def test_the_codes_of_an_account_are_those_merged_into_it_and_those_of_its_group(imported: Import) -> None:
    batches = imported(
        "sold_on customer amount group\n"
        "2025-01-01 a 1 holding\n2025-01-01 b 1 holding\n2025-01-01 c 1 -\n2025-01-01 d 1 other\n2025-01-01 e 1 -"
    )
    merged = AnalysisOptions(merged={"c": "d", "d": "a"})
    assert codes_of(batches, merged, "a") == ["a", "c", "d"]
    assert codes_of(batches, AnalysisOptions(by_group=True), "holding") == ["a", "b"]
    said = AnalysisOptions(by_group=True, groups={"b": "", "e": "holding"}, merged={"c": "a"})
    assert codes_of(batches, said, "holding") == ["a", "c", "e"]
    assert codes_of(batches, said, "b") == ["b"]


@pytest.mark.parametrize("by_group", [False, True])
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in (2, 5, 7, 9))])
def test_the_change_is_that_of_the_standings(seed: int, by_group: bool, tmp_path: Path) -> None:
    lines, options = case(seed)
    options = replace(options, window="last12", as_of=None, measure=Measure.REVENUE, by_group=by_group)
    batches = write(lines, tmp_path)
    (tmp_path / "work").mkdir()
    analysis = analyze(batches, options, workspace=tmp_path / "work")
    for row in analysis.standings.to_pylist():
        codes = codes_of(batches, options, row["code"])
        if row["value_year_ago"] is None:
            continue
        change = change_of(batches, codes, window=analysis.window, as_of=analysis.as_of)
        assert (change.revenue, change.revenue_before) == (row["revenue"] or 0, row["value_year_ago"])
        found = {one.name or one.direction or "": (one.revenue, one.revenue_before) for one in change.directions}
        own = [one for one in analysis.directions.to_pylist() if one["account_id"] == row["account_id"]]
        if analysis.directions.num_rows:
            assert found == {one["direction"]: (one["revenue"], one["revenue_year_ago"]) for one in own}


# The portfolio ---------------------------------------------------------------------------------------------------


def portfolio(
    batches: Batches, folder: Path, *, window: Window = YEAR, measure: Measure = Measure.REVENUE
) -> PortfolioChange:
    folders = [batch for batch, _ in batches]
    (folder / "facts").mkdir(exist_ok=True)
    with DuckdbEngine([*folders, folder], spill=folder / "spill", threads=1) as engine:
        facts = build_facts(folders, folder / "facts", as_of=None, engine=engine)
        return change_of_portfolio(facts, window=window, measure=measure)


PORTFOLIO = """
sold_on     customer  amount  cost  invoice
2023-05-01  back      10      5     1
2025-05-01  back      30      5     2
2025-05-01  new       40      5     3
2024-05-01  lost      70      5     4
2025-05-01  lost      -5      -5    5
2024-05-01  up        10      5     6
2025-05-01  up        25      5     7
2024-05-01  down      20      5     8
2025-05-01  down      5       5     9
2024-05-01  even      20      5     10
2025-05-01  even      20      5     11
2023-05-01  gone      20      5     12
2023-05-02  returner  20      5     13
2025-05-02  returner  -8      -5    14
"""


def test_every_account_of_the_portfolio_has_become_something(imported: Import, tmp_path: Path) -> None:
    found = portfolio(imported(PORTFOLIO), tmp_path)
    rows = [(row["code"], row["state"], row["change"] // UNIT) for row in found.accounts.to_pylist()]
    assert rows == [
        ("lost", "lost", -75),
        ("new", "new", 40),
        ("back", "returned", 30),
        ("down", "shrunk", -15),
        ("up", "grown", 15),
        ("returner", "given_back", -8),
        ("even", "steady", 0),
    ]
    assert {state: (total.accounts, total.change // UNIT) for state, total in found.states.items()} == {
        "new": (1, 40),
        "returned": (1, 30),
        "grown": (1, 15),
        "steady": (1, 0),
        "shrunk": (1, -15),
        "lost": (1, -75),
        "given_back": (1, -8),
    }
    assert (found.change, found.unknown) == (-13 * UNIT, 0)


def test_a_profit_nobody_knows_is_left_out_and_counted(imported: Import, tmp_path: Path) -> None:
    text = PORTFOLIO.replace("2025-05-01  up        25      5 ", "2025-05-01  up        25      - ")
    found = portfolio(imported(text), tmp_path, measure=Measure.PROFIT)
    (up,) = (row for row in found.accounts.to_pylist() if row["code"] == "up")
    assert (up["value"], up["value_before"], up["change"], up["state"]) == (None, 5 * UNIT, None, None)
    assert found.unknown == 1
    assert found.states["grown"].accounts == 0
    assert found.change == (35 + 25 - 15 - 65 - 3) * UNIT


def test_a_portfolio_without_a_year_before_is_refused(imported: Import, tmp_path: Path) -> None:
    with pytest.raises(UnableToCompare):
        portfolio(imported(PORTFOLIO), tmp_path, window=Window(date(2024, 1, 1), date(2024, 12, 31)))


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in (3, 4, 8))])
def test_the_accounts_come_to_the_change_of_the_portfolio(seed: int, tmp_path: Path) -> None:
    lines, _ = case(seed)
    first = min(line.sold_on for line in lines)
    # The year from a year after the first month on, whatever the ledger holds of it.
    window = Window(date(first.year + 1, first.month, 1), date(first.year + 2, first.month, 1) - timedelta(1))
    batches = write(lines, tmp_path)
    found = portfolio(batches, tmp_path, window=window)
    assert found.change == change_of(batches, None, window=window).change
    assert found.change == sum(row["change"] for row in found.accounts.to_pylist())


# A real ledger ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def online_retail(tmp_path_factory: pytest.TempPathFactory) -> Batches:
    folder = tmp_path_factory.mktemp("online-retail")
    ledger = Ledger.create(folder / "ledger")
    with ledger.staging() as staging:
        ledger.add(read([DATA], ReadOptions(), staging), staging, made_at="2026-01-05T09:00:00+03:00")
    return [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]


HALF, EARLIER = Window(date(2011, 6, 1), date(2011, 11, 30)), Window(date(2010, 12, 1), date(2011, 5, 31))


def by_pandas(batches: Batches, code: str | None) -> Change:
    """The same from one table of all lines, group by group in Python's own whole numbers."""
    ((folder, _),) = batches
    lines = pd.concat([pq.read_table(path).to_pandas() for path in sorted((folder / "lines").glob("*.parquet"))])
    codes = {}
    for name in ("accounts", "products"):
        table = pq.read_table(folder / "dictionaries" / f"{name}.parquet")
        codes[name] = dict(zip(table["id"].to_pylist(), table["code"].to_pylist(), strict=True))
    lines["account"] = lines.account_id.map(codes["accounts"])
    spans = []
    for window in (HALF, EARLIER):
        sums: dict[tuple[str | None, Kind], list[int]] = defaultdict(lambda: [0, 0, 0])
        inside = lines[(lines.sold_on >= window.start) & (lines.sold_on <= window.end)]
        inside = inside if code is None else inside[inside.account == code]
        for amount, quantity, product in zip(inside.amount, inside.quantity, inside.product_id, strict=True):
            named = None if pd.isna(product) else codes["products"][int(product)]
            pieces = None if pd.isna(quantity) else int(quantity)
            agree = pieces is not None and pieces and (amount == 0 or (amount > 0) == (pieces > 0))
            kind = Kind.COUNTED if agree and named else Kind.CREDIT if amount < 0 else Kind.UNEXPLAINED
            own = sums[named, kind]
            own[0] += int(amount)
            own[1] += pieces or 0
            own[2] += 1
        spans.append(
            [
                ProductSum(name, None, None, None, kind, pieces if kind == Kind.COUNTED else None, amount, None, n, n)
                for (name, kind), (amount, pieces, n) in sums.items()
            ]
        )
    return price_volume_mix(*spans)


@pytest.mark.long
@pytest.mark.shared
@pytest.mark.skipif(not DATA.exists(), reason="the published ledgers are not beside this checkout")
@pytest.mark.parametrize("code", [None, "14911", "12748", "18102"])
def test_a_real_ledger_is_taken_apart_to_the_last_unit(online_retail: Batches, code: str | None) -> None:
    found = change_of(online_retail, None if code is None else [code], window=HALF, before=EARLIER)
    right = by_pandas(online_retail, code)
    assert found.parts == right.parts
    assert found.parts.total == found.change == right.change != 0
    assert [(row.product, row.change, row.price, row.state) for row in found.products] == [
        (row.product, row.change, row.price, row.state) for row in right.products
    ]
    assert (found.profit, found.coverage.lines_without_cost > 0) == (None, True)
    assert all((found.parts.new > 0, found.parts.stopped < 0, found.parts.volume, found.parts.mix, found.parts.price))
