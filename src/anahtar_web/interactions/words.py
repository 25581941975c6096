"""How the trail writes what happens to interactions, where the field alone does not tell."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from anahtar_web.audit.shown import LABELS, WRITERS

_PARTS: Final = {"subject": _("what it was about"), "notes": _("notes"), "participants": _("who took part")}


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    LABELS["interaction"] = {"changed": _("written anew"), "interactions": _("in how many interactions")}
    WRITERS["interaction"] = {"changed": _part}
    LABELS["dropped"] = {"interactions": _("interactions"), "people": _("new people")}
    LABELS["nexttouch"] = {"owner": _("who")}


def _part(stored: Any) -> str:
    return str(_PARTS.get(str(stored), stored))
