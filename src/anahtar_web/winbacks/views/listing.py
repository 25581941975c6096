"""Lists are kept, changed and taken out, and cases are opened from them."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.accounts.directions import directions
from anahtar_web.accounts.figures import figures
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.gate.policy import edits, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Field, Right
from anahtar_web.insight.queries import current_run
from anahtar_web.tenders.exports import CSV
from anahtar_web.ui.templatetags.shown import number
from anahtar_web.ui.text import sort_key
from anahtar_web.ui.workbook import XLSX
from anahtar_web.winbacks import actions, exports
from anahtar_web.winbacks.access import list_for
from anahtar_web.winbacks.asked import Narrow
from anahtar_web.winbacks.forms import ListForm
from anahtar_web.winbacks.forms.campaigns import ExportForm
from anahtar_web.winbacks.models import MOST, WinbackList
from anahtar_web.winbacks.pages import Asking
from anahtar_web.winbacks.pages.listing import in_words
from anahtar_web.winbacks.queries import all_left_alone, members, rank
from anahtar_web.winbacks.views.asking import ask


@edits(Right.RUN_WINBACKS)
def new(request: Request) -> HttpResponse:
    form = _form(request, {"state": "lost"})
    asking = Asking(
        _("Keep a win-back list"),
        _("Keep the list"),
        reverse("winbacks:overview"),
        _("Win-back"),
        sub=_("Who is on it is reckoned whenever it is looked at, from the figures of that day."),
    )

    def act() -> str:
        cost = form.cleaned_data.get("cost") or 0
        made = actions.keep_list(name=form.cleaned_data["name"], narrow=form.narrow(), cost=cost, by=request.user)
        return reverse("winbacks:list", args=[made.pk])

    return ask(request, asking, form, act, said=_("The list is kept."))


@edits(Right.RUN_WINBACKS)
def edit(request: Request, pk: int) -> HttpResponse:
    kept = list_for(pk)
    form = _form(request, _told(kept))
    back = reverse("winbacks:list", args=[pk])
    asking = Asking(_("Change the list"), _("Save"), back, kept.name)

    def act() -> str:
        said = form.cleaned_data
        cost = (said["cost"] or 0) if "cost" in said else kept.cost
        told = {"name": said["name"], "narrow": form.narrow(), "cost": cost}
        actions.change_list(kept=kept, seen=said["version"], by=request.user, **told)
        return back

    return ask(request, asking, form, act, said=_("The list is changed."))


def _form(request: Request, initial: dict[str, Any]) -> ListForm:
    sees = request.user.sees(Field.OFFER)
    # A direction the ledger no longer has stays what the list is narrowed by.
    names = sorted({*directions(), initial.get("direction") or ""} - {""}, key=sort_key)
    return ListForm(request.POST or None, directions=names, sees_cost=sees, initial=initial)


def _told(kept: WinbackList) -> dict[str, Any]:
    narrow = Narrow.kept(kept.query)
    told = {name: getattr(narrow, name) for name in Narrow.__dataclass_fields__}
    return told | {"name": kept.name, "cost": kept.cost, "version": kept.version}


@writes(Right.WRITE_DOSSIER)
def open_cases(request: Request, pk: int) -> HttpResponse:
    kept = list_for(pk)
    asked = [int(text) for text in request.POST.getlist("account") if text.isdecimal() and len(text) < 19]
    if len(asked) > MOST:
        raise Http404
    # What is absent or invisible is left out, both alike.
    found = list(Account.objects.visible_to(request.user, among=asked).order_by("pk"))
    if not found:
        raise actions.UnableToKeepList(_("Choose accounts first: tick those for which a case is to be opened."))
    made = actions.open_cases(accounts=found, by=request.user)
    words = ngettext("%(n)s case is opened.", "%(n)s cases are opened.", made) % {"n": number(made)}
    messages.success(request, words)
    return redirect("winbacks:list", kept.pk)


@edits(Right.EXPORT)
def export(request: Request, pk: int) -> HttpResponseBase:
    """Take the list out, as it stands now."""
    kept = list_for(pk)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _file(request, kept, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    count = rank(request.user, current_run(), Narrow.kept(kept.query), kept.cost).count()
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "winbacks/export.html", {"kept": kept, "count": count, "form": form}, status=status)


def _file(request: Request, kept: WinbackList, asked: Mapping[str, str]) -> HttpResponseBase:
    narrow, alone, form = Narrow.kept(kept.query), all_left_alone(today()), asked["form"]
    ranked = rank(request.user, current_run(), narrow, kept.cost)
    is_handed_on = asked["readers"] == exports.HANDED_ON
    if is_handed_on:
        ranked = ranked.exclude(account__in=alone)
    found = list(ranked)
    actions.take_out(
        kept=kept, rows=len(found), handed_on=is_handed_on, form=form, reason=asked["reason"], by=request.user
    )
    rows = members(found, request.user)
    if is_handed_on:
        content = exports.handed_on(rows, request.user, form)
    else:
        told = in_words(narrow, figures().currency)
        content = exports.content(kept, rows, told, request.user, alone=alone, form=form)
    # Streamed: what is answered is kept for a second copy of the form, and a file is none of that.
    name = f"{_('win-back')}-{today():%Y-%m-%d}.{form}"
    return StreamingHttpResponse(
        iter([content]),
        content_type=XLSX if form == "xlsx" else CSV,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
