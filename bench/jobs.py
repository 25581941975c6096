"""The commands that are measured beside each other over one ledger, and what each of them needs."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PYTHON = sys.executable
ANAHTAR = Path(PYTHON).parent / "anahtar"
BIG = 50_000_000
"""Above so many lines, pandas gets half of the machine's memory and not more: others use it too."""

SMALL = 10_000
"""Lines of the file with which the start of the command line is measured."""


@dataclass(frozen=True)
class House:
    """One ledger in all the forms that are measured.

    Parameters
    ----------
    folder
        Where everything lies; made once and used again.
    """

    folder: Path
    rows: int
    customers: int

    @property
    def parquet(self) -> Path:
        """Monthly files as an export would write them: what SQL, Polars and pandas read."""
        return self.folder / f"ledger-{self.rows}"

    @property
    def csv(self) -> Path:
        """The same lines as one file: what is imported."""
        return self.folder / f"ledger-{self.rows}.csv"

    @property
    def batch(self) -> Path:
        """The same lines imported: what the product reads."""
        return self.folder / f"batch-{self.rows}"

    @property
    def work(self) -> Path:
        """Where facts are kept between runs."""
        return self.folder / f"work-{self.rows}"

    @property
    def small(self) -> Path:
        """The first lines of the file."""
        return self.folder / "small.csv"

    def out(self, name: str) -> Path:
        """Where a command writes."""
        return self.folder / f"out-{self.rows}" / name


@dataclass(frozen=True)
class Job:
    """A command that takes its turn.

    Parameters
    ----------
    name
        As in the results.
    words
        The command; of a module of this folder, `-m` included.
    most_rows
        Ledgers above it are not asked of it.
    most_rounds
        It takes part in the first rounds only, because one of them takes so long.
    """

    name: str
    words: Sequence[str | Path]
    most_rows: float = float("inf")
    most_rounds: int = 99


def jobs(house: House) -> list[Job]:
    """Every command of one round, in the order of their turns."""

    def module(name: str, *words: str | Path) -> list[str | Path]:
        return [PYTHON, "-W", "ignore", "-m", f"bench.{name}", *words]

    def over_files(program: str, name: str) -> list[str | Path]:
        return module(program, house.parquet, house.out(name))

    half = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    bounded = ["prlimit", f"--as={half}"] if house.rows > BIG else []
    ours = house.batch
    return [
        Job("scan", module("limits", "scan", house.parquet)),
        Job("group_accounts", module("limits", "accounts", house.parquet)),
        Job("group_invoices", module("limits", "invoices", house.parquet)),
        Job("hand_sql", over_files("hand_sql", "hand_sql")),
        Job("whole", module("analyse_ledger", ours, house.out("whole"))),
        Job("hand_figures", module("hand_figures", ours, house.out("hand_figures"))),
        Job("figures", module("steps", "figures", ours, house.out("figures"))),
        Job("facts", module("steps", "facts", ours, house.work)),
        Job("month", module("steps", "month", ours, house.work)),
        Job("again", module("analyse_ledger", ours, house.out("again"), house.work)),
        Job("account", module("steps", "account", ours, house.work)),
        Job("polars", over_files("polars_job", "polars")),
        Job("pandas", bounded + over_files("pandas_job", "pandas")),
        Job("notebook", bounded + over_files("notebook_pandas", "notebook"), most_rounds=1),
        Job("help", [ANAHTAR, "--help"], most_rows=2e6),
        Job("small_file", [ANAHTAR, "analyze", house.small, "--lang", "en", "--out", house.out("report")], 2e6),
    ]
