"""Steps of the product by themselves; each tells the CPU-seconds of its parts as its last line.

    python -m bench.steps facts LEDGER WORK      facts of all months, then of the newest again
    python -m bench.steps month LEDGER WORK      facts of the newest month alone
    python -m bench.steps figures LEDGER OUT     facts and figures of all accounts: the part that is SQL
    python -m bench.steps account LEDGER WORK    what the page of an account reads

`account` keeps an analysis in WORK if there is none.
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from anahtar.analysis import AnalysisOptions, analyze
from anahtar.analysis.changes import change_of
from anahtar.analysis.keeping import load, save
from anahtar.engine import spare_memory, start
from anahtar.facts.facts import Facts
from anahtar.ledger.manifest import Manifest
from anahtar.ledger.store.store import Ledger
from anahtar.report.files import write_parquet

Batches = list[tuple[Path, Manifest]]
TIMES = 5


def cpu(work: Callable[[], object]) -> float:
    """CPU-seconds of some work in this process, all threads."""
    began = time.process_time()
    work()
    return time.process_time() - began


def build(batches: Batches, work: Path) -> Facts:
    """The facts of the ledger, as the analysis builds them."""
    from anahtar.facts.building import build_facts

    folders = [folder for folder, _ in batches]
    with start([*folders, work], spill=work / "spill", threads=1) as engine:
        return build_facts(folders, work / "facts", as_of=None, engine=engine)


def forget_newest(work: Path) -> None:
    """Remove the facts of the last month, as if it had just been imported."""
    for table in (work / "facts").iterdir():
        if files := sorted(table.glob("*.parquet")):
            files[-1].unlink()


def facts(batches: Batches, work: Path) -> dict[str, float]:
    shutil.rmtree(work / "facts", ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    # What compiles is told apart from what sums: twice a month, once all the others.
    first = cpu(lambda: build(batches, work))
    forget_newest(work)
    return {"facts": first, "month": cpu(lambda: build(batches, work))}


def month(batches: Batches, work: Path) -> dict[str, float]:
    forget_newest(work)
    return {"month": cpu(lambda: build(batches, work))}


def figures(batches: Batches, out: Path) -> dict[str, float]:
    from anahtar.analysis import running

    out.mkdir(parents=True, exist_ok=True)
    kept = {}

    def stop(settled: object, tables: object, problems: object) -> None:
        kept["tables"] = tables

    # The analysis ends where its tables are made: no rule is asked.
    running._analysis = stop  # type: ignore[assignment]  # the last step, replaced by one that keeps what it was given
    with tempfile.TemporaryDirectory() as work:
        analyze(batches, AnalysisOptions(), workspace=Path(work))
    for name in ("accounts", "months", "moves", "concentration"):
        write_parquet(getattr(kept["tables"], name), out / f"{name}.parquet")
    return {}


def account(batches: Batches, work: Path) -> dict[str, float]:
    kept = work / "kept"
    if not kept.exists():
        with tempfile.TemporaryDirectory() as temporary:
            save(analyze(batches, AnalysisOptions(), workspace=Path(temporary)), kept)
    analysis = load(kept)
    codes, window = analysis.standings["code"].to_pylist(), analysis.window
    ranked = sum(place is not None for place in analysis.standings["rank"].to_pylist())
    del analysis
    told = {}
    for name, code in (("middle", codes[ranked // 2]), ("largest", codes[0])):
        parts = {
            "figures": lambda code=code: load(kept, accounts=[code]),
            "change": lambda code=code: change_of(batches, [code], window=window),
        }
        for part, read in parts.items():
            read()
            told[f"{name} {part}"] = statistics.median(cpu(read) for _ in range(TIMES))
    return told


def main(kind: str, folder: str, work: str) -> None:
    """Run one step and tell what its parts took."""
    spare_memory()
    ledger = Ledger.open(Path(folder))
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    steps = {"facts": facts, "month": month, "figures": figures, "account": account}
    print(json.dumps(steps[kind](batches, Path(work))))


if __name__ == "__main__":
    main(*sys.argv[1:4])
