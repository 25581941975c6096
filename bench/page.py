"""docs/performance.md and its pictures, made of what stands in bench/results."""

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.goals import GOALS, Goal, plain
from bench.measure import Ratio
from bench.plot import Bar, bars, lines, number
from bench.results import Result

DOCS = Path(__file__).parent.parent / "docs"
PICTURES = DOCS / "performance"

NAMES = {
    "scan": "limit: the six columns read",
    "group_accounts": "limit: grouped by account",
    "group_invoices": "limit: grouped by invoice",
    "hand_sql": "hand-written SQL (DuckDB)",
    "hand_figures": "hand-written SQL of our figures",
    "figures": "Anahtar, the figures of all accounts",
    "whole": "Anahtar, whole analysis",
    "again": "Anahtar, anew from its facts",
    "facts": "Anahtar, facts of all months",
    "month": "Anahtar, facts of one new month",
    "polars": "Polars",
    "pandas": "pandas, with care",
    "notebook": "pandas, as in a notebook",
    "account": "Anahtar, one account read",
    "help": "`anahtar --help`",
    "small_file": "`anahtar analyze`, 10,000 lines",
    "ingest": "Anahtar, import of the CSV file",
}
BESIDE = ("scan", "group_accounts", "group_invoices", "hand_sql", "whole", "again", "polars", "pandas", "notebook")
OURS = frozenset({"figures", "whole", "again", "facts", "month", "ingest", "account"})

HEAD = """\
# Performance

Written by `make bench` (`bench/page.py`) from what stands in `bench/results`; do not edit it. How the web application
carries its pages, and what single steps cost: [performance-web.md](performance-web.md).

Whole processes, one after the other in turn (A B C A B C …) on a machine that others use too. Seconds of such a machine
swing by a factor of two within minutes, so what counts are ratios of CPU time within one round: their median, and in
brackets the least and the greatest. Memory is the largest process. The ledger is made by `bench/make_ledger.py`: three
years of a business-to-business company, accounts that are born and lapse, returns, 24 regions, 2,000 products.
"""

COMPARED = """\
## What is compared with what

- **The short job** (`bench/hand_sql.py`): 28 columns of each customer (money, recency, frequency, gaps, ABC, XYZ,
  quintiles), concentration, migration over twelve months, losses by region. Hand-written SQL for DuckDB, Polars
  (`bench/polars_job.py`) and pandas with care (`bench/pandas_job.py`) make the same four tables from the same monthly
  files; `bench/agree.py` holds them against each other cell by cell in every measurement. Pandas as in a notebook
  (`bench/notebook_pandas.py`) answers less and in floating point.
- **The product's own figures** (`bench/hand_figures.py`): the product asks other questions than the short job
  (medians and 95th percentiles of every account's gaps, stability over nine settings, demand patterns, borders; no
  quintiles, no losses), so the ratio of its whole analysis to the short job mixes *how* with *what*. Therefore the
  part of it that is SQL is measured apart, beside SQL written by hand that makes the same {columns} columns of each
  account, the months, the moves and the concentration from the same batch; equal cell by cell as well.
- **The whole analysis** (`bench/analyse_ledger.py`) is more than figures: it verifies the checksum of every file
  first, and after the figures come states, types and their evidence, and a table for people.
- **Limits** (`bench/limits.py`): reading six columns, grouping once by account, once by invoice. Nothing that reads the
  lines can take less.
"""


def files() -> dict[Path, str]:
    """Every generated file and its text."""
    results = Result.load_all()
    if not results:
        return {}
    pictures = _pictures(results)
    parts = [HEAD, _goals(results), COMPARED.format(columns=COLUMNS)]
    parts += [_size(result) for result in results]
    parts.append(_growth(results))
    parts.append(_where(results))
    text = "\n".join(part.rstrip() + "\n" for part in parts)
    return {DOCS / "performance.md": text, **{PICTURES / name: drawn for name, drawn in pictures.items()}}


COLUMNS = 64
"""Of `bench.hand_figures`, beside the account's own number."""


def _lines(rows: int) -> str:
    return f"{rows / 1e6:g} M lines"


# Goals ----------------------------------------------------------------------------------------------------------


