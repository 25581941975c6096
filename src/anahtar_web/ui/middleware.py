"""Turns faults that have a meaning into pages: a locked or full database is not a broken program."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from anahtar_web.ui.errors import NO_ANSWER, unavailable

log = logging.getLogger("anahtar.faults")


class ErrorPagesMiddleware:
    """Answers 503 with what to do where the database does not answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Take over where the database refused; anything else goes its way."""
        if not isinstance(exception, NO_ANSWER):
            return None
        log.error("%s %s: %s", request.method, request.path, exception)
        return unavailable()
