"""One person: looked at, written down, changed, left."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.views.asking import merged
from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.stakeholders import actions
from anahtar_web.stakeholders.access import stakeholder_for
from anahtar_web.stakeholders.forms import PersonForm
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.stakeholders.pages import EditPage, Look, PersonPage
from anahtar_web.stakeholders.queries import people_of


@reads(parameters={"on"})
def person(request: Request, pk: int, who: int) -> HttpResponse:
    account = account_for(request.user, pk)
    page = PersonPage.build(account, stakeholder_for(account, who), request.user, Look.build(request.GET))
    if page is None:
        raise Http404
    template = "stakeholders/_person.html" if request.htmx else "stakeholders/person.html"
    return render(request, template, {"page": page, "head": page.head})


@edits(Right.WRITE_DOSSIER, parameters={"under", "gap"})
def new(request: Request, pk: int) -> HttpResponse:
    account = account_for(request.user, pk)
    if account.merged_into_id is not None:
        return merged(request, account)
    people = people_of(account)
    under = next((who for who in people if str(who.pk) == request.GET.get("under")), None)
    form = PersonForm(request.POST or None, people=people, initial={"reports_to": under})
    if form.is_valid():
        try:
            made = actions.add(account=account, fields=_said(form), by=request.user)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), str(refusal))
        else:
            messages.success(request, _("%(person)s stands on the map.") % {"person": made})
            return redirect(f"{reverse('stakeholders:map', args=[pk])}?who={made.pk}")
    page = EditPage.build(account, request.user, form)
    return _form(request, page, 422 if form.is_bound else 200)


@edits(Right.WRITE_DOSSIER)
def edit(request: Request, pk: int, who: int) -> HttpResponse:
    account = account_for(request.user, pk)
    found = stakeholder_for(account, who)
    if account.merged_into_id is not None:
        return merged(request, account)
    people = [one for one in people_of(account) if one.pk != found.pk]
    form = PersonForm(request.POST or None, people=people, initial=_initial(found))
    if form.is_valid():
        try:
            actions.edit(who=found, version=form.cleaned_data["version"], fields=_said(form), by=request.user)
        except EditedMeanwhile as refusal:
            return _conflict(request, account, refusal, form, people)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("stakeholders:person", pk, who)
    page = EditPage.build(account, request.user, form, found)
    return _form(request, page, 422 if form.is_bound else 200)


def _initial(who: Stakeholder) -> dict[str, Any]:
    values = {name: getattr(who, name) for name in ("version", *actions.EDITED)}
    return values | {"more_roles": who.more_roles.split()}


def _said(form: Form) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _form(request: Request, page: EditPage, status: int) -> HttpResponse:
    return render(request, "stakeholders/edit.html", {"page": page, "head": page.head}, status=status)


def _conflict(
    request: Request, account: Account, refusal: EditedMeanwhile, form: PersonForm, people: list[Stakeholder]
) -> HttpResponse:
    current = refusal.current
    assert isinstance(current, Stakeholder)
    # Whoever sends the form again has seen the other version: it is saved over that one.
    sent = request.POST.copy()
    sent["version"] = str(current.version)
    again = PersonForm(sent, people=people)
    page = EditPage.beside(account, request.user, again, current, form.cleaned_data)
    return _form(request, page, 409)
