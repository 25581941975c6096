"""Every claim of docs/performance.md, measured beside what it is compared with.

    python -m bench.claims [--rows 1e7] [--customers 46116] [--runs 3] [--workbook FILE] [--folder bench/out]

Prints a Markdown page. Nothing is judged; a goal stands beside each figure.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import make_ledger
from bench.measure import Cost, machine, median, pairs, ratio, run

PYTHON = sys.executable
ANAHTAR = Path(PYTHON).parent / "anahtar"


def prepare(folder: Path, rows: int, customers: int) -> tuple[Path, Path]:
    """The ledger as Parquet and as CSV; made once."""
    parquet, csv = folder / f"ledger-{rows}", folder / f"ledger-{rows}.csv"
    if not csv.exists():
        make_ledger.write(parquet, rows, customers)
        make_ledger.write_csv(parquet, csv)
    return parquet, csv


def ingest(csv: Path, folder: Path, runs: int) -> Iterator[str]:
    """CSV to a reconciled, checksummed batch."""
    costs: list[Cost] = []
    for _ in range(runs):
        shutil.rmtree(folder / "ledger", ignore_errors=True)
        costs.append(run([ANAHTAR, "ledger", "add", folder / "ledger", csv, "--lang", "en"]))
    with csv.open("rb") as file:
        rows = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 22), b"")) - 1
    speed = rows / median(costs, "cpu") / 1e6
    yield f"| CSV to batch, {rows:,} rows | {speed:.2f} M rows per CPU-second | ≥ 1 |"
    yield f"| its largest process | {median(costs, 'mib'):.0f} MiB | ≤ 300 |"


def analysis(parquet: Path, folder: Path, runs: int) -> Iterator[str]:
    """The whole analysis from the ledger, beside the hand-written SQL."""
    ours = [PYTHON, "-m", "bench.analyse_ledger", folder / "ledger", folder / "ours"]
    hand = [PYTHON, "-m", "bench.hand_sql", parquet, folder / "hand"]
    measured = pairs(ours, hand, runs=runs)
    mine = [cost for cost, _ in measured]
    yield f"| whole analysis, CPU against hand-written SQL | {ratio(measured, 'cpu')} | ≤ 1.3 |"
    yield f"| the same, wall | {ratio(measured, 'wall')} | |"
    yield f"| its largest process | {median(mine, 'mib'):.0f} MiB (hand SQL × {ratio(measured, 'mib')}) | ≤ 358 |"


def workbook(path: Path, runs: int) -> Iterator[str]:
    """A workbook read, beside fastexcel alone."""
    command = [PYTHON, "-m", "bench.read_workbook"]
    measured = pairs([*command, "anahtar", path], [*command, "fastexcel", path], runs=runs)
    yield f"| workbook {path.name}, CPU against fastexcel alone | {ratio(measured, 'cpu')} | ≤ 1.5 |"


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=lambda text: int(float(text)), default=1_000_000)
    asked.add_argument("--customers", type=int, default=20_000)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--workbook", type=Path)
    asked.add_argument("--folder", type=Path, default=Path("bench/out"))
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    print(f"{machine()}\n\n| what | measured | goal |\n|---|---|---|", flush=True)
    parquet, csv = prepare(given.folder, given.rows, given.customers)
    for claim in (
        ingest(csv, given.folder, given.runs),
        analysis(parquet, given.folder, given.runs),
        workbook(given.workbook, given.runs) if given.workbook else (),
    ):
        for line in claim:
            print(line, flush=True)


if __name__ == "__main__":
    main()
