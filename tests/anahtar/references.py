"""Where each printed fact of the reference ledgers stands in what Anahtar puts out.

A fact is compared to the digits it was printed with. Facts about something no output tells (regions, the loss windows
of a later chapter) are named in `NOT_TOLD`, so that a new fact is never passed over unseen.
"""

import json
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from anahtar.cli import main

NOT_TOLD = (
    *("dataset", "computed_on", "pandas", "rows", "gross_positive", "negative_rows", "negative_sum", "zero_rows"),
    *("n_invoice", "n_product", "n_region", "n_salesperson", "regions_top", "extra", "variant_positive_lines_dedup"),
    *("invoices", "cost_total", "strict", "window_182d", "window_365d", "window_months", "window", "ddof", "computed"),
    *("zero_months_count_as", "periods", "min_nonzero_periods", "xyz_thresholds", "hhi_10000", "n_ge_10pct", "asof"),
    *("of",),
)


@dataclass(frozen=True)
class Outcome:
    """One run of `anahtar analyze`: its summary and its standings, row by row."""

    summary: Mapping[str, Any]
    rows: list[dict[str, Any]]

    def count(self, column: str) -> Counter[str]:
        return Counter(row[column] for row in self.rows if row[column] is not None)

    def net(self, kept: Callable[[dict[str, Any]], bool]) -> tuple[int, Decimal]:
        found = [row for row in self.rows if kept(row)]
        return len(found), sum((row["revenue"] or Decimal(0) for row in found), Decimal(0))


def analyzed(source: Path, out: Path, *options: str) -> Outcome:
    """Run the program as a person would and read what it wrote."""
    assert main(["analyze", str(source), "--out", str(out), "--lang", "en", "--measure", "revenue", *options]) == 0
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return Outcome(summary, pq.read_table(out / "standings.parquet").to_pylist())


def facts_of(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every single fact of a facts.json with the path to it, less those no output tells."""
    if path and path[-1] in NOT_TOLD:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from facts_of(inner, (*path, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from facts_of(inner, (*path, str(position)))
    else:
        yield path, value


def same(found: Any, printed: Any) -> bool:
    """Whether a value agrees with a printed one to the printed digits."""
    if isinstance(printed, float) and found is not None:
        places = len(f"{printed!r}".partition(".")[2]) if "e" not in repr(printed) else 8
        return abs(Decimal(str(found)) - Decimal(str(printed))) <= Decimal("0.5000001") * Decimal(10) ** -places
    return bool(found == printed)


def lapse(outcome: Outcome) -> dict[str, Any]:
    """The lapse facts, from the standings of a run over the whole ledger."""
    bought = [row for row in outcome.rows if row["first_purchase"] is not None]
    total = Decimal(outcome.summary["ledger"]["amount_accepted"])
    told: dict[str, Any] = {
        "customers_with_a_positive_purchase": len(bought),
        "one_purchase_day_only": sum(row["gaps"] == 0 for row in bought),
        "ge3_purchase_days": sum(row["gaps"] >= 2 for row in bought),
        "median_of_own_mean_interval_days_n_ge_3": statistics.median(
            row["gap_mean"] for row in bought if row["gaps"] >= 2
        ),
        "median_interval_cv_n_ge_4": statistics.median(row["interval_cv"] for row in bought if row["gaps"] >= 3),
    }
    for days in (90, 180, 365):
        customers, net = outcome.net(lambda row, days=days: (row["silence"] or 0) > days)
        told[f"silent_gt_{days}d"] = {"customers": customers, "lifetime_net": net, "share_of_net": net / total}
    for times in (2, 3):
        customers, net = outcome.net(
            lambda row, times=times: row["gaps"] >= 2 and row["silence"] > times * row["gap_mean"]
        )
        name = f"own_rhythm_recency_gt_{times}x_mean_interval_n_ge_3"
        told[name] = {"customers": customers, "lifetime_net": net}
    return told


def concentration(outcome: Outcome) -> dict[str, Any]:
    """The concentration facts under their own names."""
    told = outcome.summary["concentration"]
    return {
        "n_positive": told["customers_positive"],
        **{f"top{k}_share": told[f"top{k}"] for k in (1, 3, 5, 10, 20)},
        **{f"top_{k}pct_customers_share": told["top_percent"][str(k)] for k in (1, 5, 10, 20)},
        "hhi_0_1": told["hhi"],
        "effective_number": told["effective_number"],
        "hhi_normalised": told["hhi_normalised"],
        "gini_positive": told["gini"],
        "customers_for_50pct": told["customers_for_50pct"],
        "customers_for_80pct": told["customers_for_80pct"],
    }


def classes(outcome: Outcome) -> dict[str, Any]:
    """The ABC facts of one pair of cuts."""
    told = outcome.summary["abc"]
    return {
        "crossing_included": {
            name: {key: told[name][of] for key, of in (("customers", "customers"), ("share", "share"))}
            | {"revenue": Decimal(told[name]["amount"])}
            for name in "ABC"
        },
        "n_nonpositive": told["N"]["customers"],
    }


def largest(outcome: Outcome) -> list[dict[str, Any]]:
    """The ten largest accounts."""
    ranked = sorted((row for row in outcome.rows if row["rank"] is not None), key=lambda row: row["rank"])
    return [
        {"customer": row["code"], "net_revenue": row["revenue"], "share_of_positive": row["share"]}
        for row in ranked[:10]
    ]


def regularity(outcome: Outcome) -> dict[str, int]:
    """X, Y and Z with one-off and new accounts among Z, where the textbook definition has them."""
    xyz = {name: told["customers"] for name, told in outcome.summary["xyz"].items()}
    return {"X": xyz["X"], "Y": xyz["Y"], "Z": xyz["Z"] + xyz["one_off"] + xyz["new"]}
