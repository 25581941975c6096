"""The matrix: its cells, who moved, what other thresholds would change, and saving them for everybody."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.audit.leaving import left_today
from anahtar_web.company.actions import change_thresholds
from anahtar_web.company.forms import CutsChangeForm
from anahtar_web.company.queries import company, today
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.insight import exports, moves_export
from anahtar_web.insight.access import the_run
from anahtar_web.insight.actions.exporting import UnableToExport, take_out_moves
from anahtar_web.insight.forms import ExportForm
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.matrix import MatrixPage, MovesPage, TryPage, tries
from anahtar_web.insight.pages.matrix.moves import OWN_PARAMETERS, MovesAsked, MovesExport
from anahtar_web.insight.pages.matrix.trying import CUTS, SHOWN, SIZE
from anahtar_web.insight.pages.portfolio import FilterForm, asked_or_absent
from anahtar_web.insight.portfolio.asked import PARAMETERS as PORTFOLIO
from anahtar_web.insight.queries import shown_run
from anahtar_web.insight.slices import FiguresMissing

_TRIED: Final = "insight/matrix/try.html"


@reads(parameters=PORTFOLIO)
def matrix(request: Any) -> HttpResponse:
    run, refused = shown_run()
    if run is None:
        return redirect("insight:portfolio")  # which says what is missing
    try:
        page = MatrixPage.build(request.user, run, refused, request.GET)
    except FiguresMissing:
        return redirect("insight:portfolio")
    return render(request, "insight/matrix/_page.html" if request.htmx else "insight/matrix.html", {"page": page})


@reads(parameters=PORTFOLIO)
def choices(request: Any) -> HttpResponse:
    """The form of the filter: a dialog, or a page of its own."""
    run = the_run()
    asking = asked_or_absent(request.user, run, request.GET)
    page = FilterForm.build(request.user, run, asking.asked, asking.slice)
    template = "insight/portfolio/_choices.html" if request.htmx else "insight/portfolio/choices.html"
    return render(request, template, {"page": page, "here": reverse("insight:matrix"), "title": _("Matrix")})


@reads(parameters={*PORTFOLIO, *OWN_PARAMETERS})
def moves(request: Any) -> HttpResponse:
    try:
        page = MovesPage.build(request.user, the_run(), request.GET)
    except FiguresMissing as missing:
        raise Http404 from missing
    return render(request, "insight/matrix/moves.html", {"page": page})


@edits(Right.EXPORT, parameters={*PORTFOLIO, *OWN_PARAMETERS})
def export_moves(request: Any) -> HttpResponseBase:
    """Take the list of those who moved out, as it is narrowed."""
    run = the_run()
    try:
        asked = MovesAsked.of(request.user, run, request.GET)
    except FiguresMissing as missing:
        raise Http404 from missing
    page = MovesExport(asked, left_today(request.user))
    form = ExportForm(request.POST or None, asks_reason=page.asks_reason)
    if request.method == "POST" and form.is_valid():
        try:
            told = {"moves": asked.table, "filter": asked.filter, "run": run, "by": request.user}
            taken = take_out_moves(**told, **form.cleaned_data)
            name = f"{_('moves')}-{today():%Y-%m-%d}"
            return exports.answer(lambda: moves_export.sheet_of(taken), name, form.cleaned_data["form"])
        except UnableToExport as refusal:
            form.add_error(None, str(refusal))
    status = 422 if request.method == "POST" else 200
    return render(request, "insight/matrix/export.html", {"page": page, "form": form}, status=status)


@reads(Right.SEE_SETTINGS, parameters={*CUTS, "page"})
def preview(request: Any) -> HttpResponse:
    """What other thresholds would change: beside the matrix the largest accounts, on a page of its own all of them."""
    run = _run_to_try(request)
    asked = request.GET if any(name in request.GET for name in CUTS) else None
    page = _tried(request, run, asked, page=request.GET.get("page", ""), size=SHOWN if request.htmx else SIZE)
    status = 422 if page.form.errors else 200
    return render(request, "insight/matrix/_tried.html" if request.htmx else _TRIED, {"page": page}, status=status)


@writes(Right.CHANGE_THRESHOLDS)
def save(request: Any) -> HttpResponse:
    """Save the thresholds that were tried for everybody, and have the ledger analysed anew."""
    run, form = _run_to_try(request), CutsChangeForm(request.POST)
    if not form.is_valid():
        return render(request, _TRIED, {"page": _sent(request, run, request.POST, sent=form)}, status=422)
    cuts, house = form.cuts(), company()
    try:
        if all(round(getattr(house, name), 6) == cut for name, cut in cuts.items()):
            raise UnableToSaveUnchanged
        told = form.cleaned_data
        change_thresholds(version=told["version"], fields=cuts, reason=told["reason"], by=request.user)
    except EditedMeanwhile as refusal:
        # Whoever sends the form again has seen the other version: it is saved over that one.
        theirs: Any = refusal.current
        sent = request.POST.copy()
        sent["version"] = str(theirs.version)
        page = _sent(request, run, sent, sent=CutsChangeForm(sent), theirs=theirs)
        return render(request, _TRIED, {"page": page}, status=409)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return render(request, _TRIED, {"page": _sent(request, run, request.POST, sent=form)}, status=422)
    messages.success(request, _("Saved for everybody. The ledger is analysed anew; until then the old classes show."))
    return HttpResponseRedirect(reverse("insight:matrix"))


class UnableToSaveUnchanged(Refused):
    """The thresholds sent are those in force: an entry without a change would only puzzle who reads the trail."""

    def __init__(self) -> None:
        super().__init__(_("These thresholds are in force already: nothing would change."))


def _sent(request: Any, run: Run, asked: Any, **more: Any) -> TryPage:
    """Show a form that came back; of many changes the first, for the address of a form has no second page."""
    return _tried(request, run, asked, size=SHOWN, **more)


def _tried(request: Any, run: Run, asked: Any, **more: Any) -> TryPage:
    try:
        return TryPage.build(request.user, run, asked, **more)
    except FiguresMissing as missing:
        raise Http404 from missing


def _run_to_try(request: Any) -> Run:
    run = the_run()
    if not tries(request.user, run):
        raise Http404
    return run
