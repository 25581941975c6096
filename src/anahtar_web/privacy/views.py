"""Addresses about what is held of persons."""

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.views.asking import merged
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.privacy import actions
from anahtar_web.privacy.forms import EraseForm
from anahtar_web.privacy.pages import ErasePage, ErasuresPage, PersonPage
from anahtar_web.privacy.places import places
from anahtar_web.stakeholders.access import stakeholder_for


@reads(Right.PROTECT_PERSONS)
def person(request: Request, pk: int, who: int) -> HttpResponse:
    account = account_for(request.user, pk)
    page = PersonPage.build(account, stakeholder_for(account, who), request.user)
    return render(request, "privacy/person.html", {"page": page, "head": page.head})


@writes(Right.PROTECT_PERSONS)
def export(request: Request, pk: int, who: int) -> StreamingHttpResponse:
    account = account_for(request.user, pk)
    made = actions.export(who=stakeholder_for(account, who), by=request.user)
    # Streamed: a plain answer would be kept for a day, to be given again to a form that is sent twice.
    return StreamingHttpResponse(
        [made.content],
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{made.name}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


@edits(Right.PROTECT_PERSONS)
def erase(request: Request, pk: int, who: int) -> HttpResponse:
    account = account_for(request.user, pk)
    found = stakeholder_for(account, who)
    if account.merged_into_id is not None:
        return merged(request, account)
    named = list(places(found))
    doubtful = [place.key for place in named if place.has_doubts]
    form = EraseForm(request.POST or None, documents=ErasePage.documents(found), doubtful=doubtful)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.erase(
                who=found,
                reason=said["reason"],
                files=said.get("files", ()),
                doubtful=said["doubtful"],
                seen=said["seen"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The person is erased. What is left is the line in this list."))
            return redirect("privacy:erasures")
    page = ErasePage.build(account, found, request.user, form, named)
    return render(
        request, "privacy/erase.html", {"page": page, "head": page.head}, status=422 if form.is_bound else 200
    )


@reads(Right.PROTECT_PERSONS, parameters={"page"})
def erasures(request: Request) -> HttpResponse:
    return render(request, "privacy/erasures.html", {"page": ErasuresPage.build(request.user, request.GET.get("page"))})
