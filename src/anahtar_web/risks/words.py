"""How the trail writes what happens to cases."""

from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from anahtar_web.audit.shown import LABELS, WRITERS, label
from anahtar_web.risks.models import SHIPPED, Stage
from anahtar_web.ui.templatetags.shown import day


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    LABELS["case"] = {"case_written": _("what was written"), "loss_written": _("of the loss"), "reasons": _("reasons")}
    LABELS["case"]["decided_on"] = _("lost on")
    WRITERS["case"] = {
        "stage": _stage,
        "next_on": _day,
        "decided_on": _day,
        "case_written": _field,
        "loss_written": _of_loss,
        "reasons": _reason,
    }


def _stage(stored: Any) -> str:
    return str(Stage(stored).label) if stored in Stage.values else str(stored)


def _day(stored: Any) -> str:
    return day(parse_date(str(stored))) if stored else ""


def _field(name: str) -> str:
    return label("case", name)


def _reason(stored: str) -> str:
    """A reason that comes with the program is kept by its code, one that the company wrote by its name."""
    return str(SHIPPED.get(stored, stored))


def _of_loss(name: str) -> str:
    return label("lossrecord", name)
