"""Error pages: what happened, what was saved, what to do."""

import sys
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

NO_ANSWER: Final = (OperationalError, InterfaceError)
"""What the database raises when it is locked, full, stopped or out of reach."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form makes no sense."""
    return render(request, "ui/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the role does not have the right; says which role would."""
    return render(request, "ui/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: absent, or not for this person: the same text, so that nobody learns which."""
    return render(request, "ui/errors/404.html", status=404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid CSRF token: signed out meanwhile, or another site sent it."""
    return render(request, "ui/errors/stale_form.html", status=403)


def unavailable() -> HttpResponse:
    """503: the database does not answer. Without the request: the shell would ask the same database who that is."""
    response = HttpResponse(loader.get_template("ui/errors/503.html").render({}), status=503)
    response.headers["Retry-After"] = "5"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500: ours. Rendered without the shell, which may be what broke."""
    # A middleware that asks the database (who is it? which company?) fails before any view does.
    if isinstance(sys.exc_info()[1], NO_ANSWER):
        return unavailable()
    return HttpResponse(loader.get_template("ui/errors/500.html").render({}), status=500)
