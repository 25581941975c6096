"""How the trail writes what is said and taken out of losses."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.audit.shown import LABELS, WRITERS

_LABELS: Final[dict[str, Any]] = {
    "goes_on_as": pgettext_lazy("of an account that went on", "goes on as"),
    "not_gone_on_as": _("is another one than"),
}


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    LABELS.setdefault("account", {}).update(_LABELS)
    LABELS.setdefault("run", {}).setdefault("list", pgettext_lazy("of accounts", "List"))
    WRITERS.setdefault("run", {})
