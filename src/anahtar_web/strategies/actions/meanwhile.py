"""Somebody was first, and what was asked for rests on what holds no more."""

from django.utils.translation import gettext as _

from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.strategies.models import Deviation, Wording


def meanwhile(refusal: EditedMeanwhile) -> str:
    """Say by name who was first."""
    current = refusal.current
    assert isinstance(current, Wording | Deviation)
    return _("%(person)s has written something else meanwhile. Look at it, and decide again.") % {"person": current.by}
