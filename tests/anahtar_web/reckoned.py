"""What an analysis reckons, reckoned once in a run of the tests and found again by whoever asks the very same.

`analyse` reckons for seconds, and writes rows for a moment. What it reckons depends on nothing but the ledger's
imports, each of which is named by the digest of its content, and on what company and people have said. Where all of
that is as it was before, the figures and the files are those of before; the first to ask has them reckoned by the
program itself. Everything else of the analysis is done each time: checking the ledger, accounts, rows, taking over.

A test that changes how something is reckoned must not ask for this.
"""

import hashlib
import pickle
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from anahtar_web.accounts.queries import merged_codes, said_groups
from anahtar_web.company.queries import company
from anahtar_web.insight import publishing
from anahtar_web.insight.actions import analysing
from anahtar_web.insight.models import Run
from anahtar_web.losses import publishing as losses_publishing
from anahtar_web.losses import reckoning
from tests.shared import alone


@dataclass(frozen=True, slots=True)
class Kept:
    """What was reckoned once: its value, what was said meanwhile, and the files it left by name."""

    value: Any
    said: list[tuple[Any, ...]]
    folders: Mapping[str, Path]


@contextmanager
def once(shared: Path) -> Iterator[None]:
    """While the block runs nothing is reckoned twice; `shared` is a folder that all processes of a run see."""
    shared.mkdir(exist_ok=True)
    with ExitStack() as patches:
        patches.enter_context(patch.object(analysing, "_analysis", _analysis(shared, analysing._analysis)))
        patches.enter_context(patch.object(losses_publishing, "reckon", _losses(shared, reckoning.reckon)))
        yield


def _analysis(shared: Path, reckon: Callable[..., Any]) -> Callable[..., Any]:
    def found(batches: Any, run: Run, progress: Callable[..., None]) -> Any:
        folders = {"run": publishing.folder_of(run), "facts": publishing.runs_folder().parent / "facts"}
        asked = (_told(batches), _values(company()), merged_codes(), said_groups())

        def reckoned(say: Callable[..., None]) -> Any:
            return reckon(batches, run, say), run.first_date, run.as_of

        value, run.first_date, run.as_of = _kept(shared, asked, reckoned, folders, progress).value
        return replace(value, batches=batches, workspace=folders["facts"])

    return found


def _losses(shared: Path, reckon: Callable[..., Any]) -> Callable[..., Any]:
    def found(analysed: Any) -> Any:
        asked = (
            _told(analysed.batches),
            analysed.analysis.options,
            analysed.analysis.as_of,
            analysed.analysis.base,
            analysed.foreseen.criterion,
            reckoning.options_of(analysed.analysis, analysed.foreseen),
        )

        def reckoned(say: Callable[..., None]) -> Any:
            return reckon(replace(analysed, on_progress=say))

        return _kept(shared, asked, reckoned, {}, analysed.on_progress).value

    return found


def _told(batches: Any) -> list[Any]:
    return [manifest for _folder, manifest in batches]


def _values(row: Any) -> dict[str, Any]:
    return {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}


def _kept(
    shared: Path,
    asked: Any,
    reckon: Callable[[Callable[..., None]], Any],
    folders: Mapping[str, Path],
    progress: Callable[..., None],
) -> Kept:
    """Reckon, or put the files where they belong and say again what was said."""
    place = shared / hashlib.sha256(repr(asked).encode()).hexdigest()[:24]
    place.mkdir(exist_ok=True)
    with alone(place / "lock"):
        if not (place / "kept").exists():
            return _made(place, reckon, folders, progress)
    kept: Kept = pickle.loads((place / "kept").read_bytes())
    for name, folder in folders.items():
        shutil.copytree(place / name, folder, dirs_exist_ok=True)
    for words in kept.said:
        progress(*words)
    return kept


def _made(place: Path, reckon: Any, folders: Mapping[str, Path], progress: Callable[..., None]) -> Kept:
    said: list[tuple[Any, ...]] = []

    def say(*words: Any) -> None:
        said.append(words)
        progress(*words)

    kept = Kept(reckon(say), said, folders)
    for name, folder in folders.items():
        shutil.copytree(folder, place / name)
    (place / "kept").write_bytes(pickle.dumps(kept))
    return kept
