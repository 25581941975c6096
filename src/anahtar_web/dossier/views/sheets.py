"""Contracts, reference rights and demands of an account."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.figures import figures
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.views.asking import Question, ask, merged
from anahtar_web.audit.shown import versions
from anahtar_web.dossier import actions
from anahtar_web.dossier.access import row_for, sheet_for
from anahtar_web.dossier.forms import SHEET_FORMS, ReasonForm, SheetForm, proposed_sheet
from anahtar_web.dossier.models import Kept
from anahtar_web.dossier.queries import versions_of_sheet
from anahtar_web.dossier.sheets import Sheet
from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile


@reads()
def sheet(request: Request, pk: int, sheet: str, row: int) -> HttpResponse:
    """Show every version of a sheet."""
    account, kind = account_for(request.user, pk), sheet_for(sheet)
    rows = versions_of_sheet(account, row_for(account, kind, row))
    context = {"account": account, "sheet": kind, "rows": rows, "may_write": request.user.may(Right.WRITE_DOSSIER)}
    return render(request, "dossier/_sheet.html" if request.htmx else "dossier/sheet.html", context)


@edits(Right.WRITE_DOSSIER)
def add_sheet(request: Request, pk: int, sheet: str) -> HttpResponse:
    account, kind = account_for(request.user, pk), sheet_for(sheet)
    form = SHEET_FORMS[sheet](request.POST or None, account=account, initial={"currency": figures().currency or "TRY"})
    return _keep(request, account, kind, form, None, reverse("dossier:add_sheet", args=[pk, sheet]))


@edits(Right.WRITE_DOSSIER)
def change_sheet(request: Request, pk: int, sheet: str, row: int) -> HttpResponse:
    account, kind = account_for(request.user, pk), sheet_for(sheet)
    seen = row_for(account, kind, row)
    made = SHEET_FORMS[sheet]
    form = made(request.POST or None, account=account, initial=proposed_sheet(seen, made))
    return _keep(request, account, kind, form, seen, reverse("dossier:change_sheet", args=[pk, sheet, row]))


def _keep(
    request: Request, account: Account, kind: Sheet, form: SheetForm, seen: Kept | None, address: str
) -> HttpResponse:
    if account.merged_into_id is not None:
        return merged(request, account)
    back = reverse("dossier:profile", args=[account.pk]) + f"#{kind.code}"
    context: dict[str, Any] = {"account": account, "sheet": kind, "seen": seen, "address": address, "back": back}
    if form.is_valid():
        # Whoever has been shown another version sends its key, and writes over that one.
        pk = form.cleaned_data["seen"]
        seen = row_for(account, kind, pk) if seen is not None and pk is not None else seen
        try:
            actions.keep(model=kind.model, account=account, fields=form.said, seen=seen, by=request.user)
        except EditedMeanwhile as refusal:
            return _meanwhile(request, refusal, account, kind, form, context)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    template = "dossier/_keep.html" if request.htmx else "dossier/keep.html"
    return render(request, template, {**context, "form": form}, status=422 if form.is_bound else 200)


def _meanwhile(
    request: Request,
    refusal: EditedMeanwhile,
    account: Account,
    kind: Sheet,
    form: SheetForm,
    context: dict[str, Any],
) -> HttpResponse:
    current: Any = refusal.current
    sent = request.POST.copy()
    sent["seen"] = str(current.pk)
    theirs = {name: _plain(getattr(current, name)) for name in form.said}
    yours = {name: _plain(value) for name, value in form.said.items()}
    again = SHEET_FORMS[kind.code](sent, account=account)
    shown = {"both": versions(kind.code, theirs, yours), "who": str(current.by), "when": current.recorded_at}
    return render(request, "dossier/keep.html", {**context, "form": again, **shown}, status=409)


def _plain(value: Any) -> Any:
    return str(value) if hasattr(value, "pk") else value


@edits(Right.WRITE_DOSSIER)
def remove_sheet(request: Request, pk: int, sheet: str, row: int) -> HttpResponse:
    account, kind = account_for(request.user, pk), sheet_for(sheet)
    seen = row_for(account, kind, row)
    question = Question(
        account,
        title=_("Take “%(sheet)s” out of the dossier?") % {"sheet": seen},
        sub=_("It holds no more; its versions stay readable as of their days."),
        do=_("Take it out"),
        icon="trash-2",
        back="dossier:profile",
        tone="destructive",
    )

    def act(said: dict[str, Any]) -> str:
        actions.remove(account=account, sheet=seen, by=request.user, **said)
        return _("Taken out.")

    return ask(request, question, ReasonForm(request.POST or None), act)
