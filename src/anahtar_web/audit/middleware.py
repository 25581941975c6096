"""Remembers from where a request comes, for the entries it leaves in the trail."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from anahtar_web.audit.where import Where, here


class WhereMiddleware:
    """Sets `here` for the time of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = here.set(Where(client_address(request), request.path[:300]))
        try:
            return self._get_response(request)
        finally:
            here.reset(token)


def client_address(request: HttpRequest) -> str:
    """The visitor's address: the one the outermost trusted proxy saw, never what the visitor claims."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.PROXIES and len(forwarded) >= settings.PROXIES:
        return forwarded[-settings.PROXIES][:60]
    return str(request.META.get("REMOTE_ADDR", ""))[:60]
