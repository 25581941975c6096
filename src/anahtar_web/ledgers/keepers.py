"""Files that are no sales: the app above that keeps their rows says how, and the wizard of imports does the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from anahtar.ledger.roles import FileKind

if TYPE_CHECKING:
    from anahtar.ledger.manifest import Draft
    from anahtar_web.ledgers.models import Import


@dataclass(frozen=True, slots=True)
class Keeper:
    """What an app does with one kind of file.

    Parameters
    ----------
    bring_in
        Keeps what was read of an import; called with the import, the folder of what was read, and `by`, in one
        transaction with the import's own change of state.
    take_out
        Undoes it, all of it; called in the same way.
    hindrance
        Why it would not be kept, in words; empty where it would.
    notes
        What a person should know of what would be, or was, kept: rows that found no account, for one.
    """

    bring_in: "Callable[[Import, Path, Any], None]"
    take_out: "Callable[[Import, Any], None]"
    hindrance: "Callable[[Draft], str]"
    notes: "Callable[[Import], list[str]]"


_KEEPERS: Final[dict[str, Keeper]] = {}


def use(kind: FileKind, keeper: Keeper) -> None:
    """Let an app above keep a kind of file; called by its `ready()`."""
    _KEEPERS[kind.value] = keeper


def keeper_of(kind: str) -> Keeper | None:
    """Give who keeps a kind of file; None for sales, which the ledger itself keeps."""
    return _KEEPERS.get(kind)


def offered() -> list[str]:
    """Name the kinds of files that can be brought in, sales first."""
    return [FileKind.SALES.value, *_KEEPERS]
