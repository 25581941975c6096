"""Imports as a list, one import, and its files."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render

from anahtar_web.gate.policy import reads, writes
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.ledgers import storage
from anahtar_web.ledgers.access import file_for, import_for
from anahtar_web.ledgers.actions import deciding
from anahtar_web.ledgers.pages.listing import ListPage
from anahtar_web.ledgers.pages.summary import SummaryPage


@reads(Right.SEE_IMPORTS, parameters={"q", "state", "person", "page"})
def imports(request: Request) -> HttpResponse:
    page = ListPage.build(user=request.user, filters=request.GET.dict())
    template = "ledgers/_list.html" if request.htmx else "ledgers/list.html"
    return render(request, template, {"page": page})


@reads(Right.SEE_IMPORTS)
def summary(request: Request, pk: int) -> HttpResponse:
    return render(request, "ledgers/import.html", {"page": SummaryPage.build(of=import_for(pk), user=request.user)})


@writes(Right.IMPORT)
def cancel(request: Request, pk: int) -> HttpResponse:
    deciding.cancel(import_for(pk), by=request.user)
    return redirect("ledgers:import", pk)


@reads(Right.SEE_IMPORTS)
def source(request: Request, pk: int, file: int) -> FileResponse:
    kept = file_for(import_for(pk), file)
    # Never shown by the browser, whatever is in it: `octet-stream` and an attachment under its own name.
    answer = FileResponse(
        storage.path_of(kept).open("rb"),
        as_attachment=True,
        filename=kept.name,
        content_type="application/octet-stream",
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
