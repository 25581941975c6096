"""How the trail writes what happens to people at accounts: by their number, since the trail outlives an erasure."""

from typing import Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.audit.shown import LABELS, WRITERS
from anahtar_web.stakeholders.models import ContactPoint, Stakeholder, Tie
from anahtar_web.ui.text import capfirst

_LABELS: Final[dict[str, Any]] = {
    "stakeholder": _("number of the person"),
    "written": _("what was written"),
    "tied_to": _("number of the other person"),
    "tie": pgettext_lazy("between people", "line"),
    "colleague": _("one of us"),
    "address_kind": _("kind of address"),
}


def tell_the_trail() -> None:
    """Give the trail our words; called when the program starts."""
    # What happens to a person is told of the account, beside what the app below tells of accounts.
    LABELS.setdefault("account", {}).update(_LABELS)
    WRITERS.setdefault("account", {}).update(
        {"stakeholder": _number, "tied_to": _number, "tie": _tie, "address_kind": _kind, "written": field_name}
    )


def field_name(name: str) -> str:
    """Give the label of a field of a person."""
    field = Stakeholder._meta.get_field(name)
    return capfirst(str(getattr(field, "verbose_name", name)))


def _number(stored: Any) -> str:
    return _now("no. %(number)s") % {"number": stored}


def _tie(stored: Any) -> str:
    return str(Tie.Kind(stored).label) if stored in Tie.Kind.values else str(stored)


def _kind(stored: Any) -> str:
    return str(ContactPoint.Kind(stored).label) if stored in ContactPoint.Kind.values else str(stored)
