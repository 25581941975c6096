"""Words and colours for how lines stand."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from anahtar.rules.on_time import Standing

STANDINGS: Final[dict[Standing, tuple[Any, str]]] = {
    Standing.KEPT: (_("on time, in full"), "good"),
    Standing.LATE: (_("late"), "warn"),
    Standing.OVERDUE: (_("overdue"), "bad"),
    Standing.OPEN: (_("not due yet"), ""),
}
"""What a line's chip says, and its colour."""
