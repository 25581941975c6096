"""Error pages: what happened, what was saved, what to do."""

import sys
from typing import TYPE_CHECKING, Final

from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from anahtar_web.gate.refusals import LacksRight
from anahtar_web.gate.rights import Right, Role, roles_with

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

_MOST_ASKABLE: Final = 5

NO_ANSWER: Final = (OperationalError, InterfaceError)
"""What the database raises when it is locked, full, stopped or out of reach."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form makes no sense."""
    return render(request, "ui/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the role does not have the right; says which role would, and whom to ask."""
    right = exception.right if isinstance(exception, LacksRight) else None
    said = {"right": right, "roles": roles_with(right) if right else [], "askable": _askable(request)}
    return render(request, "ui/errors/403.html", said, status=403)


def _askable(request: HttpRequest) -> "list[AbstractBaseUser]":
    """Give the administrators, to who may know people: they give roles."""
    if not (request.user.is_authenticated and request.user.may(Right.SEE_PEOPLE)):
        return []
    people = get_user_model().objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    return list(people.order_by("name", "pk")[:_MOST_ASKABLE])


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
