"""The pages."""

from django.http import HttpResponse
from django.shortcuts import render

from anahtar_web.gate.policy import reads
from anahtar_web.gate.request import Request
from anahtar_web.risks.access import case_for
from anahtar_web.winbacks.access import campaign_for, list_for, offer_for
from anahtar_web.winbacks.pages import CampaignPage, CasePage, ListPage, OfferPage, OverviewPage


@reads()
def overview(request: Request) -> HttpResponse:
    return render(request, "winbacks/overview.html", {"page": OverviewPage.build(request.user)})


@reads(parameters={"page"})
def a_list(request: Request, pk: int) -> HttpResponse:
    page = ListPage.build(list_for(pk), request.user, request.GET.get("page", ""))
    return render(request, "winbacks/list.html", {"page": page})


@reads(parameters={"page"})
def campaign(request: Request, pk: int) -> HttpResponse:
    page = CampaignPage.build(campaign_for(pk), request.user, request.GET.get("page", ""))
    return render(request, "winbacks/campaign.html", {"page": page})


@reads()
def of_case(request: Request, case: int) -> HttpResponse:
    page = CasePage.build(case_for(request.user, case), request.user)
    template = "winbacks/_of_case.html" if request.htmx else "winbacks/of_case.html"
    return render(request, template, {"page": page})


@reads()
def offer(request: Request, pk: int) -> HttpResponse:
    page = OfferPage.build(offer_for(request.user, pk), request.user)
    return render(request, "winbacks/offer.html", {"page": page})
