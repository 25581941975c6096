"""People in the command palette."""

from collections.abc import Iterator
from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from anahtar_web.gate.rights import Right
from anahtar_web.people.queries import found
from anahtar_web.ui.palette import Found

_MOST: Final = 5


def look(request: HttpRequest, text: str) -> Iterator[Found]:
    """Find colleagues by name or address; nobody before something is typed."""
    if not text.strip() or not request.user.may(Right.SEE_PEOPLE):  # type: ignore[union-attr]
        return
    for person in found(text)[:_MOST]:
        yield Found(person.name, reverse("people:person", args=[person.pk]), person.get_role_display())
