"""What a screen over one slice costs: CPU-seconds of the ground, of slices, of what follows from them.

python bench/slices.py LEDGER [WORK]

LEDGER is a folder of `anahtar ledger`; WORK keeps facts and the ground (a temporary folder without it). The median of
five is told, in one process, the query compiler imported before.
"""

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from anahtar.analysis import AnalysisOptions, Window
from anahtar.analysis.dates import first_day, last_day, number
from anahtar.analysis.portfolio import Portfolio
from anahtar.analysis.reclassing import reclass
from anahtar.analysis.slicing import SliceAsked, load, make_ground, open_ground, save, slice_of
from anahtar.ledger.store.store import Ledger

# Before the clock starts: the query compiler is imported with them, once in a process.
for module in ("computing", "making"):
    import_module(f"anahtar.analysis.slicing.{module}")


def told(name: str, work: Callable[[], object], times: int = 5) -> object:
    """Print the CPU time of some work, and hand back what it made."""
    spent = []
    for _ in range(times):
        began = time.process_time()
        made = work()
        spent.append(time.process_time() - began)
    print(f"{name:<44} {statistics.median(spent) * 1000:8.1f} ms   ({min(spent) * 1000:.1f}-{max(spent) * 1000:.1f})")
    return made


def main(folder: Path, work: Path) -> None:
    """Measure one ledger."""
    ledger = Ledger(folder)
    batches = [(ledger.folder(manifest), manifest) for manifest in ledger.batches()]
    home = work / "ground"
    if not home.exists():
        told("ground", lambda: make_ground(batches, AnalysisOptions(), workspace=work, folder=home), 1)
    ground = open_ground(home)
    end = number(ground.as_of)
    quarter = SliceAsked(window=Window(first_day(end - 5), last_day(end - 3)))
    asked = {"last 12 months": SliceAsked(), "three months": quarter}
    asked |= {f"direction {code}": SliceAsked(direction=code) for code in [*ground.directions][:1]}
    for name, one in asked.items():
        told(f"slice: {name}", lambda one=one: slice_of(ground, one))
    found = slice_of(ground, SliceAsked())
    file = work / "slice.arrow"
    told("save", lambda: save(found, file))
    told("load, digest reckoned", lambda: load(file))
    found = told("load, trusted", lambda: load(file, verify=False))
    codes = found.table["code"].to_pylist()
    told(f"portfolio of {len(codes)} accounts", lambda: Portfolio.of(found))
    told("portfolio of every tenth, by code", lambda: Portfolio.of(found, codes[::10]))
    portfolio = Portfolio.of(found)
    told("without this account", lambda: portfolio.without(codes[:1]))
    told("movers", portfolio.movers)
    told("other cuts", lambda: reclass(found, abc_cuts=(0.7, 0.9), xyz_cuts=(0.4, 0.8)))
    print(f"largest process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as temporary:
        main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else temporary))
