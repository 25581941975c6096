"""The terminal page: who, how much, what to look at first, and how far to trust it, in 80 columns or 120.

Colour repeats what words and signs say already, so the page reads the same in a file or a pipe.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console

from anahtar.analysis import Analysis
from anahtar.report.terminal.accounts import key_accounts, silence
from anahtar.report.terminal.opening import attention, figures, title, trust
from anahtar.report.terminal.sheet import Sheet
from anahtar.report.terminal.structure import concentration, matrix
from anahtar.words import Words

WIDEST: Final = 120


def print_page(analysis: Analysis, console: Console, words: Words, *, company: str | None = None) -> None:
    """Print the analysis as a page.

    Parameters
    ----------
    analysis
        One run, whole.
    console
        Where it goes; at most 120 columns of it are used. Without a terminal no colour is written.
    words
        The language of the page, its numbers and its dates.
    company
        Whose report it is, for the title.
    """
    with narrowed(console):
        sheet = Sheet(analysis, console, words)
        title(sheet, company)
        for part in (figures, attention, concentration, matrix, key_accounts, silence, trust):
            part(sheet)


@contextmanager
def narrowed(console: Console) -> Iterator[None]:
    """Hold the console to a line the eye can follow, and give it its width back."""
    width = console.width
    console.width = min(width, WIDEST)
    try:
        yield
    finally:
        console.width = width
