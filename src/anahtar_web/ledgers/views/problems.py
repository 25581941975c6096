"""Rows that were not taken at face value."""

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from anahtar_web.gate.policy import reads
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.ledgers import correction_book, problem_files, storage
from anahtar_web.ledgers.access import import_for
from anahtar_web.ledgers.pages.problems import ProblemsPage, wanted_of

_FILTERS = frozenset({"q", "kind", "verdict", "file", "sort", "page"})


@reads(Right.SEE_IMPORTS, parameters=_FILTERS)
def problems(request: Request, pk: int) -> HttpResponse:
    page = ProblemsPage.build(of=import_for(pk), user=request.user, filters=request.GET.dict())
    template = "ledgers/_problem_rows.html" if request.htmx else "ledgers/problems.html"
    return render(request, template, {"page": page})


@reads(Right.SEE_IMPORTS, parameters=_FILTERS)
def problems_workbook(request: Request, pk: int) -> FileResponse:
    of = import_for(pk)
    path = storage.problems_of(of)
    if path is None:
        raise Http404
    book = problem_files.workbook(of, path, wanted_of(request.GET))
    return FileResponse(book, as_attachment=True, filename=f"{problem_files.name_of(of)}.xlsx")


@reads(Right.SEE_IMPORTS)
def corrections(request: Request, pk: int) -> FileResponse:
    of = import_for(pk)
    if not correction_book.is_ready(of):
        raise Http404
    name = slugify(_("to correct")) or "to-correct"
    book = correction_book.correction_book(of)
    return FileResponse(book, as_attachment=True, filename=f"{problem_files.name_of(of)}-{name}.xlsx")


@reads(Right.SEE_IMPORTS, parameters=_FILTERS)
def problems_text(request: Request, pk: int) -> StreamingHttpResponse:
    of = import_for(pk)
    path = storage.problems_of(of)
    if path is None:
        raise Http404
    answer = StreamingHttpResponse(
        problem_files.text(path, wanted_of(request.GET)), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{problem_files.name_of(of)}.csv"'
    return answer
