"""What a request needs to know of the person: the language they read, and how long they were away."""

import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language_from_request

_BEGUN: Final = "begun_at"
_SEEN: Final = "seen_at"
_STEP: Final = 60
"""Seconds after which a visit is noted again: a note is a write, and every page would make one."""


class LanguageMiddleware:
    """Speaks the language the person chose; before sign-in the one of the cookie, then of the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = getattr(request.user, "language", "") or get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language() or "en"
            response = self._get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response


class SessionAgeMiddleware:
    """Signs out who was away too long, and whose session is too old however busy it was.

    Django counts SESSION_COOKIE_AGE from the last write, so that a session that is used never ends.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if self._is_over(request, now):
                logout(request)
            elif now - request.session.get(_SEEN, 0) > _STEP:
                request.session[_SEEN] = now
                request.session.setdefault(_BEGUN, now)
        return self._get_response(request)

    @staticmethod
    def _is_over(request: HttpRequest, now: int) -> bool:
        begun, seen = int(request.session.get(_BEGUN, now)), int(request.session.get(_SEEN, now))
        return now - seen > int(settings.SESSION_IDLE_SECONDS) or now - begun > settings.SESSION_COOKIE_AGE
