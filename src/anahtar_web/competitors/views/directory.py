"""The directory of competitors: all of them, one of them, and who may write in it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.company.days import asked_day
from anahtar_web.competitors import actions
from anahtar_web.competitors.access import competitor_for
from anahtar_web.competitors.forms import CompetitorForm, MergeForm
from anahtar_web.competitors.models import Competitor
from anahtar_web.competitors.pages import CompetitorPage, DirectoryPage, EditPage
from anahtar_web.competitors.queries import competitors
from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile


@reads(parameters={"q", "sort", "page"})
def every(request: Request) -> HttpResponse:
    asked = request.GET
    page = DirectoryPage.build(
        request.user, text=asked.get("q", "")[:200], sort=asked.get("sort", ""), page=asked.get("page", "")
    )
    return render(request, "competitors/list.html", {"page": page})


@reads(parameters={"on"})
def one(request: Request, pk: int) -> HttpResponse:
    page = CompetitorPage.build(competitor_for(pk), request.user, asked_day(request.GET.get("on", "")))
    return render(request, "competitors/one.html", {"page": page})


@edits(Right.WRITE_DOSSIER)
def new(request: Request) -> HttpResponse:
    form = CompetitorForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.add(fields=_said(form), by=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("%(name)s is in the directory.") % {"name": made})
            return redirect("competitors:one", made.pk)
    page = EditPage(None, form)
    return render(request, "competitors/edit.html", {"page": page}, status=422 if form.is_bound else 200)


@edits(Right.DEFINE_DOSSIER)
def edit(request: Request, pk: int) -> HttpResponse:
    found = competitor_for(pk)
    initial = {name: getattr(found, name) for name in ("version", "name", "website", "remark")}
    form = CompetitorForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"]
            actions.edit(competitor=found, version=version, fields=_said(form), by=request.user)
        except EditedMeanwhile as refusal:
            return _edited_meanwhile(request, refusal, form)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("competitors:one", pk)
    page = EditPage(found, form)
    return render(request, "competitors/edit.html", {"page": page}, status=422 if form.is_bound else 200)


def _said(form: CompetitorForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("name", "website", "remark")}


def _edited_meanwhile(request: Request, refusal: EditedMeanwhile, form: CompetitorForm) -> HttpResponse:
    current = refusal.current
    assert isinstance(current, Competitor)
    # Whoever sends the form again has seen the other version: it is saved over that one.
    sent = request.POST.copy()
    sent["version"] = str(current.version)
    page = EditPage.beside(current, CompetitorForm(sent), _said(form))
    return render(request, "competitors/edit.html", {"page": page}, status=409)


@edits(Right.DEFINE_DOSSIER)
def merge(request: Request, pk: int) -> HttpResponse:
    found = competitor_for(pk)
    form = MergeForm(request.POST or None, others=competitors().exclude(pk=pk))
    if form.is_valid():
        try:
            stays = actions.merge(gone=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(gone)s goes on as %(stays)s.") % {"gone": found, "stays": stays})
            return redirect("competitors:one", stays.pk)
    page = EditPage(found, form)
    return render(request, "competitors/merge.html", {"page": page}, status=422 if form.is_bound else 200)
