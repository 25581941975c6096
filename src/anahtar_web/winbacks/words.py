"""How the trail writes what happens to offers, limits, lists and campaigns."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.audit.shown import LABELS, WRITERS
from anahtar_web.gate.rights import Role
from anahtar_web.ui.templatetags.shown import money, number
from anahtar_web.winbacks.models import OfferState


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    LABELS.setdefault("account", {}).update(
        {
            "offer": _("offer no."),
            "offer_cost": _("cost"),
            "offer_state": _("state"),
            "offer_edition": pgettext_lazy("of an offer", "version"),
        }
    )
    WRITERS.setdefault("account", {}).update({"offer_cost": _money, "offer_state": _state, "offer": _plain})
    limit = _("may grant up to")
    for role in Role:
        LABELS.setdefault("company", {})[f"offer_limit_{role.value}"] = _Both(role.label, limit)
        WRITERS.setdefault("company", {})[f"offer_limit_{role.value}"] = _money
    LABELS["winbacklist"] = {
        "filter": _("Filter"),
        "rows": _("rows"),
        "form": pgettext_lazy("of a file", "Form"),
        "handed_on": _("for others"),
    }
    LABELS["campaign"] = {"rows": _("accounts"), "left_alone": _("left alone"), "seed": _("seed of the draw")}


class _Both:
    """A role and what of it changed, in the language of the moment."""

    def __init__(self, role: Any, what: Any) -> None:
        self._parts = (role, what)

    def __str__(self) -> str:
        return " ".join(str(part) for part in self._parts)


def _money(stored: Any) -> str:
    return money(int(stored))


def _plain(stored: Any) -> str:
    return number(int(stored))


def _state(stored: Any) -> str:
    return str(OfferState(stored).label) if stored in OfferState.values else str(stored)
