"""Everything an engine is asked for of one ledger, laid out so that two engines can be held against each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from anahtar.analysis import Analysis, AnalysisOptions, Measure, UnableToAnalyze, analyze
from anahtar.analysis.changes import UnableToCompare, change_of_portfolio
from anahtar.analysis.losing.losses import LossOptions, losses
from anahtar.engine import HERE, start
from anahtar.facts.building import build_facts
from anahtar.ledger.manifest import Manifest
from anahtar.words import Refusal

Batches = Sequence[tuple[Path, Manifest]]
LEAST_FACTS = ("account_month", "account_day")


def answers(batches: Batches, options: AnalysisOptions, workspace: Path, where: str = HERE) -> Mapping[str, Any]:
    """Every fact of every month, the whole analysis, the losses and the change of the portfolio, by name."""
    workspace.mkdir()
    (workspace / "facts").mkdir()
    found: dict[str, Any] = {}
    try:
        analysis = analyze(batches, options, workspace=workspace, where=where)
    except UnableToAnalyze as refusal:
        return {"refused": str(refusal)}
    found["facts"] = facts(workspace / "facts")
    found["analysis"] = plain(analysis)
    found["losses"] = told_losses(batches, analysis, workspace, where)
    found["portfolio"] = portfolio(batches, analysis, workspace, where)
    return found


def facts(folder: Path) -> Mapping[str, Any]:
    """The rows of every file, whatever their order; a file's name holds all that went into it."""
    return {
        f"{path.parent.name}/{path.name}": sorted(
            (tuple(row.items()) for row in pq.read_table(path).to_pylist()), key=repr
        )
        for path in folder.rglob("*.parquet")
    }


def told_losses(batches: Batches, analysis: Analysis, workspace: Path, where: str) -> Any:
    try:
        found = losses(batches, analysis, LossOptions(), workspace=workspace, where=where)
    except Refusal as refusal:
        return str(refusal)
    return {name: plain(getattr(found, name)) for name in (f.name for f in fields(found)) if name not in LEFT_OUT}


LEFT_OUT = ("analysis", "criterion")
"""What is in the answers anyway, and what is no value."""


def portfolio(batches: Batches, analysis: Analysis, workspace: Path, where: str) -> Any:
    folders = [folder for folder, _ in batches]
    with start([*folders, workspace], spill=workspace / "spill", where=where, threads=1) as engine:
        known = build_facts(folders, workspace / "facts", as_of=analysis.as_of, engine=engine)
        try:
            return [plain(change_of_portfolio(known, window=analysis.window, measure=measure)) for measure in Measure]
        except UnableToCompare as refusal:
            return str(refusal)


def plain(value: Any) -> Any:
    """Whatever it is, as lists and dictionaries of plain values."""
    if isinstance(value, pa.Table):
        return value.to_pylist()
    if isinstance(value, np.ndarray):
        return value.tolist()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value) if field.name != "batches"}
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(one) for one in value]
    return value


def differences(one: Any, other: Any, where: str = "") -> Iterator[str]:
    """Every value in which two answers differ, to the last digit, and where it stands."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in sorted(one.keys() | other.keys(), key=str):
            yield from differences(one.get(name, "(missing)"), other.get(name, "(missing)"), f"{where}.{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for at, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from differences(left, right, f"{where}[{at}]")
    elif type(one) is not type(other) or one != other:
        yield f"{where}: {one!r} here, {other!r} there"
