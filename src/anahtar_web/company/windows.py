"""The months to judge by: as they are kept (`last12`, `all`, `2024-01..2024-12`) and as people read them."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from anahtar_web.ui.templatetags.shown import month

if TYPE_CHECKING:
    from anahtar.analysis import Asked


def months_of(text: str) -> tuple[date, date]:
    """Give the first day of the first and of the last month of `2024-01..2024-12`.

    Raises
    ------
    ValueError
        The text is not of that form, or ends before it begins.
    """
    first, _dots, last = text.partition("..")
    start, end = date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")
    if end < start:
        raise ValueError(text)
    return start, end


def asked_window(text: str) -> "Asked":
    """Read the months as the core takes them.

    Raises
    ------
    ValueError
        The text is none of the three forms.
    """
    from anahtar.analysis import Window

    if text == "last12":
        return "last12"
    if text == "all":
        return "all"
    start, end = months_of(text)
    return Window(start, (end + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def in_words(text: str) -> str:
    """Say which months they are."""
    if text == "last12":
        return _("the last 12 whole months")
    if text == "all":
        return _("the whole ledger")
    start, end = months_of(text)
    return f"{month(start)} – {month(end)}"
