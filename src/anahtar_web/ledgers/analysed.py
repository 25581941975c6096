"""Whether the figures count an import, as the app above that analyses tells it; unknown until it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Counted:
    """What analyses made of one batch.

    Parameters
    ----------
    since
        When an analysis counted it for the first time; None: none ever did.
    shown_at
        When the figures were made that the pages show; None: there are none.
    now
        Whether these figures count it.
    """

    since: datetime | None = None
    shown_at: datetime | None = None
    now: bool = False


Answer: TypeAlias = Callable[[str, datetime | None], Counted]
"""`answer(batch, imported_at)`; two queries, however many analyses there were."""

_ANSWERING: Final[list[Answer]] = []


def use(answer: Answer) -> None:
    """Let an app above answer; called by its `ready()`."""
    _ANSWERING[:] = [answer]


def counted(batch: str, imported_at: datetime | None) -> Counted:
    """Tell what analyses made of a batch."""
    return _ANSWERING[0](batch, imported_at) if _ANSWERING else Counted()
