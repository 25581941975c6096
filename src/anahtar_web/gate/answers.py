"""What parts of one page ask for one after another is asked of the database once: nothing changes while it is read."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar

V = TypeVar("V")

_ANSWERS: Final[ContextVar[dict[Hashable, Any] | None]] = ContextVar("answers of a page that is read", default=None)


@contextmanager
def answers_kept() -> Iterator[None]:
    """Keep answers while the block runs; it must not write, or its own answers grow stale."""
    before = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(before)


def asked_once(*question: Hashable, ask: Callable[[], V]) -> V:
    """Give the answer that was given before on this page, or ask; where no page is read, ask.

    Parameters
    ----------
    question
        All that the answer depends on beside the database; its first part names what is asked.
    """
    kept = _ANSWERS.get()
    if kept is None:
        return ask()
    if question not in kept:
        kept[question] = ask()
    found: V = kept[question]
    return found
