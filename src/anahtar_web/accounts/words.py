"""How the trail writes what happens to accounts, where the field alone does not tell."""

from typing import Any, Final

from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from anahtar_web.accounts.countries import country_name
from anahtar_web.accounts.models import Part
from anahtar_web.audit.shown import LABELS, WRITERS
from anahtar_web.ui.templatetags.shown import day

_LABELS: Final[dict[str, Any]] = {
    "manager": Part.MANAGER.label,
    "person": _("person"),
    "part": _("part"),
    "since": _("since"),
    "until": _("until"),
    "into": _("goes on under"),
    "account": _("other account"),
    "stays": _("changed since, and stays"),
}


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    LABELS["account"] = _LABELS
    WRITERS["account"] = {"since": _day, "until": _day, "part": _part, "country": country_name}


def _day(stored: Any) -> str:
    return day(parse_date(str(stored)))


def _part(stored: Any) -> str:
    return str(Part(stored).label) if stored in Part.values else str(stored)
