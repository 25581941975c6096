"""Every claim of docs/performance.md, measured beside what it is compared with, and the document made of it.

    python -m bench.claims --rows 1e7 [--customers 46116] [--rounds 3] [--only hand_sql,whole] [--folder bench/out]
    python -m bench.claims --write      the document and its pictures from what was measured before

Makes the ledger if it is not there, imports it, runs every command of `bench.jobs` in turn, keeps what it took in
bench/results and writes the document. Nothing is judged while measuring; the goals stand in `bench.goals`.
"""

import argparse
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from bench import make_ledger, page
from bench.agree import differences
from bench.jobs import ANAHTAR, BIG, SMALL, House, Job, jobs
from bench.measure import Cost, Failed, kind_of_machine, run
from bench.results import Result

Costs = dict[str, list[Cost]]

CUSTOMERS = {1_000_000: 20_000, 10_000_000: 46_116, 100_000_000: 461_160}
ROUNDS = {1_000_000: 5, 10_000_000: 3, 100_000_000: 2}
PACKAGES = ("duckdb", "ibis-framework", "pyarrow", "numpy", "polars", "pandas")
SAME = (("hand_sql", "polars"), ("hand_sql", "pandas"), ("hand_figures", "figures"))


def prepare(house: House) -> None:
    """The ledger as Parquet and as CSV; made once."""
    if not house.csv.exists():
        make_ledger.write(house.parquet, house.rows, house.customers)
        make_ledger.write_csv(house.parquet, house.csv)
    with house.csv.open("rb") as whole, house.small.open("wb") as first:
        first.writelines(islice(whole, SMALL + 1))


def ingest(house: House, rounds: int) -> list[Cost]:
    """CSV to a reconciled, checksummed batch; the last one stays for the analysis.

    Of very many lines once for a folder: what it took stands beside the batch.
    """
    kept = house.batch.with_suffix(".json")
    if (house.rows > BIG or rounds == 1) and house.batch.exists() and kept.exists():
        return [Cost(**cost) for cost in json.loads(kept.read_text())]
    costs = []
    for _ in range(rounds):
        shutil.rmtree(house.batch, ignore_errors=True)
        costs.append(run([ANAHTAR, "ledger", "add", house.batch, house.csv, "--lang", "en"]))
        print(f"ingest: {costs[-1]}", flush=True)
    kept.write_text(json.dumps([asdict(cost) for cost in costs]))
    return costs


def in_turn(asked: list[Job], rounds: int) -> Iterator[tuple[Costs, dict[str, str]]]:
    """A B C A B C …; who fails is told and not asked again. Yields what there is after every turn."""
    costs: Costs = {}
    failed: dict[str, str] = {}
    for turn in range(rounds):
        for job in asked:
            if job.name in failed or turn >= job.most_rounds:
                continue
            try:
                cost = run(job.words)
            except Failed as error:
                failed[job.name] = str(error)
            else:
                costs.setdefault(job.name, []).append(cost)
            print(f"{turn + 1} {job.name}: {failed.get(job.name) or cost}", flush=True)
            yield costs, failed


def commit() -> tuple[str, bool]:
    """The commit of this tree, and whether files of the product differ from it."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], capture_output=True, text=True, check=True).stdout.strip()

    return git("rev-parse", "--short=10", "HEAD"), bool(git("status", "--porcelain", "--", "src", "bench/*.py"))


def measure(house: House, rounds: int, only: list[str]) -> Iterator[Result]:
    """Everything over one ledger; what was measured so far after every command."""
    before = os.getloadavg()
    prepare(house)
    asked = [job for job in jobs(house) if house.rows <= job.most_rows and (not only or job.name in only)]
    imported = {"ingest": ingest(house, 1 if house.rows > BIG else min(rounds, 3))}
    shutil.rmtree(house.work, ignore_errors=True)
    at, changed = commit()
    versions = {"python": sys.version.split()[0], **{name: importlib.metadata.version(name) for name in PACKAGES}}
    command = f"make bench ROWS={house.rows:.0e}".replace("e+0", "e") + f" CUSTOMERS={house.customers}"
    agree: dict[str, bool] = {}
    for taken, failed in in_turn(asked, rounds):
        for one, other in SAME:
            if {one, other} <= set(taken) and other not in agree:
                agree[other] = not differences(house.out(one), house.out(other))
        yield Result(
            rows=house.rows,
            customers=house.customers,
            measured=datetime.now(UTC).date().isoformat(),
            commit=at,
            changed=changed,
            machine=kind_of_machine(),
            versions=versions,
            load=[[round(one, 1) for one in many] for many in (before, os.getloadavg())],
            command=command,
            rounds={**imported, **taken},
            failed=failed,
            agree=agree,
        )


def main() -> None:
    """Measure, keep and write."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=lambda text: int(float(text)))
    asked.add_argument("--customers", type=int)
    asked.add_argument("--rounds", type=int)
    asked.add_argument("--only", default="", help="commands by name; printed and not kept")
    asked.add_argument("--folder", type=Path, default=Path("bench/out"))
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    if given.rows:
        customers = given.customers or CUSTOMERS.get(given.rows, given.rows // 50)
        house = House(given.folder.absolute(), given.rows, customers)
        house.folder.mkdir(parents=True, exist_ok=True)
        rounds = given.rounds or ROUNDS.get(given.rows, 3)
        for result in measure(house, rounds, [*filter(None, given.only.split(","))]):
            if not given.only:
                result.save()
        if given.only:
            return
    for path, text in page.files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
