"""Addresses to pages: parse, one call, render."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.sources import actions
from anahtar_web.sources.access import source_for
from anahtar_web.sources.forms import SourceForm
from anahtar_web.sources.models import Source
from anahtar_web.sources.pages import ColumnsPage, FormPage, ListPage, SourcePage, columns_form


@reads(Right.SEE_IMPORTS)
def sources(request: Request) -> HttpResponse:
    return render(request, "sources/list.html", {"page": ListPage.build(request.user)})


@reads(Right.SEE_IMPORTS)
def source(request: Request, pk: int) -> HttpResponse:
    return render(request, "sources/source.html", {"page": SourcePage.build(source_for(pk), request.user)})


@edits(Right.IMPORT)
def new(request: Request) -> HttpResponse:
    form = SourceForm(request.POST if request.method == "POST" else None, initial=SourceForm.initial_of(None))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.name_source(fields=form.typed(), by=request.user)
            return redirect("sources:source", made.pk)
        except actions.UnableToName as refused:
            form.add_error(None, str(refused))
    return _form(request, FormPage.build(form), 422 if request.method == "POST" else 200)


@edits(Right.IMPORT)
def edit(request: Request, pk: int) -> HttpResponse:
    found = source_for(pk)
    data = request.POST if request.method == "POST" else None
    form = SourceForm(data, initial=SourceForm.initial_of(found), current=found.host)
    if data is not None and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.change_source(found, version=version, fields=form.typed(), by=request.user)
            return redirect("sources:source", pk)
        except EditedMeanwhile as refused:
            return _conflict(request, refused, form)
        except Refused as refused:
            form.add_error(None, str(refused))
    return _form(request, FormPage.build(form, found), 422 if data is not None else 200)


@edits(Right.IMPORT)
def columns(request: Request, pk: int) -> HttpResponse:
    found = source_for(pk)
    data = request.POST if request.method == "POST" else None
    form = columns_form(found, data)
    if form is None:
        return redirect("sources:source", pk)
    if data is not None and form.is_valid():
        actions.choose_columns(
            found, version=form.cleaned_data["version"], columns=form.columns(), by=request.user, **form.signs
        )
        return redirect("sources:source", pk)
    page = ColumnsPage.build(found, form)
    return render(request, "sources/columns.html", {"page": page}, status=422 if data is not None else 200)


@writes(Right.IMPORT)
def look(request: Request, pk: int) -> HttpResponse:
    actions.ask_for_look(source_for(pk), by=request.user)
    return redirect("sources:source", pk)


@writes(Right.IMPORT)
def refresh(request: Request, pk: int) -> HttpResponse:
    actions.ask_for_refresh(source_for(pk), by=request.user)
    return redirect("sources:source", pk)


@writes(Right.IMPORT)
def forget(request: Request, pk: int) -> HttpResponse:
    actions.forget_source(source_for(pk), by=request.user)
    return redirect("sources:list")


def _form(request: Request, page: FormPage, status: int = 200) -> HttpResponse:
    return render(request, "sources/form.html", {"page": page}, status=status)


def _conflict(request: Request, refused: EditedMeanwhile, typed: SourceForm) -> HttpResponse:
    current = refused.current
    assert isinstance(current, Source)
    # Whoever sends the form again has seen the other version: it is saved over that one.
    sent = request.POST.copy()
    sent["version"] = str(current.version)
    page = FormPage.build(SourceForm(sent, current=current.host), current)
    return _form(request, page.beside(actions.values(current), typed.typed()), 409)
