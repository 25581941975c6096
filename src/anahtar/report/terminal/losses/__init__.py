"""The terminal page of losses: what was lost, when, where, what else could be, and whom to win back first."""

from rich.console import Console
from rich.text import Text

from anahtar.analysis.losing.losses import Losses
from anahtar.report.terminal.bricks import plain
from anahtar.report.terminal.losses.ahead import stress, way_back
from anahtar.report.terminal.losses.frame import Frame
from anahtar.report.terminal.losses.past import bridge, months
from anahtar.report.terminal.losses.where import continued, partial, places
from anahtar.report.terminal.page import narrowed
from anahtar.report.terminal.sheet import Sheet
from anahtar.words import Words, say


def print_losses(losses: Losses, console: Console, words: Words, *, company: str | None = None) -> None:
    """Print the losses of a run as a page of at most 120 columns.

    Parameters
    ----------
    losses
        One run, whole.
    console
        Where it goes. Without a terminal no colour is written.
    words
        The language of the page, its numbers and its dates.
    company
        Whose ledger it is, for the title.
    """
    with narrowed(console):
        frame = Frame(losses, Sheet(losses.analysis, console, words))
        _title(frame, company)
        for part in (bridge, months, places, partial, stress, way_back, continued):
            part(frame)
        console.print()


def _title(frame: Frame, company: str | None) -> None:
    """Whose losses, as of when, by which criterion."""
    sheet = frame.sheet
    settings = say(
        "{customers} customers · as of {as_of} · lost is {criterion}",
        customers=frame.losses.analysis.ledger.customers,
        as_of=frame.losses.analysis.as_of,
        criterion=frame.losses.criterion_words,
    )
    sheet.console.print()
    sheet.console.print(Text(plain(company or sheet.say(say("Losses"))), style="bold cyan"))
    sheet.console.print(Text(sheet.say(settings), style="dim"))
