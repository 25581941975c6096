"""How the trail writes what happens to closed months."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from anahtar_web.audit.shown import LABELS, WRITERS
from anahtar_web.ui.templatetags.shown import money

_LABELS: Final[dict[str, Any]] = {
    "months": _("months"),
    "import": _("import"),
    "batch": _("batch"),
}


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    LABELS["closedmonth"] = _LABELS
    WRITERS["closedmonth"] = {"amount": _money}


def _money(stored: Any) -> str:
    return money(int(stored))
