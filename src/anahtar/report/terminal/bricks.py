"""Bars, courses and harmless text for a terminal of letters."""

from collections.abc import Sequence
from typing import Final
from unicodedata import category

from rich.console import Console
from rich.text import Text

_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_HEIGHTS: Final = "▁▂▃▄▅▆▇█"


def plain(text: str) -> str:
    """A name as letters only: an escape sequence in a customer's name must not move the cursor or turn the line."""
    return "".join(" " if character in "\n\t" else character for character in text if _is_harmless(character))


def _is_harmless(character: str) -> bool:
    return character in "\n\t" or category(character) not in {"Cc", "Cf", "Cs", "Co"}


def bar(fraction: float, width: int, *, ascii_only: bool = False) -> str:
    """A share as a bar of letters, to an eighth of one; `#` where the terminal knows no blocks."""
    filled = max(0.0, min(1.0, fraction)) * width
    if ascii_only:
        return ("#" * round(filled)).ljust(width)
    eighths = round(filled * 8)
    return (_EIGHTHS[8] * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")).ljust(width)


def band(fraction: float, low: float, high: float, width: int, *, ascii_only: bool = False) -> str:
    """A share against the band it should lie in: ───────━━━━●━━━────."""
    outside, inside, mark = "-=O" if ascii_only else "─━●"
    letters = [inside if low <= (i + 0.5) / width <= high else outside for i in range(width)]
    letters[min(width - 1, max(0, int(fraction * width)))] = mark
    return "".join(letters)


def course(amounts: Sequence[int], *, ascii_only: bool = False) -> str:
    """Months as a row of small columns; empty where the terminal knows no blocks: the numbers tell it too."""
    if ascii_only or not any(amount > 0 for amount in amounts):
        return ""
    highest = max(amounts)
    return "".join(_HEIGHTS[max(0, min(7, int(8 * amount / highest)))] if amount > 0 else " " for amount in amounts)


def heading(console: Console, title: str, note: str = "") -> None:
    """A chapter of the page."""
    console.print()
    console.print(Text(("-" if console.options.ascii_only else "─") * console.width, style="dim"))
    line = Text(title, style="bold")
    if note:
        line.append(f"  {note}", style="dim")
    console.print(line)
