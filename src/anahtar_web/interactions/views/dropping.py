"""Files of mails, calendar entries and address cards: dropped, looked at, taken."""

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.forms import AccountField
from anahtar_web.accounts.views.asking import merged
from anahtar_web.files.incoming import IncomingFile, refusal_of
from anahtar_web.gate.policy import edits, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.interactions.access import dropped_for
from anahtar_web.interactions.actions.dropping import Choice, Taken, take
from anahtar_web.interactions.actions.enclosing import Looked, drop_unkept
from anahtar_web.interactions.actions.waiting import Opened, keep_dropped, look_through, open_dropped
from anahtar_web.interactions.models import Dropped, Kind
from anahtar_web.interactions.pages.dropped import DroppedPage
from anahtar_web.ui.templatetags.shown import number


def _open(request: Request, pk: int) -> Opened | Refused | None:
    """Read what was dropped, before anybody who writes has to wait for it."""
    files = cast(list[IncomingFile], request.FILES.getlist("files"))
    if account_for(request.user, pk).merged_into_id is not None or not files:
        return None
    try:
        return open_dropped(path=files[0].path, name=files[0].name)
    except Refused as refused:
        return refused


@writes(Right.WRITE_DOSSIER, uploads=True, before=_open)
def drop(request: Request, pk: int) -> HttpResponse:
    found, opened = account_for(request.user, pk), request.prepared
    if found.merged_into_id is not None:
        return merged(request, found)
    if not isinstance(opened, Opened):
        messages.error(request, str(opened or "") or refusal_of(request) or _("Choose a file first."))
        return redirect("interactions:account", pk)
    kept = keep_dropped(opened=opened, account=found, by=request.user)
    return redirect("interactions:dropped", kept.pk)


def _look(request: Request, pk: int) -> dict[int, list[Looked]]:
    """Check the files of what is ticked, before anybody who writes has to wait for it."""
    found = dropped_for(request.user, pk)
    return look_through(found, [at for at in range(len(found.items)) if f"take-{at}" in request.POST])


@edits(Right.WRITE_DOSSIER, before=_look)
def dropped(request: Request, pk: int) -> HttpResponse:
    found = dropped_for(request.user, pk)
    errors: dict[int, tuple[str, str]] = {}
    if request.method == "POST":
        choices = _choices(request, found, errors)
        if not errors:
            taken = take(dropped=found, choices=choices, looked=request.prepared, by=request.user)
            drop_unkept(request.prepared)
            _tell(request, taken)
            account = choices[0].account if choices else found.account
            return redirect("interactions:account", account.pk) if account else redirect("interactions:list")
        drop_unkept(request.prepared)
    page = DroppedPage.build(found, request.user, errors)
    return render(request, "interactions/dropped.html", {"page": page}, status=422 if errors else 200)


def _choices(request: Request, found: Dropped, errors: dict[int, tuple[str, str]]) -> list[Choice]:
    """Read what is to become of each thing; an account that is not understood is an error beside it."""
    choices, field = [], AccountField(user=request.user)
    for at in range(len(found.items)):
        if f"take-{at}" not in request.POST:
            continue
        typed, kind = request.POST.get(f"account-{at}", ""), request.POST.get(f"kind-{at}", "")
        try:
            account = field.clean(typed)
        except forms.ValidationError as error:
            errors[at] = (typed, " ".join(error.messages))
            continue
        new = frozenset(request.POST.getlist(f"new-{at}"))
        choices.append(Choice(at, account, kind if kind in Kind.values else "", new))
    return choices


def _tell(request: Request, taken: Taken) -> None:
    if taken.interactions:
        n = taken.interactions
        messages.success(request, ngettext("%(n)s taken.", "%(n)s taken.", n) % {"n": number(n)})
    if taken.people:
        n = taken.people
        messages.success(request, ngettext("%(n)s new person.", "%(n)s new people.", n) % {"n": number(n)})
    if not (taken.interactions or taken.people or taken.refused):
        messages.info(request, _("Nothing was taken."))
    for sentence in taken.refused[:5]:
        messages.warning(request, sentence)
