"""How the trail writes what is said of accounts that went on: it is told of the account that stopped."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.audit.shown import LABELS

_LABELS: Final[dict[str, Any]] = {
    "goes_on_as": pgettext_lazy("of an account that went on", "goes on as"),
    "not_gone_on_as": _("is another one than"),
}


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    LABELS.setdefault("account", {}).update(_LABELS)
