"""The steps of an import: the file as read, its columns, the checks, the word that imports it."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import redirect, render

from anahtar.ledger.roles import Role
from anahtar_web.files.incoming import IncomingFile, refusal_of
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.ledgers.access import import_for
from anahtar_web.ledgers.actions import deciding
from anahtar_web.ledgers.forms import CheckForm, OpenForm, VersionedForm, role_field
from anahtar_web.ledgers.pages.checks import ChecksPage, wishes_of
from anahtar_web.ledgers.pages.file import FilePage, opened_with, sheets_of
from anahtar_web.ledgers.pages.mapping import MappingPage
from anahtar_web.ledgers.pages.previewing import PreviewPage, columns_form, said_with
from anahtar_web.ledgers.pages.steps import address_of, is_open

_CHOICES = frozenset({"decimal", "date_order", *map(role_field, Role)})


@edits(Right.IMPORT)
def file(request: Request, pk: int) -> HttpResponse:
    of = import_for(pk)
    if not is_open(of, "file"):
        return redirect(address_of(of, request.user))
    data = request.POST if request.method == "POST" else None
    form = OpenForm(data, initial=opened_with(of), sheets=sheets_of(of))
    if request.method == "POST" and form.is_valid():
        deciding.open_anew(of, version=form.cleaned_data["version"], by=request.user, **form.how)
        return redirect("ledgers:file", pk)
    page = FilePage.build(of=of, form=form)
    return render(request, "ledgers/file.html", {"page": page}, status=422 if data else 200)


@edits(Right.IMPORT)
def mapping(request: Request, pk: int) -> HttpResponse:
    of = import_for(pk)
    if not is_open(of, "mapping"):
        return redirect(address_of(of, request.user))
    data = request.POST if request.method == "POST" else None
    form = columns_form(of, data)
    if data is not None and form.is_valid():
        deciding.check(
            of,
            version=form.cleaned_data["version"],
            by=request.user,
            columns=said_with(of, form),
            save_as=form.cleaned_data["save_as"],
            **form.signs,
        )
        return redirect("ledgers:checks", pk)
    page = MappingPage.build(of=of, form=form)
    return render(request, "ledgers/mapping.html", {"page": page}, status=422 if data else 200)


@reads(Right.IMPORT, parameters=_CHOICES)
def preview(request: Request, pk: int) -> HttpResponse:
    of = import_for(pk)
    if not is_open(of, "mapping"):
        return redirect(address_of(of, request.user))
    page = PreviewPage.build(of=of, choices=request.GET)
    told = {"preview": page.preview, "failure": page.failure, "whys": page.whys}
    return render(request, "ledgers/_preview.html", told)


@edits(Right.IMPORT, uploads=True)
def checks(request: Request, pk: int) -> HttpResponse:
    of = import_for(pk)
    if not is_open(of, "checks"):
        return redirect(address_of(of, request.user))
    form = CheckForm(request.POST if request.method == "POST" else None, initial=wishes_of(of))
    if request.method == "POST" and form.is_valid():
        rates = cast(IncomingFile | None, request.FILES.get("rates"))
        if refusal_of(request):
            form.add_error(None, refusal_of(request))
        else:
            deciding.check_anew(of, version=form.cleaned_data["version"], by=request.user, rates=rates, **form.wishes)
            return redirect("ledgers:checks", pk)
    page = ChecksPage.build(of=of, form=form, user=request.user)
    return render(request, "ledgers/checks.html", {"page": page}, status=422 if request.method == "POST" else 200)


@writes(Right.IMPORT)
def confirm(request: Request, pk: int) -> HttpResponse:
    of, form = import_for(pk), VersionedForm(request.POST)
    if form.is_valid():
        deciding.confirm(of, version=form.cleaned_data["version"], by=request.user)
    return redirect("ledgers:import", pk)
