"""Five facts to confirm this week."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.accounts.queries import survivor
from anahtar_web.dossier import actions
from anahtar_web.dossier.access import fact_seen
from anahtar_web.dossier.pages import ConfirmingPage
from anahtar_web.gate.policy import reads, writes
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right


@reads()
def to_confirm(request: Request) -> HttpResponse:
    return render(request, "dossier/to_confirm.html", {"page": ConfirmingPage.build(request.user)})


@writes(Right.WRITE_DOSSIER)
def answer_yes(request: Request, fact: int) -> HttpResponse:
    """Confirm it as it stands."""
    found, kind = fact_seen(request.user, fact)
    actions.confirm(account=survivor(found.account), fact=found, kind=kind, by=request.user)
    return _answered(request, _("Confirmed."))


@writes(Right.WRITE_DOSSIER)
def answer_later(request: Request, fact: int) -> HttpResponse:
    """Say that one does not know."""
    found, kind = fact_seen(request.user, fact)
    actions.postpone(account=survivor(found.account), fact=found, kind=kind, by=request.user)
    return _answered(request, _("You are asked again in four weeks."))


def _answered(request: Request, sentence: str) -> HttpResponse:
    if request.htmx:
        return render(request, "dossier/_five.html", {"page": ConfirmingPage.build(request.user)})
    messages.success(request, sentence)
    return redirect("dossier:to_confirm")
