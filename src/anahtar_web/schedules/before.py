"""What apps above have done before a scheduled analysis: it waits for them, and is made once they are through."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeAlias

Hold: TypeAlias = Callable[[datetime], bool]
"""`hold(due_at)`: begins what is to be done before the analysis due then, once; whether the analysis has to wait."""

_HOLDING: Final[list[Hold]] = []


def register(hold: Hold) -> None:
    """Have a function asked before each scheduled analysis, in every round until it no longer holds it."""
    if hold not in _HOLDING:
        _HOLDING.append(hold)


def holds(due_at: datetime) -> bool:
    """Whether something is to be done before the analysis that is due; all of it is begun."""
    answers = [hold(due_at) for hold in _HOLDING]
    return any(answers)
