"""What the program says of five published ledgers is what is known of them, to the printed digits."""

import csv
import json
import statistics
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from anahtar.analysis import Span
from anahtar.cli import main
from anahtar.money import UNITS
from tests.anahtar.references import (
    EXACT,
    Outcome,
    analyzed,
    classes,
    concentration,
    facts_of,
    lapse,
    largest,
    regularity,
    reported,
    same,
)

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = [
    pytest.mark.long,
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="the published ledgers are not beside this checkout"),
    pytest.mark.xdist_group("references"),
]


def online_retail(folder: Path) -> list[str]:
    return [str(DATA / "online-retail" / "online_retail.csv.gz")]


def cdnow(folder: Path) -> list[str]:
    return [str(DATA / "cdnow" / "CDNOW_master.txt")]


def load(folder: Path) -> list[str]:
    return [str(DATA / "load" / "load_1220k.parquet")]


def northwind(folder: Path) -> list[str]:
    """Join orders and details; addresses are not quoted, so only the first four cells of an order are trusted."""
    with (DATA / "northwind" / "orders.csv").open(encoding="utf-8") as file:
        orders = {row[0]: row[:4] for row in csv.reader(file)}
    joined = folder / "northwind.csv"
    with (DATA / "northwind" / "order-details.csv").open(encoding="utf-8") as file, joined.open("w") as out:
        write = csv.writer(out).writerow
        write(["orderID", "customerID", "orderDate", "productID", "unitPrice", "quantity", "discount"])
        for line in csv.DictReader(file):
            _, customer, _, ordered = orders[line["orderID"]]
            write(
                [
                    line["orderID"],
                    customer,
                    ordered,
                    *(line[c] for c in ("productID", "unitPrice", "quantity", "discount")),
                ]
            )
    return [str(joined)]


def maven(folder: Path) -> list[str]:
    """The opportunities that were won, with the parent of each account."""
    with (DATA / "maven-crm" / "accounts.csv").open(encoding="utf-8") as file:
        parents = {row["account"]: row["subsidiary_of"] for row in csv.DictReader(file)}
    won = folder / "maven.csv"
    with (DATA / "maven-crm" / "sales_pipeline.csv").open(encoding="utf-8") as file, won.open("w") as out:
        write = csv.writer(out).writerow
        write(["account", "parent account", "close_date", "close_value", "product", "opportunity_id"])
        for row in csv.DictReader(file):
            if row["deal_stage"] == "Won":
                parent = parents[row["account"]] or row["account"]
                write(
                    [
                        row["account"],
                        parent,
                        *(row[c] for c in ("close_date", "close_value", "product", "opportunity_id")),
                    ]
                )
    return [str(won)]


LEDGERS: dict[str, Callable[[Path], list[str]]] = {
    "online-retail": online_retail,
    "cdnow": cdnow,
    "load": load,
    "northwind": northwind,
    "maven-crm": maven,
}


def whole(ledger: Path) -> dict[str, Any]:
    """What runs over the whole ledger tell, under the names of the facts."""
    outcome = analyzed(ledger, window="all")
    told = outcome.summary["ledger"]
    return {
        "customers": told["customers"],
        "net_revenue": Decimal(told["amount_accepted"]),
        "net_total": Decimal(told["amount_accepted"]),
        "date_min": told["first_date"],
        "date_max": told["last_date"],
        "top10": largest(outcome),
        "concentration": concentration(outcome),
        "abc_80_15_5": classes(outcome),
        "abc_70_20_10": classes(analyzed(ledger, window="all", abc_cuts=(0.7, 0.9))),
        "lapse": lapse(outcome),
    }


def monthly(ledger: Path) -> dict[str, Any]:
    """What runs over the last twelve full months tell, under the names of the facts."""
    narrow, wider, wide = (
        analyzed(ledger, period=Span.MONTH, xyz_cuts=cuts) for cuts in ((0.1, 0.25), (0.25, 0.5), (0.5, 1.0))
    )
    variation = [row["cv"] for row in wide.rows if row["cv"] is not None]
    demand = wide.count("demand")
    return {
        "xyz_monthly": {
            "customers_with_positive_mean": len(variation),
            "cv_median": statistics.median(variation),
            "cv_min": min(variation),
            "10_25": regularity(narrow),
            "25_50": regularity(wider),
            "50_100": regularity(wide),
        },
        "syntetos_boylan_monthly": {
            "n": demand.total(),
            **{name: demand[name] for name in ("smooth", "erratic", "intermittent", "lumpy")},
        },
        "abc_xyz_last_12_full_months": {"cells": wide.summary["matrix"]},
    }


