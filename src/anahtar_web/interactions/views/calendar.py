"""The own calendar: the page where its secret address is made, and the address itself."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from anahtar_web.gate.policy import reads, writes
from anahtar_web.gate.request import Request
from anahtar_web.interactions.actions.feeding import end_address, make_address
from anahtar_web.interactions.calendar import written
from anahtar_web.interactions.queries.calendar import address_of, coming_for, person_of
from anahtar_web.people.limits import guesses_too_often, note_miss, too_many
from anahtar_web.people.mails import absolute

_SHOWN_ONCE: Final = "calendar"
"""The cookie that carries a new secret from the form to the page: nowhere on the server is it written down."""
_DOOR: Final = "calendar"


@reads()
def calendar(request: Request) -> HttpResponse:
    token = request.get_signed_cookie(_SHOWN_ONCE, "", salt=str(request.user.pk), max_age=60)
    address = absolute(request, reverse("interactions:feed", args=[token])) if token else ""
    answer = render(request, "interactions/calendar.html", {"row": address_of(request.user), "address": address})
    if token:
        answer.delete_cookie(_SHOWN_ONCE, path=reverse("interactions:calendar"), samesite="Strict")
    return answer


@writes()
def new_calendar(request: Request) -> HttpResponseRedirect:
    answer = HttpResponseRedirect(reverse("interactions:calendar"))
    answer.set_signed_cookie(
        _SHOWN_ONCE,
        make_address(by=request.user),
        salt=str(request.user.pk),
        max_age=60,
        path=reverse("interactions:calendar"),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
    return answer


@writes()
def end_calendar(request: Request) -> HttpResponse:
    if end_address(by=request.user):
        messages.success(request, _("The address opens nothing any more."))
    return redirect("interactions:calendar")


@reads(public=True)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give somebody's calendar: no sign-in, but a secret that nobody guesses. One that opens nothing is a 404."""
    if guesses_too_often(request, _DOOR):
        return too_many(request)
    person = person_of(token)
    if person is None:
        note_miss(request, _DOOR)
        raise Http404
    with translation.override(person.language):
        content = written(coming_for(person), origin=absolute(request, ""), language=person.language)
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": 'inline; filename="anahtar.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