def _goals(results: Sequence[Result]) -> str:
    by_rows = {result.rows: result for result in results}
    told = ["## Goals", "", "| lines | what | measured | goal | |", "|---|---|---|---|---|"]
    for goal in GOALS:
        found = goal.read(by_rows[goal.rows]) if goal.rows in by_rows else None
        cells = (f"{goal.rows / 1e6:g} M", goal.said, _measured(goal, found), goal.border, _verdict(goal, found))
        told.append(f"| {' | '.join(cells)} |")
    failed = [
        f"{NAMES[name]} at {_lines(result.rows)} did not come to its end: `{said}`."
        for result in results
        for name, said in result.failed.items()
    ]
    shown = [
        f"![{goal.said.replace('`', '')}](performance/goal-{place + 1}.svg)"
        for place, goal in enumerate(GOALS)
        if place == _first_of(goal) and any(goal.read(result) for result in results)
    ]
    return "\n".join([*told, "", *failed, "", *shown])


def _measured(goal: Goal, found: Ratio | None) -> str:
    return "not measured" if found is None else f"{_spread(found)} {goal.unit}"


def _verdict(goal: Goal, found: Ratio | None) -> str:
    if found is None:
        return ""
    return "reached" if goal.reached(found) else "**not reached**"


def _spread(found: Ratio) -> str:
    digits: Callable[[float], str] = number if found.median >= 0.1 else "{:.3f}".format
    middle = digits(found.median)
    if found.least == found.greatest:
        return middle
    return f"{middle} ({digits(found.least)}–{digits(found.greatest)})"  # a range is written so


# One size -------------------------------------------------------------------------------------------------------


