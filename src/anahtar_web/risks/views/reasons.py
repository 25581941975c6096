"""The list of why accounts are lost."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.company import reasons as reasons_of
from anahtar_web.gate.policy import edits
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.risks.access import reason_for
from anahtar_web.risks.models import Reason
from anahtar_web.risks.pages import ReasonsPage
from anahtar_web.tenders.forms import ReasonForm


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
