"""What the command palette finds of competitors: everybody who works here knows all of them."""

from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from anahtar_web.competitors.queries import found
from anahtar_web.ui.palette import Found

_MOST: Final = 4


def look(request: HttpRequest, text: str) -> Iterable[Found]:
    """Find competitors by name; one query."""
    if not text.strip() or not request.user.is_authenticated:
        return []
    return [Found(row.name, reverse("competitors:one", args=[row.pk]), icon="swords") for row in found(text)[:_MOST]]
