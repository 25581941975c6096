"""Keeping a slice: one file, which several processes map into memory together."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from anahtar.analysis.result import Measure, Window
from anahtar.analysis.slicing import sealed
from anahtar.analysis.slicing.asked import SliceAsked
from anahtar.analysis.slicing.slice import SLICE, Slice
from anahtar.words import Refusal, say

FORMAT: Final = 1
"""Raised when a slice kept before can no longer be read as it is now, or would say something else."""


class UnableToLoadSlice(Refusal):
    """A file holds no slice, or not what was kept, or one of another version."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            say(
                "The figures kept in {file} cannot be read: the file is missing, damaged, or of another version. "
                "Have them computed again.",
                file=str(file),
            )
        )


def save(found: Slice, file: Path) -> None:
    """Keep a slice in a file, whole or not at all; one that is there is replaced. The folder must exist."""
    told = {
        "slice": FORMAT,
        "asked": found.asked.to_json(),
        "as_of": found.as_of.isoformat(),
        "currency": found.currency,
        "window": _days(found.window),
        "window_year_ago": _days(found.window_year_ago),
        "measure": found.measure,
        "directions": dict(found.directions),
    }
    sealed.write(found.table, told, file)


def load(file: Path, *, verify: bool = True) -> Slice:
    """Map a slice into memory.

    Parameters
    ----------
    file
        Where `save` kept it. Replaced or removed meanwhile, a slice that is loaded stays what it is.
    verify
        Reckon the digest of the file (it is read once, whole). A process that has done so for this file need not again.

    Raises
    ------
    UnableToLoadSlice
        The file is missing, damaged, or something else.
    """
    try:
        table, told = sealed.read(file, verify=verify)
        return _slice(table, told)
    except (sealed.BrokenSeal, LookupError, TypeError, ValueError) as error:
        raise UnableToLoadSlice(file) from error


def _slice(table: Any, told: Any) -> Slice:
    if told["slice"] != FORMAT or not table.schema.equals(SLICE):
        raise ValueError("another version")
    window = _window(told["window"])
    if window is None:
        raise ValueError("no window")
    return Slice(
        SliceAsked.from_json(told["asked"]),
        date.fromisoformat(told["as_of"]),
        told["currency"],
        window,
        _window(told["window_year_ago"]),
        Measure(told["measure"]),
        told["directions"],
        table,
    )


def _days(window: Window | None) -> list[str] | None:
    return None if window is None else [window.start.isoformat(), window.end.isoformat()]


def _window(days: list[str] | None) -> Window | None:
    return None if days is None else Window(*map(date.fromisoformat, days))
