"""The pages that tell of losses."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from anahtar_web.accounts.directions import directions
from anahtar_web.gate.policy import reads
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.losses.access import the_report
from anahtar_web.losses.forms import CostForm, StressForm
from anahtar_web.losses.pages import (
    AccountsPage,
    LapsesPage,
    OverviewPage,
    PartsPage,
    PlacePage,
    PlacesPage,
    StressPage,
    WayBackPage,
)
from anahtar_web.losses.pages.accounts import PARAMETERS as OF_ACCOUNTS
from anahtar_web.losses.pages.accounts import Asked
from anahtar_web.losses.pages.lapses import PARAMETERS as OF_MONTHS
from anahtar_web.losses.pages.lapses import Asked as MonthAsked
from anahtar_web.losses.pages.overview import PARAMETERS as OF_OVERVIEW
from anahtar_web.losses.pages.way_back import PARAMETERS as OF_WAY_BACK
from anahtar_web.losses.pages.way_back import Asked as WayBackAsked

_OF_STRESS = {"account", "direction", "days", "interest", "most"}


@reads(parameters=OF_OVERVIEW)
def overview(request: Request) -> HttpResponse:
    page = OverviewPage.build(request.user, every_month=request.GET.get("months") == "all")
    return render(request, "losses/overview.html", {"page": page})


@reads(Right.SEE_ALL_ACCOUNTS)
def places(request: Request) -> HttpResponse:
    page = PlacesPage.build(request.user, *the_report())
    return render(request, "losses/places.html", {"page": page})


@reads(Right.SEE_ALL_ACCOUNTS, parameters={"of", "code", "page"})
def place(request: Request) -> HttpResponse:
    """Who is gone from a place; without one the places are there to choose from."""
    run, report = the_report()
    if "of" not in request.GET:
        return render(request, "losses/places.html", {"page": PlacesPage.build(request.user, run, report)})
    told = (request.GET.get(name, "") for name in ("of", "code", "page"))
    page = PlacePage.build(request.user, run, report, *told)
    if page is None:
        raise Http404
    return render(request, "losses/place.html", {"page": page})


@reads(parameters={*OF_ACCOUNTS, "page"})
def accounts(request: Request) -> HttpResponse:
    asked = Asked.of(request.GET.dict())
    page = AccountsPage.build(request.user, *the_report(), asked, request.GET.get("page", ""))
    if page is None:
        raise Http404
    return render(request, "losses/accounts.html", {"page": page})


@reads(parameters={*OF_MONTHS, "page"})
def lapses(request: Request) -> HttpResponse:
    run, report = the_report()
    asked = MonthAsked.of(request.GET.dict(), run)
    page = LapsesPage.build(request.user, run, report, asked, request.GET.get("page", ""))
    return render(request, "losses/lapses.html", {"page": page})


@reads(parameters={"kind", "page"})
def parts(request: Request) -> HttpResponse:
    page = PartsPage.build(request.user, *the_report(), request.GET.get("page", ""), request.GET.get("kind", ""))
    return render(request, "losses/parts.html", {"page": page})


@reads(Right.SEE_ALL_ACCOUNTS, parameters=_OF_STRESS)
def what_if(request: Request) -> HttpResponse:
    run, report = the_report()
    sent = request.GET if "account" in request.GET else None
    form = StressForm(sent, user=request.user, directions=directions())
    page = StressPage.build(request.user, run, report, form)
    return render(request, "losses/what_if.html", {"page": page}, status=422 if form.errors else 200)


@reads(parameters={*OF_WAY_BACK, "page"})
def way_back(request: Request) -> HttpResponse:
    form, asked = asked_ways(request)
    cost, number = request.GET.get("cost", ""), request.GET.get("page", "")
    page = WayBackPage.build(request.user, *the_report(), asked, cost=cost, page=number)
    context = {"page": page, "form": form}
    return render(request, "losses/way_back.html", context, status=422 if form.errors else 200)


def asked_ways(request: Request) -> tuple[CostForm, WayBackAsked]:
    """Read what the address asks for; what cannot be read is told beside its field, and counts as not asked."""
    form = CostForm(request.GET)
    form.is_valid()
    told = form.cleaned_data
    return form, WayBackAsked(told.get("q", ""), form.cost_units(), told.get("silence") or 0)
