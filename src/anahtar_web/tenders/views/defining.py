"""The list of reasons."""

from django.http import HttpResponse

from anahtar_web.company.keeping_reasons import change_one, keep_list
from anahtar_web.gate.policy import edits
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
    return keep_list(
        request, Reason, form, page=ReasonsPage.build, template="tenders/reasons.html", back="tenders:reasons"
    )


@edits(Right.DEFINE_DOSSIER)
def reason(request: Request, pk: int) -> HttpResponse:
    """Change one of them."""
    found = reason_for(pk)
    form = ReasonForm(request.POST or None, is_new=False, initial=ReasonForm.initial_of(found))
    return change_one(request, found, form, template="tenders/reason.html", back="tenders:reasons")
