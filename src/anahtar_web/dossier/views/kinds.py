"""Which facts dossiers know."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.audit.shown import versions
from anahtar_web.dossier import actions
from anahtar_web.dossier.access import kind_for
from anahtar_web.dossier.forms import KindForm, proposed_kind
from anahtar_web.dossier.kinds import Kind
from anahtar_web.dossier.models import Definition
from anahtar_web.dossier.pages import KindPage, KindsPage
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile


@reads(Right.DEFINE_DOSSIER)
def kinds(request: Request) -> HttpResponse:
    return render(request, "dossier/kinds.html", {"page": KindsPage.build()})


@edits(Right.DEFINE_DOSSIER)
def add_kind(request: Request) -> HttpResponse:
    form = KindForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.define(fields=form.said, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Every dossier now knows “%(kind)s”.") % {"kind": made})
            return redirect("dossier:kinds")
    return render(request, "dossier/kind.html", {"page": KindPage(form)}, status=422 if form.is_bound else 200)


@edits(Right.DEFINE_DOSSIER)
def change_kind(request: Request, kind: str) -> HttpResponse:
    found = kind_for(kind)
    form = KindForm(request.POST or None, kind=found, initial=proposed_kind(found))
    if form.is_valid():
        try:
            actions.redefine(kind=found, number=form.cleaned_data["number"], fields=form.said, by=request.user)
        except EditedMeanwhile as refusal:
            return _meanwhile(request, refusal, found, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Every dossier is counted by it from now on."))
            return redirect("dossier:kinds")
    page = KindPage(form, found)
    return render(request, "dossier/kind.html", {"page": page}, status=422 if form.is_bound else 200)


def _meanwhile(request: Request, refusal: EditedMeanwhile, kind: Kind, form: KindForm) -> HttpResponse:
    current = refusal.current
    assert isinstance(current, Definition)
    sent = request.POST.copy()
    sent["number"] = str(current.number)
    theirs = {name: getattr(current, name) for name in form.said}
    both = versions("definition", theirs, form.said)
    page = KindPage(KindForm(sent, kind=kind), kind, both, str(current.by), current.at)
    return render(request, "dossier/kind.html", {"page": page}, status=409)


@writes(Right.DEFINE_DOSSIER)
def retire_kind(request: Request, kind: str) -> HttpResponse:
    """Take it out of use, or back into it."""
    found = kind_for(kind)
    actions.retire(kind=found, number=_number(request), retired=not found.retired, by=request.user)
    messages.success(request, _("Saved. Facts that were written under it stay."))
    return redirect("dossier:kinds")


@writes(Right.DEFINE_DOSSIER)
def move_kind(request: Request, kind: str) -> HttpResponse:
    """Show it one place higher or lower."""
    found = kind_for(kind)
    actions.move(kind=found, number=_number(request), up=request.POST.get("to") == "up", by=request.user)
    return redirect("dossier:kinds")


def _number(request: Request) -> int:
    text = request.POST.get("number", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