def _size(result: Result) -> str:
    told = [
        f"## {_lines(result.rows)}, {result.customers:,} customers",
        "",
        f"![CPU against the hand-written SQL](performance/cpu-{result.rows}.svg)",
        f"![memory against the hand-written SQL](performance/memory-{result.rows}.svg)",
        "",
        "| program | CPU-s | CPU × SQL | wall × SQL | memory × SQL | largest process | rounds |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in (*BESIDE, "hand_figures", "figures", "facts", "month", "account", "ingest", "help", "small_file"):
        costs = result.rounds.get(name)
        if not costs:
            continue
        ratios = [result.ratio(name, "hand_sql", figure) for figure in ("cpu", "wall", "mib")]
        beside = [_spread(one) if one is not None and name not in ("help", "small_file") else "" for one in ratios]
        cpu, mib = (statistics.median(result.figures(name, figure)) for figure in ("cpu", "mib"))
        told.append(f"| {NAMES[name]} | {number(cpu)} | {' | '.join(beside)} | {mib:,.0f} MiB | {len(costs)} |")
    return "\n".join([*told, "", _same(result), "", _made(result)])


def _same(result: Result) -> str:
    pairs = {"polars": "Polars", "pandas": "pandas with care", "figures": "Anahtar’s figures"}  # an apostrophe
    equal = [said for name, said in pairs.items() if result.agree.get(name)]
    apart = [said for name, said in pairs.items() if result.agree.get(name) is False]
    told = f"Equal to the hand-written SQL in every cell: {', '.join(equal)}." if equal else ""
    return f"{told} **Not equal**: {', '.join(apart)}." if apart else told


def _made(result: Result) -> str:
    machine = result.machine
    load = " to ".join(f"{many[0]:g}" for many in result.load)
    versions = ", ".join(f"{name} {version}" for name, version in result.versions.items())
    changed = " with changes" if result.changed else ""
    return (
        f"`{result.command}`, {result.measured}, commit {result.commit}{changed}; {machine['cores']} cores "
        f"({machine['processor']}), {machine['gib']} GiB, load {load}; {versions}."
        + (f"\n\n**Not one undisturbed run**: {result.note}" if result.note else "")
    )


# Cost against size ----------------------------------------------------------------------------------------------

GROWTH: Mapping[str, tuple[str, str]] = {
    "import": ("ingest", "cpu"),
    "facts of all months": ("facts", "facts"),
    "whole analysis": ("whole", "cpu"),
    "anew from facts": ("again", "cpu"),
    "one new month": ("facts", "month"),
    "account page": ("account", "middle change"),
}


WHO = {"middle": "an account in the middle", "largest": "the largest account"}


def _curves(results: Sequence[Result]) -> dict[str, list[tuple[float, float]]]:
    found = {}
    for said, (name, figure) in GROWTH.items():
        points = []
        for result in results:
            value = plain(name, figure)(result)
            if value is not None:
                points.append((float(result.rows), value.median))
        if points:
            found[said] = points
    return found


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The power of the size with which a cost grows, by least squares of the logarithms; None for one point."""
    if len(points) < 2:
        return None
    xs, ys = ([math.log(point[axis]) for point in points] for axis in (0, 1))
    return statistics.linear_regression(xs, ys).slope


def _growth(results: Sequence[Result]) -> str:
    told = [
        "## Cost against size",
        "",
        "![CPU-seconds by lines of the ledger](performance/size.svg)",
        "",
        f"| CPU-seconds | {' | '.join(_lines(result.rows) for result in results)} | exponent |",
        f"|---|{'---|' * len(results)}---|",
    ]
    for said, points in _curves(results).items():
        known = dict(points)
        cells = [_seconds(known.get(float(result.rows))) for result in results]
        power = exponent(points)
        told.append(f"| {said} | {' | '.join(cells)} | {'' if power is None else f'{power:.2f}'} |")
    told += [
        "",
        "Exponent 1: ten times the lines, ten times the cost; below 1, a fixed part (imports, compiling, files)",
        "still weighs. Customers grow with the lines (20,000, 46,116, 461,160). *One new month* is told by a process",
        "that has compiled the statements before, as the worker has; *account page* is the change of an account in",
        "the middle of the ranking (`anahtar.analysis.changes`), which reads lines, in a process that has read it",
        "once. Beside it, what an account's page reads of an analysis that was kept:",
        "",
        f"| CPU-milliseconds | {' | '.join(_lines(result.rows) for result in results)} |",
        f"|---|{'---|' * len(results)}",
    ]
    for who in WHO:
        for part in ("figures", "change"):
            read = plain("account", f"{who} {part}", 1000)
            cells = ["" if (one := read(result)) is None else _spread(one) for result in results]
            told.append(f"| {part} of {WHO[who]} | {' | '.join(cells)} |")
    return "\n".join(told)


def _seconds(value: float | None) -> str:
    return "" if value is None else number(value) if value >= 0.1 else f"{value:.3f}"


def _where(results: Sequence[Result]) -> str:
    told = ["## Distance to the limits", "", "| | " + " | ".join(_lines(one.rows) for one in results) + " |"]
    told.append(f"|---|{'---|' * len(results)}")
    for name in ("scan", "group_accounts", "group_invoices"):
        for other in ("hand_sql", "whole"):
            ratios = [result.ratio(other, name) for result in results]
            cells = ["" if one is None else f"{_spread(one)} ×" for one in ratios]
            told.append(f"| {NAMES[other]} over *{NAMES[name].removeprefix('limit: ')}* | {' | '.join(cells)} |")
    return "\n".join(told)


# Pictures -------------------------------------------------------------------------------------------------------


def _pictures(results: Sequence[Result]) -> dict[str, str]:
    found = {}
    for result in results:
        for name, figure, said in (("cpu", "cpu", "CPU time"), ("memory", "mib", "Largest process")):
            shown = [
                Bar(NAMES[job], ratio, job in OURS)
                for job in BESIDE
                if (ratio := result.ratio(job, "hand_sql", figure)) is not None
            ]
            title = f"{said} over the hand-written SQL’s, {_lines(result.rows)}"  # an apostrophe
            if shown:
                found[f"{name}-{result.rows}.svg"] = bars(title, shown)
    curves = {}
    for said, points in _curves(results).items():
        power = exponent(points)
        curves[said if power is None else f"{said}: lines^{power:.2f}"] = points
    found["size.svg"] = lines("CPU-seconds by size of the ledger", curves, unit="CPU-seconds")
    for place, goal in enumerate(GOALS):
        told = [(result, goal.read(result)) for result in results]
        shown = [Bar(_lines(one.rows), value, ours=True) for one, value in told if value is not None]
        if shown and place == _first_of(goal):
            found[f"goal-{place + 1}.svg"] = bars(goal.said.replace("`", ""), shown, goal=goal.limit, unit=goal.unit)
    return found


def _first_of(goal: Goal) -> int:
    """Goals that differ in their size alone share a picture."""
    return next(place for place, other in enumerate(GOALS) if other.said == goal.said)
