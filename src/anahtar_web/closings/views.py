"""Addresses to pages: parse, one call, render."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.closings.access import month_for
from anahtar_web.closings.actions import closing as closings
from anahtar_web.closings.actions import settling
from anahtar_web.closings.forms import CloseForm, RuleForm, SettleForm
from anahtar_web.closings.pages import ClosingPage, MonthPage
from anahtar_web.closings.queries import closable
from anahtar_web.gate.policy import reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile


@reads(Right.SEE_SETTINGS)
def closing(request: Request) -> HttpResponse:
    return _page(request, ClosingPage.build(request.user))


@writes(Right.CLOSE_MONTHS)
def close(request: Request) -> HttpResponse:
    form = CloseForm(request.POST, months=closable())
    if not form.is_valid():
        return _page(request, ClosingPage.build(request.user, close=form), 422)
    closings.ask_to_close(until=form.month, by=request.user)
    messages.success(request, _("The months are being added up; they are closed in a moment."))
    return redirect("closings:closing")


@writes(Right.CLOSE_MONTHS)
def save(request: Request) -> HttpResponse:
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _page(request, ClosingPage.build(request.user, changed=form), 422)
    said = form.cleaned_data
    try:
        closings.change_rule(version=said["version"], days=said["days"], reason=said["reason"], by=request.user)
    except EditedMeanwhile as refusal:
        # Whoever sends the form again has seen the other version: it is saved over that one.
        sent = request.POST.copy()
        sent["version"] = str(refusal.current.version)  # type: ignore[attr-defined]  # the row is a rule
        page = ClosingPage.build(request.user, changed=RuleForm(sent))
        return _page(request, page.beside({"days": page.rule.days}, {"days": said["days"]}), 409)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, ClosingPage.build(request.user, changed=form), 422)
    messages.success(request, _("Saved."))
    return redirect("closings:closing")


@reads(Right.SEE_SETTINGS)
def month(request: Request, pk: int) -> HttpResponse:
    page = MonthPage.build(month_for(pk), request.user)
    return render(request, "closings/month.html", {"page": page})


@writes(Right.CLOSE_MONTHS)
def accept(request: Request, pk: int) -> HttpResponse:
    return _settle(request, pk, "accept")


@writes(Right.CLOSE_MONTHS)
def reopen(request: Request, pk: int) -> HttpResponse:
    return _settle(request, pk, "reopen")


def _settle(request: Request, pk: int, which: str) -> HttpResponse:
    row, form = month_for(pk), SettleForm(request.POST, auto_id=f"{which}_%s")
    if not form.is_valid():
        page = MonthPage.build(row, request.user, sent=form, which=which)
        return render(request, "closings/month.html", {"page": page}, status=422)
    decide = settling.accept if which == "accept" else settling.reopen
    decide(of=row, version=form.cleaned_data["version"], reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("Saved."))
    return redirect("closings:month", pk)


def _page(request: Request, page: ClosingPage, status: int = 200) -> HttpResponse:
    return render(request, "closings/closing.html", {"page": page}, status=status)
