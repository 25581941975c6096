"""What a reader's child answers, asked once in a run of the tests and found again by whoever asks the very same.

Starting a child costs more than what it reads in these tests, and most begin with the same file. Where the bytes of the
files, what they are called, the decisions and the limits are as before, the answer and the batch it left are those of
before; the first to ask has them from the program's own child. A refusal is asked for each time.

A test of the child itself must not ask for this: those stand in `tests/anahtar/ledger`.
"""

import hashlib
import pickle
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from anahtar.ledger.files import child
from anahtar.ledger.options import ReadOptions
from tests.shared import alone

BATCH = "batch"


@contextmanager
def once(shared: Path) -> Iterator[None]:
    """While the block runs no child is asked twice; `shared` is a folder that all processes of a run see."""
    shared.mkdir(exist_ok=True)
    with (
        patch.object(child, "read", partial(_read, shared, child.read)),
        patch.object(child, "peek", partial(_peek, shared, child.peek)),
    ):
        yield


def _read(
    shared: Path, ask: Callable[..., Any], paths: Sequence[Path], options: ReadOptions, staging: Path, **more: Any
) -> Any:
    def reading(on_progress: Any) -> Any:
        return ask(paths, options, staging, **{**more, "on_progress": on_progress})

    return _heard(_place(shared, BATCH, paths, options, more), reading, more.get("on_progress"), staging)


def _peek(shared: Path, ask: Callable[..., Any], paths: Sequence[Path], options: ReadOptions, **more: Any) -> Any:
    def looking(on_progress: Any) -> Any:
        return ask(paths, options, **{**more, "on_progress": on_progress})

    return _heard(_place(shared, "look", paths, options, more), looking, more.get("on_progress"), None)


def _place(shared: Path, kind: str, paths: Sequence[Path], options: ReadOptions, more: dict[str, Any]) -> Path:
    rates = Path(options.rates).read_bytes() if options.rates else b""
    told = {name: value for name, value in more.items() if name != "on_progress"}
    asked = [kind.encode(), repr(options).encode(), repr(sorted(told.items())).encode(), rates]
    asked += [part for path in paths for part in (path.suffix.encode(), path.read_bytes())]
    return shared / hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in asked)).hexdigest()[:24]


def _heard(place: Path, ask: Callable[[Any], Any], on_progress: Any, staging: Path | None) -> Any:
    """Ask, or say again what was said and put the batch where it belongs."""
    place.mkdir(exist_ok=True)
    with alone(place / "lock"):
        if not (place / "answer").exists():
            return _asked(place, ask, on_progress, staging)
    answer, said = pickle.loads((place / "answer").read_bytes())
    for words in said if on_progress is not None else ():
        on_progress(*words)
    if staging is not None:
        shutil.copytree(place / BATCH, staging, dirs_exist_ok=True)
    return answer


def _asked(place: Path, ask: Callable[[Any], Any], on_progress: Any, staging: Path | None) -> Any:
    said: list[tuple[str, int, int]] = []

    def note(*words: Any) -> None:
        said.append(words)
        if on_progress is not None:
            on_progress(*words)

    answer = ask(note)
    if staging is not None:
        shutil.copytree(staging, place / BATCH)
    (place / "answer").write_bytes(pickle.dumps((answer, said)))
    return answer
