"""The list of reasons."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.company import reasons as reasons_of
from anahtar_web.gate.policy import edits
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.tenders.access import reason_for
from anahtar_web.tenders.forms import ReasonForm
from anahtar_web.tenders.models import Reason
from anahtar_web.tenders.pages import ReasonsPage


@edits(Right.DEFINE_DOSSIER)
def reasons(request: Request) -> HttpResponse:
    """Show the list, and add to it."""
    form = ReasonForm(request.POST or None, is_new=True)
    if form.is_valid():
        try:
            reasons_of.add(Reason, name=form.cleaned_data["name"], by=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Added; it can be chosen from now on."))
            return redirect("tenders:reasons")
    page = ReasonsPage.build(request.user, form)
    return render(request, "tenders/reasons.html", {"page": page}, status=422 if form.is_bound else 200)


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
            return redirect("tenders:reasons")
    return render(request, "tenders/reason.html", {"reason": found, "form": form}, status=422 if form.is_bound else 200)