def disagreements(told: dict[str, Any], facts: dict[str, Any], exact: dict[str, Any] | None = None) -> list[str]:
    found = dict(facts_of(told))
    wrong = []
    for path, published in facts_of(facts):
        printed = (exact or {}).get(".".join(path), published)
        if path[0] in {"date_min", "date_max"}:
            printed = published[:10]
        if path[-1] in {"active_in_all_months", "active_in_one_month", "note"} or path not in found:
            if path not in found and path[-1] not in {"active_in_all_months", "active_in_one_month"}:
                wrong.append(f"{'.'.join(path)}: nothing tells it")
            continue
        if not same(found[path], printed):
            wrong.append(f"{'.'.join(path)}: {found[path]} instead of {printed}")
    return wrong


def ledger_of(name: str, folder: Path) -> Path:
    """Read a published ledger with the program."""
    assert main(["ledger", "add", str(folder / "ledger"), *LEDGERS[name](folder), "--lang", "en"]) == 0
    return folder / "ledger"


LONG = ("cdnow", "load")
"""Ledgers whose runs take half a minute each: with the slow tests."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in LONG else name for name in LEDGERS]
)
def test_every_known_fact_agrees(name: str, tmp_path: Path) -> None:
    facts = json.loads((DATA / name / "facts.json").read_text(encoding="utf-8"))
    ledger = ledger_of(name, tmp_path)
    assert disagreements(whole(ledger) | monthly(ledger), facts, EXACT.get(name)) == []


def test_the_published_figures_of_online_retail_count_five_accounts_that_net_to_nothing() -> None:
    lines = pd.read_csv(DATA / "online-retail" / "online_retail.csv.gz", dtype={"CustomerID": str})
    lines["binary"] = lines["Quantity"] * lines["UnitPrice"]
    lines["exact"] = (lines["binary"] * UNITS).round().astype("int64")
    totals = lines.groupby("CustomerID")[["binary", "exact"]].sum()
    nothing = totals[totals["exact"] == 0]
    assert list(nothing[nothing["binary"] > 0].index) == ["12454", "12558", "12607", "13762", "18274"]
    published = json.loads((DATA / "online-retail" / "facts.json").read_text(encoding="utf-8"))["concentration"]
    assert published["n_positive"] - EXACT["online-retail"]["concentration.n_positive"] == 5


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("workbook")
    return reported(DATA / "online-retail" / "online_retail.xlsx", folder / "out", "--window", "all")


def test_the_online_retail_workbook_reads_without_any_option(workbook: Outcome) -> None:
    told = workbook.summary
    assert told["ledger"]["rows_in_file"] == 541_909
    assert told["ledger"]["rows_accepted"] == 406_829
    assert told["ledger"]["unassigned_rows"] == 135_080
    assert told["ledger"]["unassigned_amount"] == "1447682.12"
    assert told["ledger"]["duplicate_rows"] == 5_268
    assert told["ledger"]["customers"] == 4_372
    assert told["ledger"]["amount_accepted"] == "8300065.81"
    assert {name: told["abc"][name]["customers"] for name in "AB"} == {"A": 1178, "B": 1456}
    # Exactly; the published 1,688 and 50 count five accounts of nothing as positive (docs/decisions/0007).
    assert {name: told["abc"][name]["customers"] for name in "CN"} == {"C": 1683, "N": 55}
    assert round(told["concentration"]["top10"], 6) == 0.164698
    assert round(told["concentration"]["hhi"], 8) == 0.00450038
    assert round(told["concentration"]["gini"], 6) == 0.702828  # published with those five: 0.703172


def test_the_turkish_statement_reads_without_any_option(tmp_path: Path) -> None:
    told = reported(DATA / "turkish-statement" / "tr_cari_ekstre_cp1254.csv", tmp_path / "out").summary["ledger"]
    assert (told["rows_in_file"], told["customers"], told["amount_accepted"]) == (2_156, 89, "1249983.02")


def test_groups_of_maven_are_concentrated_as_known(tmp_path: Path) -> None:
    assert main(["ledger", "add", str(tmp_path / "ledger"), *maven(tmp_path), "--lang", "en"]) == 0
    grouped = analyzed(tmp_path / "ledger", window="all", by_group=True)
    facts = json.loads((DATA / "maven-crm" / "facts.json").read_text(encoding="utf-8"))["extra"]["group_level"]
    assert len(grouped.rows) == facts["groups"]
    told = {"concentration": concentration(grouped), "abc_80_15_5": classes(grouped), "top5": largest(grouped)[:5]}
    del facts["groups"]
    assert disagreements(told, facts) == []
