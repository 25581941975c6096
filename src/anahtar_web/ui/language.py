"""Which language a person reads: kept in a cookie, and where the app above says how, with the person."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse

Remember = Callable[[Any, str], None]

_REMEMBER: Final[list[Remember]] = []


def on_choice(remember: Remember) -> None:
    """Let an app keep the choice of a signed-in person (`remember(user, language)`); called by its `ready()`."""
    if remember not in _REMEMBER:
        _REMEMBER.append(remember)


def choose(user: Any, language: str, response: HttpResponse) -> HttpResponse:
    """Keep a choice, in the answer's cookie and with whoever is signed in."""
    if user.is_authenticated:
        for remember in _REMEMBER:
            remember(user, language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
