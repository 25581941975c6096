"""Addresses to pages: parse, one call, render."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from anahtar_web.accounts.access import account_for
from anahtar_web.briefing import actions
from anahtar_web.briefing.document import KINDS, name_of, parts
from anahtar_web.briefing.forms import TakeForm
from anahtar_web.briefing.pages import BriefingPage
from anahtar_web.company.days import asked_day
from anahtar_web.gate.policy import reads, writes
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.insight.queries import current_run


@reads(parameters={"on"})
def account(request: Request, pk: int) -> HttpResponse:
    found = account_for(request.user, pk)
    page = BriefingPage.build(found, request.user, current_run(), asked_day(request.GET.get("on", "")))
    return render(request, "briefing/account.html", {"page": page, "head": page.head})


@writes(Right.EXPORT)
def document(request: Request, pk: int) -> StreamingHttpResponse:
    found = account_for(request.user, pk)
    form = TakeForm(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    taken = actions.take(account=found, form=said["form"], on=asked_day(request.POST.get("on", "")), by=request.user)
    return StreamingHttpResponse(
        parts(taken),
        content_type=KINDS[taken.form],
        headers={"Content-Disposition": f'attachment; filename="{name_of(taken)}"'},
    )
