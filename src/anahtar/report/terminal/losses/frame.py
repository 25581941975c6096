"""What every part of the page of losses is printed with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from rich.table import Table
from rich.text import Text

from anahtar.analysis.losing.losses import Losses
from anahtar.metrics.loss.retention import Rate
from anahtar.report.amounts import rounded, share
from anahtar.report.terminal.bricks import heading, plain
from anahtar.report.terminal.sheet import Sheet
from anahtar.words import Message, Share, say

_Cell = TypeVar("_Cell")


@dataclass(frozen=True)
class Frame:
    """One run, one console, one language."""

    losses: Losses
    sheet: Sheet

    @cached_property
    def names(self) -> dict[str, str]:
        """Code -> name of every account."""
        table = self.losses.analysis.standings
        return dict(zip(table["code"].to_pylist(), table["name"].to_pylist(), strict=True))

    def table(self, *titles: Message | str) -> Table:
        """The first column a number, the second a name that takes what is left."""
        drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", expand=True)
        for at, title in enumerate(titles):
            written = title if isinstance(title, str) else self.sheet.say(title)
            if at == 1:
                drawn.add_column(written, ratio=1, no_wrap=True, overflow="ellipsis")
            else:
                drawn.add_column(written, justify="right" if at == 0 else "left", no_wrap=at == 0)
        return drawn

    def fitting(self, cells: Sequence[_Cell], *without: int) -> list[_Cell]:
        """The cells of a row; on a narrow terminal without those at some places."""
        return [cell for at, cell in enumerate(cells) if self.sheet.roomy or at not in without]

    def money(self, units: int | None, style: str = "") -> Text:
        """An amount for the eye."""
        return Text(rounded(self.sheet.words, units), style=style)

    def name(self, code: str) -> Text:
        """An account's name, harmless."""
        return Text(plain(self.names.get(code, code)))

    def rate(self, rate: Rate) -> str:
        """A share with its bounds."""
        return self.bounds(rate.value, rate.low, rate.high)

    def bounds(self, value: float | None, low: float | None, high: float | None) -> str:
        """The same of three plain values; without bounds where there are none."""
        if value is None or low is None or high is None:
            return share(self.sheet.words, value)
        between = say("{share} ({low} to {high})", share=Share(value), low=Share(low, 0), high=Share(high, 0))
        return self.sheet.say(between)

    def heading(self, title: Message, note: Message | None = None) -> None:
        """A chapter of the page."""
        heading(self.sheet.console, self.sheet.say(title), "" if note is None else self.sheet.say(note))

    def line(self, message: Message) -> None:
        """One sentence."""
        self.sheet.console.print(Text(f"  {self.sheet.say(message)}"))

    def note(self, message: Message) -> None:
        """One sentence beside the figures."""
        self.sheet.console.print(Text(self.sheet.say(message), style="dim"))

    def more(self, count: int) -> None:
        """Say how many are left out, where any are."""
        if count > 0:
            self.note(say("and {n} more in the file (--json)", "and {n} more in the file (--json)", n=count))
