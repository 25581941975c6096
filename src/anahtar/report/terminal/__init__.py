"""What the terminal shows: the page of an analysis, and how far a run has come."""

from anahtar.report.terminal.page import print_page
from anahtar.report.terminal.progress import Progress

__all__ = ["Progress", "print_page"]
