"""Looking at cases of an account, opening and changing them, and writing down why one was lost."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.views.asking import merged
from anahtar_web.audit.shown import Version
from anahtar_web.company.queries import today
from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.risks import actions
from anahtar_web.risks.access import case_at
from anahtar_web.risks.forms import CaseForm, LossForm, over
from anahtar_web.risks.models import LossRecord
from anahtar_web.risks.pages import AccountPage, CasePage, WritePage, both_cases, both_losses


@reads()
def account(request: Request, pk: int) -> HttpResponse:
    page = AccountPage.build(account_for(request.user, pk), request.user)
    return render(request, "risks/account.html", {"page": page, "head": page.head})


@reads()
def case(request: Request, pk: int, case: int) -> HttpResponse:
    page = CasePage.build(case_at(request.user, pk, case), request.user)
    return render(request, "risks/case.html", {"page": page, "head": page.head})


@edits(Right.WRITE_DOSSIER)
def new(request: Request, pk: int) -> HttpResponse:
    """Open a case."""
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return merged(request, found)
    form = CaseForm(request.POST or None, initial={"owner": request.user.pk})
    if form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            made = actions.open_case(account=found, by=request.user, **said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The case is open."))
            return redirect("risks:case", pk, made.pk)
    return _write(request, WritePage.build(found, request.user, form, _("Open a case")))


@edits(Right.WRITE_DOSSIER)
def edit(request: Request, pk: int, case: int) -> HttpResponse:
    """Change what is written of a case."""
    found = case_at(request.user, pk, case)
    if found.account.merged_into_id is not None:
        return merged(request, found.account)
    initial: dict[str, Any] = {name: getattr(found, name) for name in (*actions.EDITED, "version")}
    initial |= {"owner": found.owner_id}
    form, both = CaseForm(request.POST or None, case=found, initial=initial), list[Version]()
    if form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            actions.edit_case(case=found, seen=form.cleaned_data["version"], fields=said, by=request.user)
        except EditedMeanwhile:
            found = case_at(request.user, pk, case)
            form, both = CaseForm(over(request, found.version), case=found), both_cases(found, said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("risks:case", pk, case)
    return _write(request, WritePage.build(found.account, request.user, form, _("Change the case"), found, both))


@edits(Right.WRITE_DOSSIER)
def loss(request: Request, pk: int, case: int) -> HttpResponse:
    """Write down why the account was lost, or change it."""
    found = case_at(request.user, pk, case)
    if found.account.merged_into_id is not None:
        return merged(request, found.account)
    record = LossRecord.objects.filter(case=found).first()
    form, both = LossForm(request.POST or None, case=found, initial=_initial(record)), list[Version]()
    if form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            if record is None:
                actions.record_loss(case=found, by=request.user, **said)
            else:
                actions.edit_loss(loss=record, seen=form.cleaned_data["version"], fields=said, by=request.user)
        except EditedMeanwhile:
            record = LossRecord.objects.select_related("competitor", "told_by").get(case=found)
            form, both = LossForm(over(request, record.version), case=found), both_losses(record, said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("risks:case", pk, case)
    page = WritePage.build(found.account, request.user, form, _("Why it was lost"), found, both)
    return _write(request, page, "risks/loss.html")


def _initial(record: LossRecord | None) -> dict[str, Any]:
    if record is None:
        return {"decided_on": today()}
    plain = ("version", "decided_on", "competitor", "would_return", "told_by", "source", "grade", "words", "lessons")
    return {name: getattr(record, name) for name in plain} | {"reasons": list(record.reasons.all())}


def _write(request: Request, page: WritePage, template: str = "risks/write.html") -> HttpResponse:
    status = 409 if page.both else 422 if page.form.is_bound else 200
    return render(request, template, {"page": page, "head": page.head}, status=status)
