"""Looking at cases of an account, opening, changing and moving them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.views.asking import merged
from anahtar_web.audit.shown import Version
from anahtar_web.company import reasons as reasons_of
from anahtar_web.company.queries import today
from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.risks import actions
from anahtar_web.risks.access import case_for, reason_for
from anahtar_web.risks.forms import CaseForm, LossForm, MoveForm
from anahtar_web.risks.models import Case, LossRecord, Reason
from anahtar_web.risks.pages import (
    AccountPage,
    BoardPage,
    CasePage,
    ReasonsPage,
    WritePage,
    both_cases,
    both_losses,
)
from anahtar_web.tenders.forms import ReasonForm


@reads(parameters=frozenset({"mine", "overdue", "closed", "reason"}))
def board(request: Request) -> HttpResponse:
    """All cases one sees, stage by stage."""
    asked = request.GET.get("reason", "")
    reason = reason_for(int(asked)) if asked.isdecimal() and len(asked) < 10 else None
    return render(request, "risks/board.html", {"page": BoardPage.build(request.user, request.GET.dict(), reason)})


@edits(Right.DEFINE_DOSSIER)
def reasons(request: Request) -> HttpResponse:
    """Show the list of why accounts are lost, and add to it."""
    form = ReasonForm(request.POST or None, is_new=True)
    if form.is_valid():
        try:
            reasons_of.add(Reason, name=form.cleaned_data["name"], by=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Added; it can be chosen from now on."))
            return redirect("risks:reasons")
    page = ReasonsPage.build(request.user, form)
    return render(request, "risks/reasons.html", {"page": page}, status=422 if form.is_bound else 200)


@edits(Right.DEFINE_DOSSIER)
def reason(request: Request, pk: int) -> HttpResponse:
    """Change one of them."""
    found = reason_for(pk)
    form = ReasonForm(request.POST or None, is_new=False, initial=ReasonForm.initial_of(found))
    if form.is_valid():
        try:
            reasons_of.change(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("risks:reasons")
    return render(request, "risks/reason.html", {"reason": found, "form": form}, status=422 if form.is_bound else 200)


@reads()
def account(request: Request, pk: int) -> HttpResponse:
    page = AccountPage.build(account_for(request.user, pk), request.user)
    return render(request, "risks/account.html", {"page": page, "head": page.head})


@reads()
def case(request: Request, pk: int, case: int) -> HttpResponse:
    page = CasePage.build(_case(request.user, pk, case), request.user)
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
    found = _case(request.user, pk, case)
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
            found = _case(request.user, pk, case)
            form, both = CaseForm(_over(request, found.version), case=found), both_cases(found, said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("risks:case", pk, case)
    return _write(request, WritePage.build(found.account, request.user, form, _("Change the case"), found, both))


@edits(Right.WRITE_DOSSIER)
def move(request: Request, pk: int, case: int) -> HttpResponse:
    """Move a case to another stage."""
    found = _case(request.user, pk, case)
    if found.account.merged_into_id is not None:
        return merged(request, found.account)
    form, both = MoveForm(request.POST or None, case=found, initial={"version": found.version}), list[Version]()
    if form.is_valid():
        said = form.cleaned_data
        try:
            now = actions.move(
                case=found, stage=said["stage"], words=said["words"], seen=said["version"], by=request.user
            )
        except EditedMeanwhile:
            found = _case(request.user, pk, case)
            form = MoveForm(_over(request, found.version), case=found)
            both = both_cases(found, {"stage": said["stage"], "title": found.title})
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{now.title}: {now.get_stage_display()}")
            return redirect("risks:case", pk, case)
    return _write(request, WritePage.build(found.account, request.user, form, _("Move the case"), found, both))


@edits(Right.WRITE_DOSSIER)
def loss(request: Request, pk: int, case: int) -> HttpResponse:
    """Write down why the account was lost, or change it."""
    found = _case(request.user, pk, case)
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
            form, both = LossForm(_over(request, record.version), case=found), both_losses(record, said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("risks:case", pk, case)
    return _write(request, WritePage.build(found.account, request.user, form, _("Why it was lost"), found, both))


def _initial(record: LossRecord | None) -> dict[str, Any]:
    if record is None:
        return {"decided_on": today()}
    plain = ("version", "decided_on", "competitor", "would_return", "told_by", "source", "grade", "words", "lessons")
    return {name: getattr(record, name) for name in plain} | {"reasons": list(record.reasons.all())}


def _case(user: User, account: int, pk: int) -> Case:
    """Give a case at the address of its account only."""
    found = case_for(user, pk)
    if found.account_id != account:
        raise Http404
    return found


def _over(request: Request, version: int) -> Any:
    """What was sent, to be saved over the version that is shown beside it now."""
    sent: Any = request.POST.copy()
    sent["version"] = str(version)
    return sent


def _write(request: Request, page: WritePage) -> HttpResponse:
    status = 409 if page.both else 422 if page.form.is_bound else 200
    return render(request, "risks/write.html", {"page": page, "head": page.head}, status=status)
