"""Shows times in the company's time zone, wherever the server and the visitor are."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from anahtar_web.company.queries import company, in_zone_of


class TimeZoneMiddleware:
    """Reads the company once per request (`request.company`) and sets its time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        here = company()
        request.company = here  # type: ignore[attr-defined]  # pages find it on the request
        with in_zone_of(here):
            return self._get_response(request)
