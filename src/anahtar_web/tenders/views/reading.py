"""Looking at tenders: of an account, one of them, the board, the table, and what they teach."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from anahtar_web.accounts.access import account_for
from anahtar_web.company.days import asked_day
from anahtar_web.gate.policy import reads
from anahtar_web.gate.request import Request
from anahtar_web.tenders.access import tender_for
from anahtar_web.tenders.asked import PARAMETERS, Asked
from anahtar_web.tenders.pages import AccountPage, BoardPage, ListPage, StatisticsPage, TenderPage


@reads(parameters={"on", "page"})
def account(request: Request, pk: int) -> HttpResponse:
    on, number = asked_day(request.GET.get("on", "")), request.GET.get("page", "")
    page = AccountPage.build(account_for(request.user, pk), request.user, on, number)
    return render(request, "tenders/account.html", {"page": page, "head": page.head})


@reads(parameters={"on"})
def tender(request: Request, pk: int) -> HttpResponse:
    page = TenderPage.build(tender_for(request.user, pk), request.user, asked_day(request.GET.get("on", "")))
    return render(request, "tenders/tender.html", {"page": page, "head": page.head})


@reads(parameters=PARAMETERS)
def board(request: Request) -> HttpResponse:
    page = BoardPage.build(request.user, Asked.of(request.GET))
    return render(request, "tenders/board.html", {"page": page})


@reads(parameters=PARAMETERS)
def table(request: Request) -> HttpResponse:
    page = ListPage.build(request.user, Asked.of(request.GET), request.GET.get("page", ""))
    return render(request, "tenders/list.html", {"page": page})


@reads(parameters=PARAMETERS)
def statistics(request: Request) -> HttpResponse:
    page: Any = StatisticsPage.build(request.user, Asked.of(request.GET))
    return render(request, "tenders/statistics.html", {"page": page})
