"""How the trail writes what happens to sources and to what is pulled of them."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.audit.shown import LABELS

_PULLED: Final[dict[str, Any]] = {
    "new": _("new months"),
    "changed": _("changed months"),
    "gone": _("months that are gone"),
}


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    LABELS.setdefault("import", {}).update(_PULLED)
    LABELS.setdefault("source", {})["columns"] = pgettext_lazy("of a table", "columns")
