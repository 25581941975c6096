"""What the product says, laid out as the oracle says it."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from math import isclose
from pathlib import Path
from typing import Any

import pyarrow as pa

from anahtar.analysis import Analysis, AnalysisOptions, analyze
from tests.anahtar.oracle.by_hand import Row
from tests.anahtar.oracle.ledger import Line, write
from tests.anahtar.oracle.oracle import Answer

VERDICTS = ("key", "types", "candidate_for")
"""Columns with rules and tests of their own; account_id means nothing outside its run."""


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for one example: hypothesis runs many in one test, and in one tmp_path they would meet."""
    with tempfile.TemporaryDirectory(prefix="anahtar-oracle-") as name:
        yield Path(name)


def analysed(lines: Sequence[Line], options: AnalysisOptions) -> Analysis:
    with folder() as path:
        (path / "work").mkdir()
        return analyze(write(lines, path), options, workspace=path / "work")


def told(analysis: Analysis) -> Mapping[str, Any]:
    """Everything the oracle has an opinion of, by name."""
    codes = dict(zip(*(analysis.standings[name].to_pylist() for name in ("account_id", "code")), strict=True))
    groups = analysis.group_concentration
    return {
        "as_of": analysis.as_of,
        "window": analysis.window,
        "measure": analysis.measure.value,
        "rows": [without(row, "account_id", *VERDICTS) for row in analysis.standings.to_pylist()],
        "concentration": asdict(analysis.concentration),
        "group_concentration": None if groups is None else asdict(groups),
        "abc": {name: asdict(total) for name, total in analysis.abc.items()},
        "xyz": dict(analysis.xyz),
        "silence": dict(analysis.silence),
        "cells": {cell.name: without(vars_of(cell), "name", "strategy") for cell in analysis.cells},
        "moves": [asdict(move) for move in analysis.migration],
        "months": coded(analysis.months, codes, ("month", "code")),
        "directions": coded(analysis.directions, codes, ("code", "direction")),
        "ledger": without(
            asdict(analysis.ledger), "unassigned_rows", "unassigned_amount", "duplicate_rows", "currency"
        ),
    }


def expected(answer: Answer) -> Mapping[str, Any]:
    return vars(answer)


def vars_of(value: Any) -> Row:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def without(row: Mapping[str, Any], *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def coded(table: pa.Table, codes: Mapping[int, str], order: Sequence[str]) -> list[Row]:
    rows = [{"code": codes[row.pop("account_id")], **row} for row in table.to_pylist()]
    return sorted(rows, key=lambda row: tuple(row[name] for name in order))


def differences(found: Any, right: Any, where: str = "") -> Iterator[str]:
    """Every value in which the two differ, and where it stands."""
    if isinstance(found, Mapping) and isinstance(right, Mapping):
        for name in sorted(found.keys() | right.keys(), key=str):
            yield from differences(found.get(name, "(missing)"), right.get(name, "(missing)"), f"{where}.{name}")
    elif isinstance(found, list) and isinstance(right, list) and len(found) == len(right):
        for at, (one, other) in enumerate(zip(found, right, strict=True)):
            yield from differences(one, other, f"{where}[{code_of(one, at)}]")
    elif not same(found, right):
        yield f"{where}: {found!r}, but the oracle says {right!r}"


def code_of(value: Any, at: int) -> object:
    return value["code"] if isinstance(value, Mapping) and "code" in value else at


def same(found: Any, right: Any) -> bool:
    if isinstance(found, float) and isinstance(right, float):
        return isclose(found, right, rel_tol=1e-9, abs_tol=1e-9)
    return type(found) is type(right) and bool(found == right)


def story(lines: Sequence[Line], options: AnalysisOptions) -> str:
    """The ledger of a failed example, to be read."""
    rows = [" ".join(str(value) for value in vars(line).values()) for line in lines]
    return "\n".join([repr(options), *rows])
