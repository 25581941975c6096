"""The timeline: parse, one call, render."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from anahtar_web.accounts.access import account_for
from anahtar_web.company.queries import today
from anahtar_web.gate.policy import reads
from anahtar_web.history.pages import TimelinePage
from anahtar_web.history.pages.asking import PARAMETERS, Asking


@reads(parameters=PARAMETERS)
def account(request: Any, pk: int) -> HttpResponse:
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return redirect("history:account", found.merged_into_id)
    page = TimelinePage.build(found, request.user, Asking.of(request.GET, today()))
    template = "history/_timeline.html" if request.htmx else "history/account.html"
    return render(request, template, {"page": page, "head": page.head})
