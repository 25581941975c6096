"""Who of our accounts they attack, across the portfolio, and the same as a file."""

from collections.abc import Sequence

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from anahtar_web.accounts.figures import figures
from anahtar_web.company.days import asked_day
from anahtar_web.company.queries import today
from anahtar_web.competitors import actions, exports
from anahtar_web.competitors.forms import ExportForm
from anahtar_web.competitors.pages import AttacksPage, ExportPage
from anahtar_web.competitors.pages.portfolio import PARAMETERS, Asked
from anahtar_web.competitors.pages.shown import ShownAttack, shown
from anahtar_web.competitors.queries import present_everywhere
from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right


@reads(parameters={*PARAMETERS, "page"})
def attacks(request: Request) -> HttpResponse:
    page = AttacksPage.build(request.user, _asked(request), request.GET.get("page", ""))
    return render(request, "competitors/attacks.html", {"page": page})


@edits(Right.EXPORT, parameters=PARAMETERS)
def export(request: Request) -> HttpResponseBase:
    """Take the list out, as it is narrowed."""
    asked = _asked(request)
    rows = asked.narrow(shown(present_everywhere(request.user, on=asked.on)))
    form = ExportForm(request.POST or None, initial={"form": "xlsx"})
    if form.is_valid():
        try:
            return _file(request, rows, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    page = ExportPage.build(request.user, rows, request.GET.urlencode())
    context = {"page": page, "form": form}
    return render(request, "competitors/export.html", context, status=422 if form.is_bound else 200)


def _file(request: Request, rows: Sequence[ShownAttack], form: str, reason: str) -> HttpResponseBase:
    actions.take_out(rows=len(rows), filters=request.GET.urlencode(), form=form, reason=reason, by=request.user)
    name = f"{_('competitors')}-{today():%Y-%m-%d}.{form}"
    # Streamed, so that a second copy of the form is not kept as a text, which a workbook is not.
    return StreamingHttpResponse(
        iter([exports.content(rows, form, figures().currency)]),
        content_type=exports.XLSX if form == "xlsx" else exports.CSV,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _asked(request: Request) -> Asked:
    return Asked.of(request.GET.dict(), asked_day(request.GET.get("on", "")))
