"""How the trail writes what happens to strategies, where the field alone does not tell."""

from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from anahtar_web.audit.shown import LABELS, WRITERS
from anahtar_web.ui.templatetags.shown import day


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    LABELS["wording"] = {"number": _("version"), "restores": _("taken from version")}
    # A deviation is told of its account, beside what the app below tells of accounts.
    LABELS.setdefault("account", {}).update({"deviation": _("what we do instead"), "holds_until": _("holds until")})
    WRITERS.setdefault("account", {}).update({"holds_until": _day})


def _day(stored: Any) -> str:
    return day(parse_date(str(stored)))
