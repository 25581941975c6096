"""What the command palette finds of cases: the open ones of accounts a person sees."""

from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from anahtar_web.risks.models import CLOSED
from anahtar_web.risks.queries import board
from anahtar_web.ui.palette import Found

_MOST: Final = 4


def look(request: HttpRequest, text: str) -> Iterable[Found]:
    """Find cases by their words, their direction and the name of their account; one query."""
    if not text.strip() or not request.user.is_authenticated:
        return []
    rows = board(request.user, {"q": text}).exclude(stage__in=CLOSED)
    return [
        Found(
            row.title,
            reverse("risks:case", args=[row.account_id, row.pk]),
            f"{row.account.name} · {row.get_stage_display()}",
            icon="shield-alert",
        )
        for row in rows[:_MOST]
    ]
