"""What moves over the network: the facts and the whole analysis of a ledger by an engine elsewhere, byte by byte.

    python -m bench.moved LEDGER [--where duckdb]                 # nothing moves
    scripts/postgres.sh with python -m bench.moved LEDGER --where postgresql
    scripts/spark.sh with python -m bench.moved LEDGER --where spark

Every byte that passes the loopback is counted, so nothing else may use it: run it, with the servers, in a network of
its own (`unshare --net sh -c 'ip link set lo up && …'`). Between a driver and two workers that is what would pass
between machines; where the workers read the ledger from a shared folder, its files pass once more, and are told apart.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from anahtar.analysis import AnalysisOptions, analyze
from anahtar.engine import start
from anahtar.facts.building import build_facts
from anahtar.ledger.store.store import Ledger


def main() -> None:
    """Print one line of JSON-like figures for each step."""
    asked = argparse.ArgumentParser()
    asked.add_argument("ledger", type=Path)
    asked.add_argument("--where", choices=["duckdb", "postgresql", "spark"], default="duckdb")
    said = asked.parse_args()
    where = {
        "duckdb": "duckdb",
        "postgresql": os.environ.get("ANAHTAR_DATABASE_URL", ""),
        "spark": os.environ.get("SPARK_MASTER", "local[2]"),
    }[said.where]
    ledger = Ledger.open(said.ledger)
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    folders = [folder for folder, _ in batches]
    lines = [path for folder in folders for path in folder.glob("lines/*.parquet")]
    print(f"ledger: {sum(pq.read_metadata(path).num_rows for path in lines):,} lines, {_mib(lines):.1f} MiB of files")
    with tempfile.TemporaryDirectory() as workspace:
        place = Path(workspace)
        before, began = passed(), time.monotonic()
        with start([*folders, place], spill=place / "spill", where=where) as engine:
            build_facts(folders, place / "facts", as_of=None, engine=engine)
        facts = [*(place / "facts").rglob("*.parquet")]
        _tell("facts", before, began, f"{_mib(facts):.1f} MiB of files at home")
    with tempfile.TemporaryDirectory() as workspace:
        before, began = passed(), time.monotonic()
        analysis = analyze(batches, AnalysisOptions(), workspace=Path(workspace), where=where)
        _tell("analysis, facts and all", before, began, f"{analysis.standings.num_rows:,} accounts told")


def passed() -> int:
    """Bytes that the loopback has received since the machine, or its own network, was started."""
    told = Path("/proc/net/dev").read_text().splitlines()
    return next(int(line.split(":")[1].split()[0]) for line in told if line.strip().startswith("lo:"))


def _mib(paths: list[Path]) -> float:
    return sum(path.stat().st_size for path in paths) / 2**20


def _tell(step: str, before: int, began: float, made: str) -> None:
    moved = (passed() - before) / 2**20
    print(f"{step}: {moved:.1f} MiB moved, {time.monotonic() - began:.1f} s, {made}", flush=True)


if __name__ == "__main__":
    main()
