"""How the trail writes what the schedule holds."""

from typing import Any

from anahtar_web.audit.shown import WRITERS


def clock(hour: int) -> str:
    """Write an hour as a clock shows it."""
    return f"{hour:02}:00"


def _clock(stored: Any) -> str:
    return clock(int(stored))


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    WRITERS["schedule"] = {"hour": _clock}
