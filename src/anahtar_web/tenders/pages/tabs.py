"""The pages of all tenders, beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.gate.rights import Right
from anahtar_web.tenders.asked import Asked

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages."""

    label: Any
    icon: str
    address: str
    current: bool


def tabs(user: "User", here: str, asked: Asked | None = None) -> Sequence[Tab]:
    """Give the pages a person may open; the filter follows from one to the other."""
    query = asked.without("sort", "stage", "outcome", "due").query() if asked else ""
    pages: list[tuple[str, str, str, Right | None]] = [
        ("board", _("Board"), "square-kanban", None),
        ("list", _("Table"), "table", None),
        ("statistics", _("What they teach"), "chart-bar", None),
        ("imports", _("Past tenders"), "file-up", Right.WRITE_DOSSIER),
        ("reasons", _("Reasons"), "list-checks", Right.DEFINE_DOSSIER),
    ]
    return [
        Tab(label, icon, reverse(f"tenders:{name}") + (query if right is None else ""), name == here)
        for name, label, icon, right in pages
        if right is None or user.may(right)
    ]
