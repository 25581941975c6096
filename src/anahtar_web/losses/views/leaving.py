"""Lists of losses as files."""

from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anahtar_web.company.queries import today
from anahtar_web.gate.policy import edits
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.losses import actions, exports
from anahtar_web.losses.access import the_report
from anahtar_web.losses.forms import ExportForm
from anahtar_web.losses.pages import ExportPage
from anahtar_web.losses.pages.accounts import PARAMETERS, Asked
from anahtar_web.losses.pages.way_back import PARAMETERS as OF_WAY_BACK
from anahtar_web.losses.pages.way_back import is_valued
from anahtar_web.losses.views.reading import asked_ways
from anahtar_web.ui.workbook import answer


@edits(Right.EXPORT, parameters=PARAMETERS)
def export_accounts(request: Request) -> HttpResponseBase:
    """Take the accounts of the bridge out, as the list is narrowed."""
    run, _report = the_report()
    asked = Asked.of(request.GET.dict())
    rows = asked.rows(request.user, run)
    page = ExportPage.build(
        request.user, title=_("Accounts of the bridge"), rows=rows.count(), back=reverse("losses:accounts")
    )
    told = {"verb": "losses.exported", "run": run, "asked": asked.address}
    return _exported(
        request, page, told, pgettext("name of a file", "losses"), lambda: exports.bridge(rows, run, request.user)
    )


@edits(Right.EXPORT, parameters=OF_WAY_BACK)
def export_ways_back(request: Request) -> HttpResponseBase:
    """Take the ranking of the way back out, as it is narrowed."""
    run, report = the_report()
    _form, asked = asked_ways(request)
    valued = is_valued(request.user, report)
    rows = asked.rows(request.user, run, valued=valued)
    page = ExportPage.build(request.user, title=_("The way back"), rows=rows.count(), back=reverse("losses:way_back"))
    told = {"verb": "losses.way_back_exported", "run": run, "asked": asked.address(request.GET.get("cost", ""))}
    cost = asked.attempt if valued else None
    return _exported(
        request,
        page,
        told,
        pgettext("name of a file", "way-back"),
        lambda: exports.ways_back(rows, run, request.user, cost),
    )


def _exported(
    request: Request, page: ExportPage, told: dict[str, Any], name: str, content: Callable[[], bytes]
) -> HttpResponseBase:
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_out(**told, rows=page.rows, by=request.user, **form.cleaned_data)
            return answer(content(), f"{name}-{today():%Y-%m-%d}")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if request.method == "POST" else 200
    return render(request, "losses/export.html", {"page": page, "form": form}, status=status)
