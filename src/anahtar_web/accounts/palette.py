"""What the command palette finds of accounts: by name and code, however they are typed."""

from collections.abc import Iterable
from typing import Final

from django.db.models import BooleanField, Case, When
from django.http import HttpRequest
from django.urls import reverse

from anahtar_web.accounts.models import Account
from anahtar_web.ui.palette import Found
from anahtar_web.ui.text import fold

_MOST: Final = 8


def look(request: HttpRequest, text: str) -> Iterable[Found]:
    """Find accounts this person may know of; those whose name begins with the text come first. One query."""
    if not text.strip():
        return []
    begins = Case(When(search_key__startswith=fold(text), then=True), default=False, output_field=BooleanField())
    rows = Account.objects.visible_to(request.user).standing_alone().matching(text)  # type: ignore[arg-type]
    found = rows.annotate(begins=begins).order_by("-begins", "sort_key", "pk").values("pk", "name", "code", "city")
    return [
        Found(
            row["name"],
            reverse("insight:account", args=[row["pk"]]),
            " · ".join(part for part in (row["code"], row["city"]) if part),
            square=True,
        )
        for row in found[:_MOST]
    ]
