"""What the pages of signals show."""

from anahtar_web.signals.pages.lines import Line, Seven
from anahtar_web.signals.pages.listing import ListPage

__all__ = ["Line", "ListPage", "Seven"]
