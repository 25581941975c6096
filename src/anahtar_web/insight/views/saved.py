"""Saved views of the list and of the portfolio: kept, changed, renamed, opened with, deleted."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from anahtar_web.gate.policy import edits, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Right
from anahtar_web.insight import actions
from anahtar_web.insight.access import the_run, view_for
from anahtar_web.insight.asked import PARAMETERS, Asked
from anahtar_web.insight.forms import PortfolioViewForm, RenameForm, ViewForm
from anahtar_web.insight.models import SavedView
from anahtar_web.insight.pages.portfolio import asked_or_absent
from anahtar_web.insight.pages.views import page_address, view_address
from anahtar_web.insight.portfolio.asked import PARAMETERS as PORTFOLIO


@edits(Right.KEEP_VIEWS, parameters=PARAMETERS)
def save_view(request: Any) -> HttpResponse:
    asked = Asked.of(request.GET, request.user, the_run())
    here = {"query": asked.query(), "columns": ",".join(_columns(asked))}
    return _save(request, ViewForm(request.POST or None, initial=here), SavedView.Page.ACCOUNTS)


@edits(Right.KEEP_VIEWS, parameters=PORTFOLIO)
def save_portfolio_view(request: Any) -> HttpResponse:
    asked = asked_or_absent(request.user, the_run(), request.GET).asked
    form = PortfolioViewForm(request.POST or None, initial={"query": asked.query()})
    return _save(request, form, SavedView.Page.PORTFOLIO)


def _save(request: Any, form: ViewForm | PortfolioViewForm, page: SavedView.Page) -> HttpResponse:
    run = the_run()
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        opens = told.pop("opens")
        try:
            view = actions.save_view(**told, default=opens, page=page, run=run, by=request.user)
            return HttpResponseRedirect(view_address(view, request.user, run))
        except actions.UnableToKeepView as refusal:
            form.add_error("name", str(refusal))
    template = "insight/_save_view.html" if request.htmx else "insight/save_view.html"
    context = {"form": form, "page": page}
    return render(request, template, context, status=422 if request.method == "POST" else 200)


@writes(Right.KEEP_VIEWS, parameters={*PARAMETERS, *PORTFOLIO})
def change_view(request: Any, pk: int) -> HttpResponse:
    view, run = view_for(request.user, pk), the_run()
    if view.page == SavedView.Page.PORTFOLIO:
        query, columns = asked_or_absent(request.user, run, request.GET).asked.query(), []
    else:
        asked = Asked.of(request.GET, request.user, run)
        query, columns = asked.query(), _columns(asked)
    actions.change_view(view=view, query=query, columns=columns, run=run, by=request.user)
    return HttpResponseRedirect(view_address(view, request.user, run))


def _columns(asked: Asked) -> list[str]:
    return [] if asked.usual else [column.name for column in asked.columns]


@edits(Right.KEEP_VIEWS)
def rename_view(request: Any, pk: int) -> HttpResponse:
    view = view_for(request.user, pk)
    form = RenameForm(request.POST or None, initial={"name": view.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_view(view=view, name=form.cleaned_data["name"], by=request.user)
            return HttpResponseRedirect(view_address(view, request.user, the_run()))
        except Refused as refusal:
            form.add_error("name", str(refusal))
    template = "insight/_rename_view.html" if request.htmx else "insight/rename_view.html"
    context = {"form": form, "view": view}
    return render(request, template, context, status=422 if request.method == "POST" else 200)


@writes(Right.KEEP_VIEWS)
def open_with_view(request: Any, pk: int) -> HttpResponse:
    view = view_for(request.user, pk)
    actions.open_with(view=view, opens=request.POST.get("opens") == "yes", by=request.user)
    return HttpResponseRedirect(view_address(view, request.user, the_run()))


@writes(Right.KEEP_VIEWS)
def delete_view(request: Any, pk: int) -> HttpResponse:
    view = view_for(request.user, pk)
    actions.delete_view(view=view, by=request.user)
    return HttpResponseRedirect(page_address(view))
