"""What the program says of five published ledgers is what is known of them, to the printed digits."""

import csv
import json
import statistics
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from anahtar.cli import main
from tests.anahtar.references import (
    Outcome,
    analyzed,
    classes,
    concentration,
    facts_of,
    lapse,
    largest,
    regularity,
    same,
)

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = [
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
        write(["account", "group", "close_date", "close_value", "product", "opportunity_id"])
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


@pytest.fixture(scope="module", params=list(LEDGERS))
def known(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """The facts of a ledger, and the ledger read once."""
    folder = tmp_path_factory.mktemp(request.param)
    ledger = folder / "ledger"
    assert main(["ledger", "add", str(ledger), *LEDGERS[request.param](folder), "--lang", "en"]) == 0
    return json.loads((DATA / request.param / "facts.json").read_text(encoding="utf-8")), ledger


def whole(ledger: Path, out: Path) -> dict[str, Any]:
    """What runs over the whole ledger tell, under the names of the facts."""
    outcome = analyzed(ledger, out / "whole", "--window", "all")
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
        "abc_70_20_10": classes(analyzed(ledger, out / "70-90", "--window", "all", "--abc", "70/90")),
        "lapse": lapse(outcome),
    }


def monthly(ledger: Path, out: Path) -> dict[str, Any]:
    """What runs over the last twelve full months tell, under the names of the facts."""
    narrow, wider, wide = (
        analyzed(ledger, out / cuts.replace("/", "-"), "--period", "month", "--xyz", cuts)
        for cuts in ("10/25", "25/50", "50/100")
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


def disagreements(told: dict[str, Any], facts: dict[str, Any]) -> list[str]:
    found = dict(facts_of(told))
    wrong = []
    for path, printed in facts_of(facts):
        if path[0] in {"date_min", "date_max"}:
            printed = printed[:10]
        if path[-1] in {"active_in_all_months", "active_in_one_month", "note"} or path not in found:
            if path not in found and path[-1] not in {"active_in_all_months", "active_in_one_month"}:
                wrong.append(f"{'.'.join(path)}: nothing tells it")
            continue
        if not same(found[path], printed):
            wrong.append(f"{'.'.join(path)}: {found[path]} instead of {printed}")
    return wrong


def test_every_known_fact_agrees(known: tuple[dict[str, Any], Path], tmp_path: Path) -> None:
    facts, ledger = known
    assert disagreements(whole(ledger, tmp_path) | monthly(ledger, tmp_path), facts) == []


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return analyzed(
        DATA / "online-retail" / "online_retail.xlsx", tmp_path_factory.mktemp("workbook") / "out", "--window", "all"
    )


def test_the_online_retail_workbook_reads_without_any_option(workbook: Outcome) -> None:
    told = workbook.summary
    assert told["ledger"]["rows_in_file"] == 541_909
    assert told["ledger"]["rows_accepted"] == 406_829
    assert told["ledger"]["unassigned_rows"] == 135_080
    assert told["ledger"]["unassigned_amount"] == "1447682.12"
    assert told["ledger"]["duplicate_rows"] == 5_268
    assert told["ledger"]["customers"] == 4_372
    assert told["ledger"]["amount_accepted"] == "8300065.81"
    assert {name: told["abc"][name]["customers"] for name in "ABCN"} == {"A": 1178, "B": 1456, "C": 1688, "N": 50}
    assert round(told["concentration"]["top10"], 6) == 0.164698
    assert round(told["concentration"]["hhi"], 8) == 0.00450038
    assert round(told["concentration"]["gini"], 6) == 0.703172


def test_the_turkish_statement_reads_without_any_option(tmp_path: Path) -> None:
    told = analyzed(DATA / "turkish-statement" / "tr_cari_ekstre_cp1254.csv", tmp_path / "out").summary["ledger"]
    assert (told["rows_in_file"], told["customers"], told["amount_accepted"]) == (2_156, 89, "1249983.02")


def test_groups_of_maven_are_concentrated_as_known(tmp_path: Path) -> None:
    source = maven(tmp_path)[0]
    grouped = analyzed(Path(source), tmp_path / "out", "--window", "all", "--by-group")
    facts = json.loads((DATA / "maven-crm" / "facts.json").read_text(encoding="utf-8"))["extra"]["group_level"]
    assert len(grouped.rows) == facts["groups"]
    told = {"concentration": concentration(grouped), "abc_80_15_5": classes(grouped), "top5": largest(grouped)[:5]}
    del facts["groups"]
    assert disagreements(told, facts) == []
