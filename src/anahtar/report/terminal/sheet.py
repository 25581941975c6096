"""What every part of the terminal page is printed from."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rich.console import Console

from anahtar.analysis import Analysis
from anahtar.report.labels import MEASURES
from anahtar.words import Message, Words

_ROOMY: Final = 110


@dataclass(frozen=True)
class Sheet:
    """One analysis, one console, one language."""

    analysis: Analysis
    console: Console
    words: Words

    def say(self, message: Message) -> str:
        """Say a sentence in the reader's language."""
        return self.words(message)

    @cached_property
    def currency(self) -> str:
        """The code of the ledger's currency, empty where it names none."""
        return self.analysis.ledger.currency

    @cached_property
    def measure(self) -> str:
        """The word for what accounts are ranked by."""
        return self.words(MEASURES[self.analysis.measure])

    @cached_property
    def ascii_only(self) -> bool:
        """Whether the console's encoding knows no blocks and lines."""
        return self.console.options.ascii_only

    @cached_property
    def roomy(self) -> bool:
        """Whether there is room for a second column, the months and the strategies."""
        return self.console.width >= _ROOMY
