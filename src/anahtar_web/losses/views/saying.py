"""Accounts that went on under another code: reading them, and saying so."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.losses import actions
from anahtar_web.losses.access import the_report
from anahtar_web.losses.forms import SuccessionForm
from anahtar_web.losses.pages import SuccessorsPage


@reads(parameters={"page"})
def successors(request: Request) -> HttpResponse:
    page = SuccessorsPage.build(request.user, *the_report(), request.GET.get("page", ""))
    return render(request, "losses/successors.html", {"page": page})


@edits(Right.CURATE_ACCOUNTS)
def say(request: Request) -> HttpResponse:
    form = SuccessionForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            said = actions.say_of(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = {"old": said.old, "new": said.new}
            text = _("%(old)s goes on as %(new)s.") if said.goes_on else _("%(old)s and %(new)s are not one.")
            messages.success(request, f"{text % told} {_('The ledger is analysed anew; the figures follow.')}")
            return redirect("losses:successors")
    return render(request, "losses/say.html", {"form": form}, status=422 if form.is_bound else 200)
