"""Addresses to pages: parse, one call, render."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.company.queries import today
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.rights import Right
from anahtar_web.insight import actions, exports
from anahtar_web.insight.access import the_run
from anahtar_web.insight.asked import PARAMETERS, Asked
from anahtar_web.insight.choosing import CHOSEN, address_of, chosen_in, without
from anahtar_web.insight.filters import LONGEST_TEXT
from anahtar_web.insight.forms import ExportForm
from anahtar_web.insight.models import SavedView
from anahtar_web.insight.pages import AccountsPage, ChoicesPage, ExportPage, LinesPage, RunsPage
from anahtar_web.insight.pages.lines import PARAMETERS as LINES
from anahtar_web.insight.pages.portfolio import (
    FilterForm,
    PortfolioPage,
    WithoutForm,
    asked_or_absent,
    turns_for,
)
from anahtar_web.insight.pages.portfolio.turns import MOST
from anahtar_web.insight.pages.views import left_of_view, opening_portfolio, opening_view, view_address
from anahtar_web.insight.portfolio.asked import PARAMETERS as PORTFOLIO
from anahtar_web.insight.queries import shown_run


@reads()
def home(request: HttpRequest) -> HttpResponse:
    return redirect("insight:portfolio")


@reads(parameters=PORTFOLIO)
def portfolio(request: Any) -> HttpResponse:
    run, refused = shown_run()
    if run is None:
        page = PortfolioPage.without_run(request.user, refused)
    elif not request.GET and not request.htmx and (address := opening_portfolio(request.user, run)):
        return HttpResponseRedirect(address)
    else:
        try:
            page = PortfolioPage.build(request.user, run, refused, request.GET)
        except (BadRequest, Http404):
            if not (address := left_of_view(request.user, run, request.GET)):
                raise
            gone = _(
                "What this view asks for is no longer there: here is the whole portfolio. Change the view or delete it."
            )
            messages.warning(request, gone)
            return HttpResponseRedirect(address)
    return render(request, "insight/portfolio/_page.html" if request.htmx else "insight/portfolio.html", {"page": page})


@reads(parameters=PORTFOLIO)
def portfolio_choices(request: Any) -> HttpResponse:
    """The form of the portfolio's filter: a dialog, or a page of its own."""
    run = the_run()
    asking = asked_or_absent(request.user, run, request.GET)
    page = FilterForm.build(request.user, run, asking.asked, asking.slice)
    template = "insight/portfolio/_choices.html" if request.htmx else "insight/portfolio/choices.html"
    return render(request, template, {"page": page, "here": reverse("insight:portfolio"), "title": _("Portfolio")})


@reads(parameters={*PORTFOLIO, "q"})
def portfolio_without(request: Any) -> HttpResponse:
    """Accounts that can be thought away: the largest, and those a search finds."""
    asking = asked_or_absent(request.user, the_run(), without(request.GET, "q"))
    text = request.GET.get("q", "")
    if len(text) > LONGEST_TEXT:
        raise BadRequest("text too long")
    page = WithoutForm.build(request.user, asking.asked, asking.reckoned, text)
    template = "insight/portfolio/_without.html" if request.htmx else "insight/portfolio/without.html"
    return render(request, template, {"page": page})


@reads(parameters=PORTFOLIO)
def portfolio_changes(request: Any) -> HttpResponse:
    """All that changed since somebody last looked, as far as it is named."""
    run = the_run()
    asking = asked_or_absent(request.user, run, request.GET)
    page = turns_for(asking.asked, request.user, run, most=MOST)
    return render(request, "insight/portfolio/changes.html", {"page": page, "asked": asking.asked, "run": run})


@writes(Right.KEEP_VIEWS, parameters=PORTFOLIO)
def portfolio_looked(request: Any) -> HttpResponse:
    """Say that what changed is read, up to the analysis that was on the page."""
    run = the_run()
    read = request.POST.get("run", "")
    if read != str(run.pk):
        messages.info(request, _("There is a newer analysis: read what changed in it first."))
    else:
        actions.look(run=run, by=request.user)
    asked = asked_or_absent(request.user, run, request.GET).asked
    return HttpResponseRedirect(f"{reverse('insight:portfolio')}{asked.address()}")


@reads(parameters=PARAMETERS)
def accounts(request: Any) -> HttpResponse:
    run, refused = shown_run()
    if run is None:
        return render(request, "insight/accounts.html", {"page": AccountsPage.without_run(request.user, refused)})
    if not request.GET and not request.htmx and (view := opening_view(request.user, SavedView.Page.ACCOUNTS)):
        return HttpResponseRedirect(view_address(view, request.user, run))
    page = AccountsPage.build(request.user, run, refused, Asked.of(request.GET, request.user, run))
    return render(request, "insight/_list.html" if request.htmx else "insight/accounts.html", {"page": page})


@reads(parameters=PARAMETERS)
def choices(request: Any) -> HttpResponse:
    """The form of filters and columns: a dialog over the list, or a page of its own."""
    run = the_run()
    page = ChoicesPage.build(request.user, run, Asked.of(request.GET, request.user, run))
    return render(request, "insight/_choices.html" if request.htmx else "insight/choices.html", {"page": page})


@reads(parameters=LINES)
def lines(request: Any, pk: int) -> HttpResponse:
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return redirect("insight:lines", found.merged_into_id)
    page = LinesPage.build(found, request.user, the_run(), request.GET)
    return render(request, "insight/_lines.html" if request.htmx else "insight/lines.html", {"page": page})


@reads(parameters={CHOSEN, "sort", "columns", "do"})
def chosen(request: Any) -> HttpResponse:
    """Go on with the accounts chosen in the list: where to, says the button."""
    asked = Asked.of(without(request.GET, "do"), request.user, the_run())
    accounts = chosen_in(request.GET, request.user)
    if accounts is None:
        return redirect(f"{reverse('insight:accounts')}{address_of(asked, ())}")
    match request.GET.get("do"):
        case "assign":
            return redirect(f"{reverse('accounts:assign')}?{urlencode([(CHOSEN, pk) for pk in accounts])}")
        case "export":
            return redirect(f"{reverse('insight:export')}{address_of(asked, accounts)}")
    raise BadRequest("nothing that can be done with chosen accounts")


@edits(Right.EXPORT, parameters={*PARAMETERS, CHOSEN})
def export(request: Any) -> HttpResponseBase:
    run = the_run()
    asked, chosen = Asked.of(without(request.GET), request.user, run), chosen_in(request.GET, request.user)
    page = ExportPage.build(request.user, run, asked, chosen)
    form = ExportForm(request.POST or None, asks_reason=page.asks_reason)
    if request.method == "POST" and form.is_valid():
        try:
            taken = actions.take_out(asked=asked, run=run, by=request.user, chosen=chosen, **form.cleaned_data)
            name = f"{_('accounts')}-{today():%Y-%m-%d}"
            return exports.answer(lambda: exports.sheet_of(taken), name, form.cleaned_data["form"])
        except actions.UnableToExport as refusal:
            form.add_error(None, str(refusal))
    template = "insight/_export.html" if request.htmx else "insight/export.html"
    return render(request, template, {"page": page, "form": form}, status=422 if request.method == "POST" else 200)


@reads(Right.SEE_SETTINGS)
def runs(request: Any) -> HttpResponse:
    return render(request, "insight/runs.html", {"page": RunsPage.build(request.user)})


@writes(Right.IMPORT)
def run_again(request: Any) -> HttpResponse:
    actions.ask_for_analysis(by=request.user)
    return redirect("insight:runs")
