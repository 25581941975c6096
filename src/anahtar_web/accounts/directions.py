"""Which directions of business there are, as the app above that knows the ledger tells them; none until it does."""

from collections.abc import Callable, Iterable
from typing import Final

from anahtar_web.ui.text import sort_key

_TELLING: Final[list[Callable[[], Iterable[str]]]] = []


def use(telling: Callable[[], Iterable[str]]) -> None:
    """Let an app above tell; called by its `ready()`."""
    _TELLING[:] = [telling]


def directions() -> list[str]:
    """Give the directions of the company by name, each once, in the order of the alphabet."""
    return sorted({name for name in _TELLING[0]() if name} if _TELLING else (), key=sort_key)
