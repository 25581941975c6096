"""The matrix of relations: looked at, and edited cell by cell."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.views.asking import merged
from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.stakeholders import actions
from anahtar_web.stakeholders.access import colleague_for, stakeholder_for
from anahtar_web.stakeholders.forms import RelationForm
from anahtar_web.stakeholders.models import Relation, Stakeholder
from anahtar_web.stakeholders.pages import Look, MatrixPage
from anahtar_web.stakeholders.queries import steps_of


@reads(parameters={"on", "text", "role", "stance", "unit"})
def matrix(request: Request, pk: int) -> HttpResponse:
    page = MatrixPage.build(account_for(request.user, pk), request.user, Look.build(request.GET))
    template = "stakeholders/_matrix.html" if request.htmx else "stakeholders/matrix.html"
    return render(request, template, {"page": page, "head": page.head})


@edits(Right.WRITE_DOSSIER)
def relation(request: Request, pk: int, who: int, colleague: int) -> HttpResponse:
    """Ask how one of us stands with one of them, with every earlier word below."""
    account = account_for(request.user, pk)
    found, one = stakeholder_for(account, who), colleague_for(colleague)
    if account.merged_into_id is not None:
        return merged(request, account)
    steps = steps_of(found, one)
    form = RelationForm(request.POST or None, initial=_initial(steps[0] if steps else None))
    if form.is_valid():
        try:
            actions.relate(who=found, colleague=one, by=request.user, **form.cleaned_data)
        except EditedMeanwhile as refusal:
            return _conflict(request, account, refusal, found, one)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("stakeholders:matrix", pk)
    return _form(request, account, form, found, one, 422 if form.is_bound else 200)


def _initial(held: Relation | None) -> dict[str, object]:
    if held is None:
        return {}
    return {"seen": held.pk, "level": held.level, "desired": held.desired, "note": held.note}


def _form(
    request: Request,
    account: Account,
    form: RelationForm,
    who: Stakeholder,
    colleague: User,
    status: int,
    current: Relation | None = None,
) -> HttpResponse:
    template = "stakeholders/_relation.html" if request.htmx else "stakeholders/relation.html"
    context = {"account": account, "form": form, "who": who, "colleague": colleague, "current": current}
    return render(request, template, context | {"steps": steps_of(who, colleague)}, status=status)


def _conflict(
    request: Request, account: Account, refusal: EditedMeanwhile, who: Stakeholder, colleague: User
) -> HttpResponse:
    current = refusal.current
    assert isinstance(current, Relation)
    sent = request.POST.copy()
    sent["seen"] = str(current.pk)
    return _form(request, account, RelationForm(sent), who, colleague, 409, current)
