"""What an analysis says beside its tables, as JSON and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import cached_property
from typing import Any, overload

from anahtar.analysis.result import (
    Analysis,
    AnalysisOptions,
    Asked,
    Base,
    Cell,
    Choice,
    ClassTotal,
    Concentration,
    LedgerTotals,
    Measure,
    Move,
    Span,
    Window,
)
from anahtar.ledger.files.wire import Json, message_from_json, message_to_json
from anahtar.ledger.manifest import Manifest
from anahtar.ledger.store import manifest_file
from anahtar.rules.lapse_criterion import Criterion, LapseCriterion


def to_json(analysis: Analysis) -> Json:
    """Write everything but the tables and the accounts."""
    groups = analysis.group_concentration
    return {
        "options": _options_to_json(analysis.options),
        "as_of": analysis.as_of.isoformat(),
        "window": _window_to_json(analysis.window),
        "measure": analysis.measure.value,
        "measure_reason": message_to_json(analysis.measure_reason),
        "ledger": _days_to_json(asdict(analysis.ledger)),
        "batches": [manifest_file.to_json(manifest).decode() for manifest in analysis.batches],
        "base": asdict(analysis.base),
        "abc": {name: asdict(total) for name, total in analysis.abc.items()},
        "xyz": dict(analysis.xyz),
        "cells": [_cell_to_json(cell) for cell in analysis.cells],
        "migration": [_days_to_json(asdict(move)) for move in analysis.migration],
        "concentration": asdict(analysis.concentration),
        "group_concentration": None if groups is None else asdict(groups),
        "key_share": analysis.key_share,
        "key_band": list(analysis.key_band),
        "silence": dict(analysis.silence),
        "notes": [message_to_json(note) for note in analysis.notes],
        "lapse": None if analysis.lapse is None else asdict(analysis.lapse),
        "method": [[message_to_json(one.topic), message_to_json(one.setting)] for one in analysis.method],
    }


def from_json(told: Mapping[str, Json], *, criteria: str | None) -> Mapping[str, Any]:
    """The fields of an `Analysis` that are no tables and no accounts.

    Parameters
    ----------
    told
        What `to_json` wrote.
    criteria
        Where the criteria of the run are kept now.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError, MalformedWire
        It was written by another version, or by nobody.
    """
    groups, (low, high) = told["group_concentration"], told["key_band"]
    return {
        "options": _options_from_json(told["options"], criteria),
        "as_of": date.fromisoformat(told["as_of"]),
        "window": _window_from_json(told["window"]),
        "measure": Measure(told["measure"]),
        "measure_reason": message_from_json(told["measure_reason"]),
        "ledger": LedgerTotals(**_with_days(told["ledger"], "first_date", "last_date")),
        "batches": _Manifests(told["batches"]),
        "base": Base(**told["base"]),
        "abc": {name: ClassTotal(**total) for name, total in told["abc"].items()},
        "xyz": told["xyz"],
        "cells": [Cell(**{**cell, "strategy": message_from_json(cell["strategy"])}) for cell in told["cells"]],
        "migration": [Move(**_with_days(move, "month_end")) for move in told["migration"]],
        "concentration": _concentration(told["concentration"]),
        "group_concentration": None if groups is None else _concentration(groups),
        "key_share": told["key_share"],
        "key_band": (low, high),
        "silence": told["silence"],
        "notes": [message_from_json(note) for note in told["notes"]],
        # Of an analysis kept by a version that knew no criterion there is none.
        "lapse": _lapse(told.get("lapse")),
        "method": [Choice(message_from_json(topic), message_from_json(setting)) for topic, setting in told["method"]],
    }


class _Manifests(Sequence[Manifest]):
    """Manifests read when somebody asks: those of a hundred imports take as long as the rest of an account's page."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = [*texts]

    @cached_property
    def _read(self) -> Sequence[Manifest]:
        return [manifest_file.from_json(text.encode()) for text in self._texts]

    @overload
    def __getitem__(self, at: int) -> Manifest: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Manifest]: ...
    def __getitem__(self, at: int | slice) -> Manifest | Sequence[Manifest]:
        return self._read[at]

    def __len__(self) -> int:
        return len(self._texts)


def _days_to_json(values: Mapping[str, Any]) -> Json:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _with_days(told: Mapping[str, Json], *days: str) -> Mapping[str, Any]:
    return {**told, **{name: date.fromisoformat(told[name]) for name in days}}


def _window_to_json(window: Asked) -> Json:
    return window if isinstance(window, str) else [window.start.isoformat(), window.end.isoformat()]


def _window_from_json(told: Json) -> Any:
    return told if isinstance(told, str) else Window(*map(date.fromisoformat, told))


def _options_to_json(options: AnalysisOptions) -> Json:
    return {
        "as_of": options.as_of and options.as_of.isoformat(),
        "window": _window_to_json(options.window),
        "measure": options.measure,
        "abc_cuts": list(options.abc_cuts),
        "xyz_cuts": list(options.xyz_cuts),
        "period": options.period.value,
        "by_group": options.by_group,
        "merged": dict(options.merged),
        "groups": dict(options.groups),
    }


def _options_from_json(told: Mapping[str, Json], criteria: str | None) -> AnalysisOptions:
    decided = {
        "as_of": date.fromisoformat(told["as_of"]) if told["as_of"] else None,
        "window": _window_from_json(told["window"]),
        "measure": Measure(told["measure"]) if told["measure"] else None,
        "abc_cuts": tuple(told["abc_cuts"]),
        "xyz_cuts": tuple(told["xyz_cuts"]),
        "period": Span(told["period"]),
        "criteria": criteria,
    }
    return AnalysisOptions(**{**told, **decided})


def _lapse(told: Json) -> LapseCriterion | None:
    return None if told is None else LapseCriterion(**{**told, "kind": Criterion(told["kind"])})


def _cell_to_json(cell: Cell) -> Json:
    return {**{name: getattr(cell, name) for name in Cell.__slots__}, "strategy": message_to_json(cell.strategy)}


def _concentration(told: Mapping[str, Json]) -> Concentration:
    """JSON has no numbers as names."""
    numbered = {name: {int(k): value for k, value in told[name].items()} for name in ("top", "top_percent", "without")}
    return Concentration(**{**told, **numbered})
