"""BG/NBD fitted to a million accounts, beside `lifetimes` where it is installed.

    python -m bench.fit_bg_nbd [--accounts 1e6] [--runs 5] [--oracle PYTHON]

`lifetimes` (0.11.3, with a pandas before 3) is no dependency: install it into an environment of its own and name that
environment's Python with --oracle; without it our figures stand alone. CPU-seconds of the fit alone, imports and making
of the histories left out; goal: one CPU-second, a twentieth of `lifetimes`, parameters to 1e-4.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from anahtar.forecast.fitting import Fit, fit_geometric
from anahtar.forecast.geometric import BetaGeometric
from anahtar.forecast.histories import Histories
from bench.make_histories import histories
from bench.measure import machine

_ORACLE = """
import json, sys, time, warnings
warnings.filterwarnings("ignore")
import numpy as np
from lifetimes import BetaGeoFitter
x, recency, age = np.load(sys.argv[1]).astype(float)
began = time.process_time()
fitter = BetaGeoFitter(penalizer_coef=0.0).fit(x, recency, age)
spent = time.process_time() - began
print(json.dumps([spent, *(float(fitter.params_[name]) for name in ("r", "alpha", "a", "b"))]))
"""


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--accounts", type=lambda text: int(float(text)), default=1_000_000)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--oracle", type=Path, help="a Python that can import lifetimes")
    given = asked.parse_args()
    print(machine())
    base = histories(given.accounts)
    costs, fit = [], None
    for _ in range(given.runs):
        began = time.process_time()
        fit = fit_geometric(base, modified=False)
        costs.append(time.process_time() - began)
    assert fit is not None
    ours = _told("anahtar", statistics.median(costs), fit)
    if given.oracle:
        _beside(given.oracle, base, statistics.median(costs), ours)


def _told(name: str, cost: float, fit: Fit[BetaGeometric]) -> list[float]:
    model = fit.model
    found = [model.r, model.alpha, model.a, model.b]
    print(f"{name:<10} {cost:7.2f} CPU-s  {fit.looks} looks  " + "  ".join(f"{one:.6f}" for one in found))
    return found


def _beside(oracle: Path, base: Histories, cost: float, ours: list[float]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "histories.npy"
        np.save(file, np.stack([base.repeats, base.recency, base.age]))
        done = subprocess.run([oracle, "-c", _ORACLE, file], capture_output=True, text=True, check=True)
    spent, *theirs = json.loads(done.stdout.strip().splitlines()[-1])
    print(f"{'lifetimes':<10} {spent:7.2f} CPU-s            " + "  ".join(f"{one:.6f}" for one in theirs))
    apart = max(abs(one / other - 1) for one, other in zip(ours, theirs, strict=True))
    print(f"{spent / cost:.1f} times our CPU; parameters apart by {apart:.1e} at most")


if __name__ == "__main__":
    main()
