"""What people write of an account, and accounts they make."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.accounts import actions
from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.forms import AccountForm, NewAccountForm
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import EditPage, TrailPage
from anahtar_web.accounts.queries import proposed_code, suggestions_for
from anahtar_web.accounts.views.asking import merged
from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile


@edits(Right.EDIT_ACCOUNTS)
def edit(request: Request, pk: int) -> HttpResponse:
    account = account_for(request.user, pk)
    if account.merged_into_id is not None:
        return merged(request, account)
    form = AccountForm(request.POST or None, user=request.user, initial=_initial(account))
    if not form.is_valid():
        page = EditPage.build(account, request.user, form)
        return render(
            request, "accounts/edit.html", {"page": page, "head": page.head}, status=422 if form.is_bound else 200
        )
    try:
        version = form.cleaned_data["version"]
        actions.edit(account=account, version=version, fields=form.typed(), by=request.user)
    except EditedMeanwhile as refusal:
        return _conflict(request, refusal, form)
    except Refused as refusal:
        form.add_error(getattr(refusal, "field", None), str(refusal))
        page = EditPage.build(account, request.user, form)
        return render(request, "accounts/edit.html", {"page": page, "head": page.head}, status=422)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("insight:account", args=[pk]))


def _initial(account: Account) -> dict[str, object]:
    return {name: getattr(account, name) for name in ("version", *actions.EDITED)}


def _conflict(request: Request, refusal: EditedMeanwhile, form: AccountForm) -> HttpResponse:
    current = refusal.current
    assert isinstance(current, Account)
    # Whoever sends the form again has seen the other version: it is saved over that one.
    sent = request.POST.copy()
    sent["version"] = str(current.version)
    again = AccountForm(sent, user=request.user)
    page = EditPage.beside(current, request.user, again, actions.plain(form.typed()))
    return render(request, "accounts/edit.html", {"page": page, "head": page.head}, status=409)


@edits(Right.EDIT_ACCOUNTS)
def new(request: Request) -> HttpResponse:
    form = NewAccountForm(request.POST or None, user=request.user, initial={"code": proposed_code()})
    if form.is_valid():
        try:
            made = actions.create(code=form.cleaned_data["code"], fields=form.typed(), by=request.user)
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), str(refusal))
        else:
            messages.success(request, _("%(account)s is written down.") % {"account": made})
            return HttpResponseRedirect(reverse("insight:account", args=[made.pk]))
    return render(request, "accounts/new.html", {"form": form}, status=422 if form.is_bound else 200)


@reads()
def find(request: Request) -> HttpResponse:
    """Offer accounts for a field in which one is named."""
    text = request.GET.get(request.GET.get("field", ""), "")[:200]
    accounts = suggestions_for(text.split(" · ")[0], request.user)
    return render(request, "accounts/_offered.html", {"accounts": accounts})


@reads(Right.READ_ACCOUNT_TRAIL, parameters={"before"})
def trail(request: Request, pk: int) -> HttpResponse:
    before = request.GET.get("before", "")
    from_entry = int(before) if before.isdecimal() and len(before) < 19 else None
    page = TrailPage.build(account_for(request.user, pk), request.user, from_entry)
    return render(request, "accounts/trail.html", {"page": page, "head": page.head})
