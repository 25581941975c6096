"""How the trail writes what happens to competitors at accounts: it is told of the account."""

from typing import Any, Final

from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.audit.shown import LABELS, WRITERS, label
from anahtar_web.competitors.models import Grade, ThreatLevel
from anahtar_web.ui.templatetags.shown import day, share

_LABELS: Final[dict[str, Any]] = {
    "competitor": _("competitor"),
    "direction": _("direction"),
    "site": _("site"),
    "offering": _("with what"),
    "strength": _("how strong"),
    "left_on": _("left on"),
    "seen_on": _("seen on"),
    "grade": _("how sure"),
    "wallet_share": _("share of the wallet"),
    "threat": _("threat"),
    "attack_written": _("what was written"),
}


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    LABELS.setdefault("account", {}).update(_LABELS)
    WRITERS.setdefault("account", {}).update(
        {"left_on": _day, "seen_on": _day, "grade": _grade, "wallet_share": _share, "threat": _threat}
    )
    WRITERS["account"]["attack_written"] = _field
    LABELS["competitor"] = {"merged_into": _("goes on as")}
    LABELS.setdefault("company", {}).update(
        {"rows": _("Rows"), "format": pgettext_lazy("of a file", "Form"), "filter": _("Filter")}
    )


def _day(stored: Any) -> str:
    return day(parse_date(str(stored)))


def _grade(stored: Any) -> str:
    return str(Grade(stored).label) if stored in Grade.values else str(stored)


def _threat(stored: Any) -> str:
    return str(ThreatLevel(stored).label) if stored in ThreatLevel.values else str(stored)


def _share(stored: Any) -> str:
    return share(float(stored))


def _field(name: str) -> str:
    return label("presenceversion", name)
