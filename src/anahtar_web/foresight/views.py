"""Addresses to pages: parse, one call, render."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from anahtar_web.accounts.access import account_for
from anahtar_web.foresight.pages import AccountPage, DaysPage, ProofPage, Short
from anahtar_web.gate.policy import reads
from anahtar_web.gate.request import Request
from anahtar_web.insight.pages.account import Header
from anahtar_web.insight.queries import shown_run


@reads()
def proof(request: Request) -> HttpResponse:
    """How accounts stand now, and how well it would have been foreseen."""
    return render(request, "foresight/proof.html", {"page": ProofPage.build(request.user)})


@reads(parameters={"kind"})
def account(request: Request, pk: int) -> HttpResponse:
    """What is foreseen of one account."""
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return redirect("foresight:account", found.merged_into_id)
    head = Header.build(found, request.user, *shown_run(), current="foresight")
    return render(request, "foresight/account.html", {"page": AccountPage.build(head, request.GET.get("kind", ""))})


@reads()
def short(request: Request, pk: int) -> HttpResponse:
    """Give what is foreseen of an account in four lines: fetched when its overview is there."""
    return render(request, "foresight/_short.html", {"page": Short.build(account_for(request.user, pk))})


@reads()
def days(request: Request, pk: int) -> HttpResponse:
    """Give the time line of an account's purchase days: fetched when its page is there, for it reads the lines."""
    return render(request, "foresight/_days.html", {"page": DaysPage.build(account_for(request.user, pk))})
