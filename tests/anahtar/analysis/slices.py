"""Slices of small ledgers, computed as the product does: ground first, then the filter."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from anahtar.analysis import Analysis, AnalysisOptions, Measure, Window, analyze
from anahtar.analysis.slicing import Ground, Slice, SliceAsked, make_ground, slice_of
from anahtar.ledger.manifest import Manifest
from tests.anahtar.ledgers import manifest_of, rows_of, write_batch
from tests.anahtar.oracle.by_hand import month
from tests.anahtar.oracle.ledger import Line, write
from tests.anahtar.oracle.ledgers import case
from tests.anahtar.oracle.oracle import first_of, last_of

SEEDS = (1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 12)))
"""Random ledgers: each is analysed several times over, so most of them belong to the slow run."""


@dataclass(frozen=True)
class House:
    """A ledger on disk, and the ground of its slices."""

    batches: list[tuple[Path, Manifest]]
    workspace: Path
    ground: Ground

    def analysed(self, options: AnalysisOptions) -> Analysis:
        """An analysis over the facts that the ground was made of."""
        return analyze(self.batches, options, workspace=self.workspace)


@contextmanager
def house(lines: Sequence[Line], options: AnalysisOptions) -> Iterator[House]:
    """One ledger for several slices and analyses."""
    with tempfile.TemporaryDirectory(prefix="anahtar-slice-") as name:
        folder = Path(name)
        (folder / "work").mkdir()
        batches = write(lines, folder)
        ground = make_ground(batches, options, workspace=folder / "work", folder=folder / "ground")
        yield House(batches, folder / "work", ground)


def sliced(lines: Sequence[Line], options: AnalysisOptions, *asked: SliceAsked) -> list[Slice]:
    """One ground, and a slice of it for every filter."""
    with house(lines, options) as one:
        return [slice_of(one.ground, filter_) for filter_ in asked]


def of_docstring(text: str, asked: SliceAsked | None = None, **options: Any) -> Slice:
    """The slice of a ledger written as a table."""
    with tempfile.TemporaryDirectory(prefix="anahtar-slice-") as name:
        folder = Path(name)
        (folder / "work").mkdir()
        batch = write_batch(folder / "batch", rows_of(text))
        told = AnalysisOptions(**options)
        ground = make_ground([(batch, manifest_of(batch))], told, workspace=folder / "work", folder=folder / "ground")
        return slice_of(ground, asked or SliceAsked())


def settings(seed: int) -> tuple[list[Line], AnalysisOptions, list[AnalysisOptions]]:
    """A random ledger, how it was analysed, and other windows and measures somebody may ask for."""
    lines, options = case(seed)
    random = Random(seed)
    days = sorted(line.sold_on for line in lines)
    options = replace(options, as_of=max(options.as_of or days[-1], days[0]))
    other = replace(options, window=within(random, days, options.as_of), measure=random.choice(list(Measure)))
    return lines, options, [options, other]


def within(random: Random, days: Sequence[date], as_of: date | None) -> Window:
    """Some whole months of the ledger."""
    last = month(min(days[-1], as_of or days[-1]))
    start = random.randint(month(days[0]), last)
    return Window(first_of(start), last_of(min(start + random.choice([0, 2, 5, 11, 17]), last)))


def column(found: Slice, name: str) -> dict[str, object]:
    return dict(zip(found.table["code"].to_pylist(), found.table[name].to_pylist(), strict=True))
