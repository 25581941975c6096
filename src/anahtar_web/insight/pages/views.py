"""Saved views as addresses of the list."""

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse

from anahtar_web.insight.columns import visible_columns
from anahtar_web.insight.models import Run, SavedView

if TYPE_CHECKING:
    from anahtar_web.people.models import User


def opening_view(user: "User") -> SavedView | None:
    """Give the view the list opens with."""
    return SavedView.objects.filter(person=user, default=True).first()


def view_address(view: SavedView, user: "User", run: Run) -> str:
    """Write a saved view as an address, without what its person may no longer see: the role may have changed."""
    visible = visible_columns(user, run)
    asked = [
        (name, value)
        for name, value in parse_qsl(view.query)
        if name != "sort" or (value.removeprefix("-") in visible and visible[value.removeprefix("-")].sort)
    ]
    if columns := [name for name in view.columns if name in visible]:
        asked.append(("columns", ",".join(columns)))
    return f"{reverse('insight:accounts')}?{urlencode([('view', str(view.pk)), *asked])}"
