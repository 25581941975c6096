"""How the trail writes what happens to dossiers, where the field alone does not tell."""

from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from anahtar.report.labels import TYPES, label
from anahtar.rules.dossier import OTHER
from anahtar_web.audit.shown import LABELS, WRITERS
from anahtar_web.ui.templatetags.shown import day, money, say


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    LABELS["fact"] = {"value": _("value"), "until": _("asked again on"), "area": _("area"), "kind_name": _("kind")}
    LABELS.setdefault("company", {}).update(accounts=_("accounts"))
    # What lists of facts and of people say of themselves: their entries are the account's.
    taken = {"rows": _("rows"), "format": pgettext_lazy("of a file", "Form"), "filter": _("filter")}
    LABELS.setdefault("account", {}).update(taken, as_known_on=_("as known on"))
    WRITERS.setdefault("account", {}).update(as_known_on=_day)
    LABELS["definition"] = {"name": _("name"), "importance": _("importance")}
    WRITERS["fact"] = {"until": _day}
    WRITERS["definition"] = {"importance": importance_words}
    for sheet in ("contract", "permission", "demand"):
        LABELS[sheet] = {"document": _("document")}
    WRITERS["contract"] = {"money": lambda units: money(int(units))}


def type_word(code: str) -> str:
    """Say a type of account, or that it has none."""
    return str(_("others")) if code == OTHER else say(label(TYPES, code))


def type_name(code: str) -> str:
    """Say a type of account with a capital letter, of the Turkish alphabet where the page is Turkish."""
    word = type_word(code)
    first = "İ" if word.startswith("i") and (get_language() or "en").startswith("tr") else word[:1].upper()
    return first + word[1:]


def importance_words(stored: Any) -> str:
    """Say how important a kind is for whom."""
    if not isinstance(stored, dict):
        return str(stored)
    return ", ".join(f"{type_word(code)} {points}" for code, points in stored.items())


def _day(stored: Any) -> str:
    return day(parse_date(str(stored)))
