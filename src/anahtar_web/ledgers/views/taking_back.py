"""An import leaves the ledger."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from anahtar_web.gate.policy import edits
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.ledgers.access import import_for
from anahtar_web.ledgers.actions import taking_back
from anahtar_web.ledgers.forms import TakeBackForm
from anahtar_web.ledgers.models import State
from anahtar_web.ledgers.pages.taking_back import TakeBackPage


@edits(Right.IMPORT)
def take_back(request: Request, pk: int) -> HttpResponse:
    of = import_for(pk)
    form = TakeBackForm(request.POST if request.method == "POST" else None, initial={"version": of.version})
    if request.method == "POST" and form.is_valid():
        taking_back.take_back(
            of, version=form.cleaned_data["version"], reason=form.cleaned_data["reason"], by=request.user
        )
        return redirect("ledgers:import", pk)
    if of.state != State.IMPORTED:
        return redirect("ledgers:import", pk)
    page = TakeBackPage.build(of=of, form=form, user=request.user)
    return render(request, "ledgers/take_back.html", {"page": page}, status=422 if request.method == "POST" else 200)
