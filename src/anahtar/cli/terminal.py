"""The machine a command runs on, seen once and handed down: its clock, its screen, its reader's language."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from anahtar.words import Message, Words


@dataclass(frozen=True, slots=True)
class Terminal:
    """What commands may know of the machine.

    Parameters
    ----------
    words
        The reader's language.
    screen, errors
        Standard output and standard error; neither interprets markup in user texts.
    now
        The moment the command began.
    """

    words: Words
    screen: Console
    errors: Console
    now: datetime

    @classmethod
    def of_this_machine(cls, words: Words) -> "Terminal":
        """Look at clock and terminal."""
        return cls(
            words=words,
            screen=Console(markup=False, highlight=False, emoji=False),
            errors=Console(stderr=True, markup=False, highlight=False, emoji=False),
            now=datetime.now(UTC),
        )

    @property
    def today(self) -> date:
        """The calendar day where the machine stands."""
        return self.now.astimezone().date()

    @property
    def made_at(self) -> str:
        """The moment as manifests keep it: ISO, UTC, to the second."""
        return self.now.isoformat(timespec="seconds")

    def tell(self, message: Message, style: str = "") -> None:
        """Print one sentence."""
        self.screen.print(Text(self.words(message), style=style), soft_wrap=True)

    def refuse(self, message: Message) -> None:
        """Print why not, where errors go."""
        self.errors.print(Text(self.words(message), style="bold red"), soft_wrap=True)

    def wrote(self, path: Path) -> None:
        """Name a file that was written."""
        self.screen.print(Text(f"  {path}", style="dim"), soft_wrap=True)
