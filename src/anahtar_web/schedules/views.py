"""Addresses to pages: parse, one call, render."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.gate.policy import reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.schedules.access import comparison_for
from anahtar_web.schedules.actions import change_schedule, values
from anahtar_web.schedules.forms import ScheduleForm
from anahtar_web.schedules.pages import MovedPage, SchedulePage


@reads(Right.SEE_SETTINGS)
def schedule(request: Request) -> HttpResponse:
    return _page(request)


@writes(Right.IMPORT)
def save(request: Request) -> HttpResponse:
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    said = form.cleaned_data
    try:
        change_schedule(version=said["version"], fields=form.typed(), reason=said["reason"], by=request.user)
    except EditedMeanwhile as refusal:
        # Whoever sends the form again has seen the other version: it is saved over that one.
        sent = request.POST.copy()
        sent["version"] = str(refusal.current.version)  # type: ignore[attr-defined]  # the row is a schedule
        page = SchedulePage.build(request.user, ScheduleForm(sent))
        page = page.beside(values(page.schedule), form.typed())
        return render(request, "schedules/schedule.html", {"page": page}, status=409)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, 422)
    messages.success(request, _("Saved."))
    return redirect("schedules:schedule")


@reads(Right.SEE_SETTINGS, parameters={"page"})
def moved(request: Request, run: int) -> HttpResponse:
    """Show every account that an analysis moved to another cell of the matrix, the most money first."""
    page = MovedPage.build(comparison_for(run), request.user, request.GET.get("page"))
    return render(request, "schedules/moved.html", {"page": page})


def _page(request: Request, form: ScheduleForm | None = None, status: int = 200) -> HttpResponse:
    return render(request, "schedules/schedule.html", {"page": SchedulePage.build(request.user, form)}, status=status)
