"""How the trail writes what happens to accounts, where the field alone does not tell."""

from typing import Any, Final

from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from anahtar.report.labels import TYPES, label
from anahtar_web.accounts.countries import country_name
from anahtar_web.accounts.models import KeyStatus, Part, Tier
from anahtar_web.audit.shown import LABELS, WRITERS
from anahtar_web.ui.templatetags.shown import day, say

_LABELS: Final[dict[str, Any]] = {
    "manager": Part.MANAGER.label,
    "person": _("person"),
    "part": _("part"),
    "since": _("since"),
    "until": _("until"),
    "into": _("goes on under"),
    "account": _("other account"),
    "key_status": _("decision"),
    "types": _("types"),
    "tier": _("tier"),
    "review_on": _("look at it again on"),
    "stays": _("changed since, and stays"),
}


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    LABELS["account"] = _LABELS
    WRITERS["account"] = {
        **{"since": _day, "until": _day, "review_on": _day, "part": _part, "country": country_name},
        **{"key_status": _key_status, "types": _types, "tier": _tier},
    }


def _day(stored: Any) -> str:
    return day(parse_date(str(stored)))


def _part(stored: Any) -> str:
    return str(Part(stored).label) if stored in Part.values else str(stored)


def _key_status(stored: Any) -> str:
    return str(KeyStatus(stored).label) if stored in KeyStatus.values else str(stored)


def _tier(stored: Any) -> str:
    return str(Tier(stored).label) if stored in Tier.values else str(stored)


def _types(stored: Any) -> str:
    return ", ".join(say(label(TYPES, one)) for one in str(stored).split())
