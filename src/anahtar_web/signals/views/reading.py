"""The pages that tell of signals."""

from django.http import HttpResponse
from django.shortcuts import render

from anahtar_web.accounts.access import account_for
from anahtar_web.gate.policy import reads
from anahtar_web.gate.request import Request
from anahtar_web.signals.pages import ListPage, Seven
from anahtar_web.signals.pages.listing import PARAMETERS


@reads(parameters=PARAMETERS)
def listing(request: Request) -> HttpResponse:
    page = ListPage.build(request.user, request.GET.dict())
    return render(request, "signals/list.html", {"page": page})


@reads()
def mini(request: Request) -> HttpResponse:
    """Give the seven lines a person is to look at first: fetched when the portfolio is there."""
    return render(request, "signals/_seven.html", {"seven": Seven.of_person(request.user)})


@reads()
def of_account(request: Request, pk: int) -> HttpResponse:
    """Give those of an account: fetched when its page is there."""
    seven = Seven.of_account(account_for(request.user, pk), request.user)
    return render(request, "signals/_seven.html", {"seven": seven})
