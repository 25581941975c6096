"""Progress while a command works: the stages that readers and analyses report, in words."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from anahtar.cli.terminal import Terminal
from anahtar.words import Message, say

if TYPE_CHECKING:
    from anahtar.report.terminal import Progress

Step: TypeAlias = Callable[[str, int, int], None]
"""Called with a stage, what is done of it and its total (0: unknown)."""

STAGES: Final[dict[str, Message]] = {
    "comparing": say("Comparing the totals"),
    "reading": say("Reading"),
    "pulling": say("Asking the database"),
    "checking": say("Checking"),
    "facts": say("Building monthly facts"),
    "analysing": say("Analysing"),
    "backtest": say("Looking ahead from days past"),
    "foresight": say("Foreseeing each account"),
    "losses": say("Looking for losses"),
}


def progress(terminal: Terminal) -> "Progress":
    """Bars on standard error that vanish when done, so a piped page holds nothing but the page."""
    from anahtar.report.terminal import Progress

    return Progress(terminal.errors, terminal.words, STAGES)
