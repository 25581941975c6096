"""Accounts that may be one, that became one, and that are two."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.accounts import actions
from anahtar_web.accounts.access import account_for, dismissal_for, merge_for
from anahtar_web.accounts.forms import MergeForm, OtherForm
from anahtar_web.accounts.pages import DismissalsPage, DuplicatesPage, Head, MergesPage, PairPage
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right


@reads(Right.CURATE_ACCOUNTS, parameters={"kind", "page"})
def duplicates(request: Request) -> HttpResponse:
    page = DuplicatesPage.build(request.user, request.GET.get("kind", ""), request.GET.get("page", ""))
    return render(request, "accounts/duplicates.html", {"page": page})


@reads(Right.CURATE_ACCOUNTS, parameters={"page"})
def merges(request: Request) -> HttpResponse:
    page = MergesPage.build(request.user, request.GET.get("page", ""))
    return render(request, "accounts/merges.html", {"page": page})


@reads(Right.CURATE_ACCOUNTS, parameters={"page"})
def apart(request: Request) -> HttpResponse:
    page = DismissalsPage.build(request.user, request.GET.get("page", ""))
    return render(request, "accounts/apart.html", {"page": page})


@reads(Right.CURATE_ACCOUNTS, parameters={"other"})
def merge(request: Request, pk: int) -> HttpResponse:
    """Choose the account with which one is merged; the pair is looked at before anything happens."""
    account = account_for(request.user, pk)
    form = OtherForm(request.GET if "other" in request.GET else None, user=request.user)
    if form.is_valid():
        other = form.cleaned_data["other"]
        if other.pk != account.pk:
            return HttpResponseRedirect(reverse("accounts:pair", args=[account.pk, other.pk]))
        form.add_error("other", _("An account cannot be merged with itself."))
    head = Head.build(account, request.user, "merge")
    return render(request, "accounts/merge.html", {"head": head, "form": form}, status=422 if form.errors else 200)


@edits(Right.CURATE_ACCOUNTS)
def pair(request: Request, pk: int, other: int) -> HttpResponse:
    one, two = _pair(request, pk, other)
    form = MergeForm(request.POST or None, accounts=(one, two), initial={"stays": str(one.pk)})
    if form.is_valid():
        stays, goes = (one, two) if form.cleaned_data["stays"] == str(one.pk) else (two, one)
        try:
            actions.merge(source=goes, target=stays, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("%(gone)s goes on under %(stays)s. The figures follow.") % {"gone": goes, "stays": stays}
            )
            return HttpResponseRedirect(reverse("accounts:duplicates"))
    page = PairPage.build(one, two, form)
    return render(request, "accounts/pair.html", {"page": page}, status=422 if form.is_bound else 200)


@writes(Right.CURATE_ACCOUNTS)
def tell_apart(request: Request, pk: int, other: int) -> HttpResponse:
    one, two = _pair(request, pk, other)
    actions.dismiss(first=one, second=two, by=request.user)
    messages.success(request, _("Noted: %(one)s and %(two)s are two.") % {"one": one, "two": two})
    return HttpResponseRedirect(reverse("accounts:duplicates"))


def _pair(request: Request, pk: int, other: int) -> Any:
    if pk == other:
        raise Http404
    return account_for(request.user, pk), account_for(request.user, other)


@writes(Right.CURATE_ACCOUNTS)
def undo_merge(request: Request, merge: int) -> HttpResponse:
    undone = actions.undo_merge(merge=merge_for(request.user, merge), by=request.user)
    names = {"source": undone.merge.source, "target": undone.merge.target}
    messages.success(request, _("%(source)s and %(target)s are two again. The figures follow.") % names)
    if undone.kept:
        messages.warning(request, " ".join([_("Somebody has changed this since, and it stays:"), *undone.kept]))
    return HttpResponseRedirect(reverse("accounts:merges"))


@writes(Right.CURATE_ACCOUNTS)
def suggest_again(request: Request, dismissal: int) -> HttpResponse:
    row = dismissal_for(request.user, dismissal)
    actions.suggest_again(dismissal=row, by=request.user)
    messages.success(request, _("The pair is suggested again where something speaks for it."))
    return HttpResponseRedirect(reverse("accounts:apart"))
