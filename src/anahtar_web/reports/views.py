"""Addresses to pages: parse, one call, render."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.gate.policy import edits, writes
from anahtar_web.gate.rights import Right
from anahtar_web.insight.portfolio.asked import PARAMETERS
from anahtar_web.insight.queries import current_run
from anahtar_web.people.mails import absolute
from anahtar_web.reports import actions
from anahtar_web.reports.access import subscription_for, subscription_of
from anahtar_web.reports.files import PDF, XLSX, name_of, parts
from anahtar_web.reports.forms import SubscribeForm
from anahtar_web.reports.gathering import UnableToReport, gather
from anahtar_web.reports.pages import ReportPage, said


@edits(Right.EXPORT, parameters=PARAMETERS)
def report(request: Any) -> HttpResponseBase:
    """Show what can be taken out or mailed; give the file."""
    if request.method == "POST":
        form = request.POST.get("form", "")
        if form not in actions.FORMS:
            raise BadRequest(f"unknown form {form!r}")
        found = gather(request.user, current_run(), request.GET)
        return _file(actions.take(found=found, form=form, by=request.user))
    try:
        found = gather(request.user, current_run(), request.GET, most=1)
    except UnableToReport as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("insight:portfolio"))
    context = {"page": ReportPage.build(request.user, found), "subscribing": SubscribeForm()}
    return render(request, "reports/report.html", context)


def _file(taken: actions.Taken) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        parts(taken),
        content_type=PDF if taken.form == "pdf" else XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name_of(taken.form)}"'},
    )


@writes(Right.KEEP_VIEWS, parameters=PARAMETERS)
def subscribe(request: Any) -> HttpResponse:
    """Let somebody have the report of the filter every month."""
    found = gather(request.user, current_run(), request.GET, most=1)
    form = SubscribeForm(request.POST)
    form.is_valid()
    address = found.asking.asked.address()
    actions.subscribe(
        # Without the saved view that is open: it is no part of the filter, and may be gone or another one in a month.
        query=found.asking.asked.query(),
        label=said(found),
        workbook=form.cleaned_data["workbook"],
        origin=absolute(request, ""),
        by=request.user,
    )
    messages.success(request, _("The report of this filter comes by mail every month."))
    return HttpResponseRedirect(reverse("reports:report") + address)


@writes(Right.KEEP_VIEWS)
def unsubscribe(request: Any, pk: int) -> HttpResponse:
    """End a monthly report of one's own."""
    actions.unsubscribe(subscription=subscription_for(request.user, pk), by=request.user)
    messages.success(request, _("The monthly report has ended."))
    return HttpResponseRedirect(reverse("reports:report"))


@edits(public=True)
def stop(request: Any, token: str) -> HttpResponse:
    """End a monthly report by the link of its mail. Asking for the page ends nothing: programs follow links too."""
    subscription = subscription_of(token)
    if request.method == "POST" and subscription is not None:
        actions.unsubscribe(subscription=subscription, by=subscription.person)
        subscription = None
    return render(request, "reports/stop.html", {"subscription": subscription})
