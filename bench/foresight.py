"""The whole foresight step at many accounts: backtest of every model, the choice, and what is said of each account.

    python -m bench.foresight [--accounts 5e4]

Wall and CPU seconds on the machine it runs on, with progress; goal: 60 at 50,000 accounts on two cores. On a busy
machine read the CPU seconds: the backtest keeps two cores at work, what follows it one.
"""

import argparse
import tempfile
import time
from pathlib import Path

from anahtar.engine import DuckdbEngine
from anahtar.forecast.backtest.running import backtest
from anahtar.forecast.foresight import foresee
from anahtar.forecast.purchases import day_of
from anahtar.rules.lapse_criterion import Criterion, LapseCriterion
from bench.make_histories import purchases
from bench.measure import machine

LAST = 1094
GOAL = 60
"""Seconds for 50,000 accounts."""


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--accounts", type=lambda text: int(float(text)), default=50_000)
    given = asked.parse_args()
    base = purchases(given.accounts)
    print(f"{machine()}; {given.accounts:,} accounts, {len(base):,} purchase days")
    began, spent = time.monotonic(), time.process_time()

    def step(stage: str, done: int, total: int) -> None:
        print(f"  {time.monotonic() - began:5.1f} s  {stage} {done}/{total}", flush=True)

    found = backtest(base, as_of=day_of(LAST), on_progress=step)
    with tempfile.TemporaryDirectory() as folder, DuckdbEngine([Path(folder)], spill=Path(folder)) as engine:
        by = LapseCriterion(Criterion.COMBINED)
        foresee(base, as_of=day_of(LAST), engine=engine, criterion=by, kind=found.chosen, on_progress=step)
    wall, cpu = time.monotonic() - began, time.process_time() - spent
    goal = GOAL * given.accounts / 50_000
    print(f"{len(found.frame.cuts)} days, chosen {found.chosen}: {wall:.1f} s wall, {cpu:.1f} CPU-s")
    print(f"{cpu / goal:.2f} CPU-seconds for each of the goal ({goal:.0f} s); wall {wall / goal:.2f}")


if __name__ == "__main__":
    main()
