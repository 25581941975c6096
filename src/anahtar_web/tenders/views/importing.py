"""Past tenders come in as a file."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.files.incoming import refusal_of
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.tenders import actions
from anahtar_web.tenders.access import import_for
from anahtar_web.tenders.correcting import correction_book
from anahtar_web.tenders.forms import ColumnsForm, TakeBackForm, UploadForm, version_of
from anahtar_web.tenders.pages import ImportPage, ImportsPage
from anahtar_web.tenders.reading import Table, UnableToReadTenders, read_table
from anahtar_web.tenders.understanding import understand
from anahtar_web.ui.templatetags.shown import number


def _read(request: Request) -> Table | Refused:
    """Read the file before the work of the form begins: nobody waits for our lock while its reader works."""
    file: Any = request.FILES.get("file")
    if (why := refusal_of(request)) or file is None:
        return UnableToReadTenders(why or _("Choose a file: Excel, CSV or text with a row of headings."))
    try:
        return read_table(file.path, file.name, file.size, file.sha256)
    except Refused as refusal:
        return refusal


@edits(Right.WRITE_DOSSIER, parameters={"page"}, uploads=True, before=_read)
def imports(request: Request) -> HttpResponse:
    """Take a file in, and list those before."""
    found: Table | Refused | None = request.prepared if request.method == "POST" else None
    if isinstance(found, Table):
        return redirect("tenders:import", actions.keep_file(table=found, by=request.user).pk)
    form, refusal = UploadForm(request.POST if request.method == "POST" else None), str(found or "")
    page = ImportsPage.build(request.user, form, request.GET.get("page", ""), refusal)
    return render(request, "tenders/imports.html", {"page": page}, status=422 if refusal else 200)


@edits(Right.WRITE_DOSSIER, parameters={"page"})
def one(request: Request, pk: int) -> HttpResponse:
    """Show what a file comes to; the form says what its columns are."""
    of = import_for(request.user, pk)
    form = ColumnsForm(request.POST or None, of=of, user=request.user)
    if form.is_valid():
        try:
            actions.say_columns(of=of, mapping=form.mapping(), options=form.options(), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("tenders:import", pk)
    page = ImportPage.build(of, request.user, form, request.GET.get("page", ""))
    return render(request, "tenders/import.html", {"page": page}, status=422 if form.is_bound else 200)


@writes(Right.WRITE_DOSSIER)
def bring(request: Request, pk: int) -> HttpResponse:
    of = import_for(request.user, pk)
    made = actions.bring(of=of, version=version_of(request.POST.get("version", "")), by=request.user).made
    messages.success(
        request,
        ngettext("%(n)s tender is in the house.", "%(n)s tenders are in the house.", made) % {"n": number(made)},
    )
    return redirect("tenders:import", pk)


@edits(Right.WRITE_DOSSIER)
def take_back(request: Request, pk: int) -> HttpResponse:
    of = import_for(request.user, pk)
    form = TakeBackForm(request.POST or None, initial={"version": of.version})
    if form.is_valid():
        try:
            gone = actions.take_back(of=of, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = ngettext("%(n)s tender is taken back.", "%(n)s tenders are taken back.", gone)
            messages.success(request, said % {"n": number(gone)})
            return redirect("tenders:import", pk)
    page = ImportPage.build(of, request.user, ColumnsForm(of=of, user=request.user), "")
    return render(request, "tenders/take_back.html", {"page": page, "form": form}, status=422 if form.is_bound else 200)


@reads(Right.WRITE_DOSSIER)
def left(request: Request, pk: int) -> FileResponse:
    """Give the rows that are left out as they stand in the file, with what is to be done."""
    of = import_for(request.user, pk)
    name = slugify(_("tenders to correct")) or "to-correct"
    book = correction_book(of, understand(of, request.user))
    return FileResponse(book, as_attachment=True, filename=f"{name}-{of.pk}.xlsx")
