"""Regularity, demand pattern and rhythm on the real ledgers, against the counts published beside them.

Money is summed exactly here. The published counts of Online Retail were summed as binary fractions, which leaves
1e-13 where purchases and returns cancel: accounts (and months) of exactly zero were counted as positive. The tests
say which and how many.
"""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pytest

from anahtar.metrics.demand import demand_pattern
from anahtar.metrics.rhythm import base_interval, rhythm
from anahtar.metrics.xyz_class import Periods, regularity

DATA = Path(__file__).parents[3] / ".." / "shared" / "data"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="the reference ledgers are not beside this checkout"),
    pytest.mark.xdist_group("published_counts"),
]

LINES = {
    "online-retail": """
        SELECT "CustomerID" AS account, "InvoiceNo" AS invoice,
               strptime("InvoiceDate"[:10], '%Y-%m-%d')::DATE AS sold_on,
               (("Quantity"::DECIMAL(12, 0) * "UnitPrice"::DECIMAL(12, 4)) * 10000)::BIGINT AS amount
        FROM read_csv('{folder}/online_retail.csv.gz', all_varchar = true, encoding = 'latin-1')
        WHERE "CustomerID" IS NOT NULL""",
    "cdnow": """
        SELECT column0 AS account, row_number() OVER () AS invoice, strptime(column1, '%Y%m%d')::DATE AS sold_on,
               (column3::DECIMAL(12, 4) * 10000)::BIGINT AS amount
        FROM (SELECT unnest(string_split_regex(trim(line), ' +')[1:1]) AS column0,
                     string_split_regex(trim(line), ' +')[2] AS column1,
                     string_split_regex(trim(line), ' +')[4] AS column3
              FROM read_csv('{folder}/CDNOW_master.txt', columns = {{'line': 'VARCHAR'}}, header = true, delim = '|',
                            quote = '', auto_detect = false))""",
    "maven-crm": """
        SELECT account, opportunity_id AS invoice, close_date::DATE AS sold_on,
               (close_value::DECIMAL(12, 4) * 10000)::BIGINT AS amount
        FROM read_csv('{folder}/sales_pipeline.csv', all_varchar = true, header = true) WHERE deal_stage = 'Won'""",
}

FACTS = """
    CREATE TABLE lines AS SELECT *, dense_rank() OVER (ORDER BY account)::INTEGER AS account_id,
        (year(sold_on) * 12 + month(sold_on) - 1)::INTEGER AS month FROM ({lines});
    CREATE TABLE account_month AS SELECT account_id, month, sum(amount)::BIGINT AS revenue
        FROM lines GROUP BY ALL;
    CREATE TABLE account_day AS SELECT account_id, sold_on, count(*) AS orders FROM
        (SELECT account_id, min(sold_on) AS sold_on FROM lines GROUP BY account_id, invoice HAVING sum(amount) > 0)
        GROUP BY ALL;
"""

WINDOWS = {
    "online-retail": (2010 * 12 + 11, 2011 * 12 + 10, date(2011, 12, 9)),
    "cdnow": (1997 * 12 + 6, 1998 * 12 + 5, date(1998, 6, 30)),
    "maven-crm": (2017 * 12, 2017 * 12 + 11, date(2017, 12, 31)),
}


class Ledger:
    """One reference ledger as facts, and what was published of it."""

    def __init__(self, name: str) -> None:
        self.published: dict[str, Any] = json.loads((DATA / name / "facts.json").read_text(encoding="utf-8"))
        self.first, self.last, self.as_of = WINDOWS[name]
        with duckdb.connect() as base:
            for statement in FACTS.format(lines=LINES[name].format(folder=DATA / name)).split(";"):
                if statement.strip():
                    base.execute(statement).fetchall()
            self.months = ibis.memtable(base.sql("FROM account_month").to_arrow_table())
            days = ibis.memtable(base.sql("FROM account_day").to_arrow_table())
            nothing = f"SELECT account FROM lines WHERE month <= {self.last} GROUP BY account HAVING sum(amount) = 0"
            self.worth_nothing = {account for (account,) in base.execute(nothing).fetchall()}
        self.rhythm = ibis.memtable(rhythm(days, as_of=self.as_of).to_pyarrow())

    def demand(self) -> dict[str, int]:
        found = demand_pattern(self.months, first_month=self.first, last_month=self.last)
        counted = Counter(found.to_pyarrow()["demand"].to_pylist())
        return {"n": counted.total()} | {name: counted[name] for name in ("smooth", "erratic", "intermittent", "lumpy")}

    def regularity(self) -> Counter[str]:
        """X, Y, Z as published: new and one-off folded back into Z."""
        found = regularity(
            self.months,
            self.rhythm,
            periods=Periods(self.first, self.last, "month"),
            ledger_from=self.first - 1,
        )
        fold = {"new": "Z", "one_off": "Z"}
        return Counter(fold.get(xyz, xyz) for xyz in found.to_pyarrow()["xyz"].to_pylist() if xyz != "undefined")


@pytest.fixture(scope="module")
def ledgers():
    return {name: Ledger(name) for name in LINES}


@pytest.mark.parametrize("name", LINES)
def test_rhythm_and_silence_are_as_published(ledgers, name):
    ledger = ledgers[name]
    published = ledger.published["lapse"]
    rows = ledger.rhythm.to_pyarrow().to_pandas()
    variation = rows.interval_cv.median()
    assert len(rows) == published["customers_with_a_positive_purchase"]
    assert (rows.purchase_days == 1).sum() == published["one_purchase_day_only"]
    assert (rows.purchase_days >= 3).sum() == published["ge3_purchase_days"]
    assert round(variation, 4) == published["median_interval_cv_n_ge_4"]
    base = base_interval(ledger.rhythm).to_pyarrow()["days"][0].as_py()
    assert round(base, 2) == published["median_of_own_mean_interval_days_n_ge_3"]
    for days in (90, 180, 365):
        assert (rows.silence > days).sum() == published[f"silent_gt_{days}d"]["customers"]
    for times in (2, 3):
        late = (rows.gaps >= 2) & (rows.silence > times * rows.gap_mean)
        assert late.sum() == published[f"own_rhythm_recency_gt_{times}x_mean_interval_n_ge_3"]["customers"]


@pytest.mark.parametrize("name", ["cdnow", "maven-crm"])
def test_regularity_and_demand_are_as_published(ledgers, name):
    ledger = ledgers[name]
    published = ledger.published["syntetos_boylan_monthly"]
    assert ledger.demand() == {key: published[key] for key in ("n", "smooth", "erratic", "intermittent", "lumpy")}
    assert ledger.regularity() == Counter(ledger.published["xyz_monthly"]["50_100"])


def test_online_retail_has_four_published_accounts_whose_sum_is_exactly_nothing(ledgers):
    """They returned all they had bought: no value, so no regularity. X and Y agree."""
    ledger = ledgers["online-retail"]
    assert {"12454", "12607", "13762", "18274"} <= ledger.worth_nothing
    published = ledger.published["xyz_monthly"]["50_100"]
    assert ledger.regularity() == {"X": published["X"], "Y": published["Y"], "Z": published["Z"] - 4}


def test_online_retail_has_three_published_months_of_buying_that_came_to_nothing(ledgers):
    ledger = ledgers["online-retail"]
    assert ledger.demand() == {"n": 2593, "smooth": 127, "erratic": 26, "intermittent": 2275, "lumpy": 165}
