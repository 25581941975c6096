"""Write a realistic business-to-business ledger of any size: monthly Parquet files, or one CSV file of the same lines.

    python -m bench.make_ledger FOLDER ROWS CUSTOMERS [--csv FILE]

Revenue falls off like Zipf's law, every customer has a rhythm of its own, a season and a drift; customers are born and
die over 36 months, 8 % buy through a second region, 3 % of the invoices are returns. Columns: invoice_id, customer_id,
date, product (2,000), region (24), qty, amount, cost. Lines stand in order of date, those of an invoice together.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

START = np.datetime64("2023-01-01")
MONTHS = np.arange("2023-01", "2026-02", dtype="datetime64[M]")
EDGES = (MONTHS.astype("datetime64[D]") - START).astype(int)
HORIZON = int(EDGES[-1])
EPOCH = int((START - np.datetime64("1970-01-01")).astype(int))
LINES_PER_INVOICE = 4.0
PRODUCTS = pa.array([f"P{number:05d}" for number in range(2000)])
REGIONS = pa.array([f"Region-{number:02d}" for number in range(24)])


@dataclass(frozen=True)
class Customers:
    """The habits of all customers, one array element each; days count from the start."""

    code: np.ndarray
    every: np.ndarray
    phase: np.ndarray
    irregularity: np.ndarray
    born: np.ndarray
    gone: np.ndarray
    ticket: np.ndarray
    season: np.ndarray
    season_phase: np.ndarray
    drift: np.ndarray
    margin: np.ndarray
    home: np.ndarray
    second: np.ndarray
    uses_second: np.ndarray

    @classmethod
    def invent(cls, count: int, rows: int, dice: np.random.Generator) -> "Customers":
        """Draw habits so that about `rows` lines come out."""
        rank = dice.permutation(count) + 1.0
        born = np.where(dice.random(count) < 0.55, -dice.exponential(400, count), dice.random(count) * (HORIZON - 30))
        life = dice.exponential(1100, count) * (1 + 2.0 * (rank < count * 0.05))
        gone = np.minimum(np.maximum(born + np.maximum(life, 20), 5), HORIZON)
        alive = np.maximum(np.clip(gone, 0, HORIZON) - np.clip(born, 0, HORIZON), 1)
        weight = rank**-0.35
        rate = weight / (weight * alive).sum() * rows / LINES_PER_INVOICE
        home = dice.integers(0, 24, count)
        return cls(
            code=dice.permutation(count).astype("int64") + 100_001,
            every=1.0 / rate,
            phase=dice.random(count) / rate,
            irregularity=dice.random(count),
            born=born,
            gone=gone,
            ticket=4800.0 * rank**-0.6 * dice.lognormal(0, 0.4, count),
            season=dice.random(count) * 0.5,
            season_phase=dice.random(count) * 2 * np.pi,
            drift=dice.normal(0, 0.25, count),
            margin=np.clip(dice.normal(0.22, 0.08, count), 0.01, 0.6),
            home=home,
            second=(home + 1 + dice.integers(0, 23, count)) % 24,
            uses_second=dice.random(count) < 0.08,
        )


def orders(who: Customers, first: int, end: int, dice: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Customer (index) and day of every invoice of one month, in order of day; few on week-ends."""
    low, high = np.maximum(first, who.born), np.minimum(end, who.gone)
    before, after = np.ceil((low - who.phase) / who.every), np.ceil((high - who.phase) / who.every)
    count = np.where(high > low, np.maximum(after - before, 0), 0).astype("int64")
    customer = np.repeat(np.arange(len(count)), count)
    nth = np.arange(len(customer)) - np.repeat(np.cumsum(count) - count, count)
    at = who.phase[customer] + (before[customer] + nth) * who.every[customer]
    at += (dice.random(len(customer)) - 0.5) * who.every[customer] * who.irregularity[customer] * 1.6
    day = np.clip(np.floor(at), first, end - 1).astype("int32")
    weekday = (day + 6) % 7
    moved = (weekday >= 5) & (dice.random(len(customer)) < 0.9)
    day = np.where(moved, np.clip(day - (weekday - 4), first, end - 1), day).astype("int32")
    by_day = np.argsort(day, kind="stable")
    return customer[by_day], day[by_day]


def lines(
    who: Customers, customer: np.ndarray, day: np.ndarray, first_invoice: int, dice: np.random.Generator
) -> pa.Table:
    """The lines of the invoices of one month."""
    count = dice.geometric(1 / LINES_PER_INVOICE, len(customer))
    at_second = who.uses_second[customer] & (dice.random(len(customer)) < 0.4)
    region = np.where(at_second, who.second[customer], who.home[customer]).astype("int32")
    year = day / 365.0
    worth = who.ticket[customer] * np.exp(who.drift[customer] * year)
    worth *= 1 + who.season[customer] * np.sin(2 * np.pi * year + who.season_phase[customer])
    worth *= np.where(dice.random(len(customer)) < 0.03, -0.3, 1.0)
    line = np.repeat(np.arange(len(customer)), count)
    amount = np.round(worth[line] * dice.lognormal(-0.3, 0.8, len(line)) / LINES_PER_INVOICE, 2)
    amount = np.where(amount == 0, 0.01, amount)
    margin = np.clip(who.margin[customer][line] + dice.normal(0, 0.05, len(line)), -0.2, 0.8)
    product = (dice.random(len(line)) ** 2.2 * len(PRODUCTS)).astype("int32")
    return pa.table(
        {
            "invoice_id": (first_invoice + np.arange(len(customer), dtype="int64"))[line],
            "customer_id": who.code[customer[line]],
            "date": pa.array((day[line] + EPOCH).astype("int32")).cast(pa.date32()),
            "product": PRODUCTS.take(pa.array(product)),
            "region": REGIONS.take(pa.array(region[line])),
            "qty": dice.integers(1, 50, len(line)).astype("int32"),
            "amount": amount,
            "cost": np.round(amount * (1 - margin), 2),
        }
    )


def months(rows: int, customers: int, seed: int) -> Iterator[tuple[str, pa.Table]]:
    """The ledger, month by month."""
    dice = np.random.default_rng(seed)
    who = Customers.invent(customers, rows, dice)
    invoice = 10_000_000
    for month, first, end in zip(MONTHS[:36], EDGES[:-1], EDGES[1:], strict=False):
        customer, day = orders(who, int(first), int(end), dice)
        yield str(month), lines(who, customer, day, invoice, dice)
        invoice += len(customer)


def write(folder: Path, rows: int, customers: int, *, seed: int = 7) -> int:
    """Write one Parquet file per month; the number of lines written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for month, table in months(rows, customers, seed):
        path = folder / f"ledger-{month}.parquet"
        pq.write_table(table, path, row_group_size=250_000, compression="zstd", compression_level=1)
        written += table.num_rows
    return written


def write_csv(folder: Path, csv: Path) -> None:
    """Write the lines of the Parquet files into one CSV file, in their order."""
    with duckdb.connect() as connection:
        source = f"{folder}/*.parquet"
        connection.execute(f"COPY (SELECT * FROM read_parquet('{source}')) TO '{csv}' (FORMAT csv, HEADER)")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("rows", type=lambda text: int(float(text)))
    asked.add_argument("customers", type=int)
    asked.add_argument("--csv", type=Path)
    given = asked.parse_args()
    print(f"{write(given.folder, given.rows, given.customers):,} lines")
    if given.csv:
        write_csv(given.folder, given.csv)
