"""Pages of the trail."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.shortcuts import render

from anahtar_web.audit import export
from anahtar_web.audit.forms import TrailForm
from anahtar_web.audit.pages import Trail
from anahtar_web.audit.queries import all_of
from anahtar_web.gate.policy import reads
from anahtar_web.gate.rights import Right


@reads(Right.READ_TRAIL, parameters=TrailForm.base_fields)
def trail(request: HttpRequest) -> HttpResponse:
    page = Trail.build(request.GET, reader=request.user)
    template = "audit/_results.html" if request.htmx else "audit/trail.html"  # type: ignore[attr-defined]
    return render(request, template, {"page": page}, status=400 if page.form.errors else 200)


@reads(Right.READ_TRAIL, parameters=TrailForm.base_fields)
def trail_file(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    form = TrailForm(request.GET)
    if not form.is_valid():
        return HttpResponseBadRequest()
    lines = export.rows(all_of(form.asked(), reader=request.user))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="trail.csv"'
    return answer
