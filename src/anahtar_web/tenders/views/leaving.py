"""A list of tenders is taken out."""

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from anahtar_web.gate.policy import edits
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.tenders import actions, exports
from anahtar_web.tenders.asked import PARAMETERS, Asked
from anahtar_web.tenders.forms import ExportForm
from anahtar_web.tenders.pages import ExportPage
from anahtar_web.ui.templatetags.shown import moment


@edits(Right.EXPORT, parameters=PARAMETERS)
def export(request: Request) -> HttpResponseBase:
    asked = Asked.of(request.GET)
    form = ExportForm(request.POST or None, initial={"form": "xlsx"})
    if form.is_valid():
        try:
            return _file(request, asked, form.cleaned_data["form"], form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
    page = ExportPage.build(request.user, asked)
    return render(request, "tenders/export.html", {"page": page, "form": form}, status=422 if form.is_bound else 200)


def _file(request: Request, asked: Asked, form: str, reason: str) -> HttpResponseBase:
    rows = asked.narrow(request.user).count()
    entry = actions.take_out(rows=rows, form=form, asked=asked.query(), reason=reason, by=request.user)
    remark = _("Taken out by %(who)s on %(when)s · trail %(entry)s") % {
        "who": request.user,
        "when": moment(entry.at),
        "entry": entry.pk,
    }
    told = exports.rows(asked.ordered(request.user), request.user)
    make = exports.workbook if form == "xlsx" else exports.text
    # Streamed: what is answered is kept for a second copy of the form, and a file is none of that.
    answer = StreamingHttpResponse(
        [make(told, exports.head(request.user), remark)],
        content_type=exports.XLSX if form == "xlsx" else exports.CSV,
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{_("tenders")}.{form}"'
    return answer
