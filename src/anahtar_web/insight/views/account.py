"""Addresses of one account to its pages of figures: parse, one call, render."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from anahtar_web.accounts.access import account_for
from anahtar_web.gate.policy import reads
from anahtar_web.insight.pages.account import AccountPage, ChangePage, Header, MoversPage, PassportPage
from anahtar_web.insight.pages.account.change import PARAMETERS as CHANGE
from anahtar_web.insight.queries import current_run, shown_run


@reads()
def overview(request: Any, pk: int) -> HttpResponse:
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return redirect("insight:account", found.merged_into_id)
    return render(request, "insight/account.html", {"page": AccountPage.build(found, request.user, *shown_run())})


@reads()
def movers(request: Any, pk: int) -> HttpResponse:
    """What grew and what shrank, for the overview: read from the lines, so it comes after the page that asks for it."""
    found, run = account_for(request.user, pk), current_run()
    if found.merged_into_id is not None or run is None or not request.htmx:
        return redirect("insight:change", found.merged_into_id or found.pk)
    page = MoversPage.build(found, request.user, run)
    return render(request, "insight/account/_movers.html", {"page": page})


@reads(parameters=CHANGE)
def change(request: Any, pk: int) -> HttpResponse:
    """What the change against the year before is made of."""
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return redirect("insight:change", found.merged_into_id)
    head = Header.build(found, request.user, *shown_run(), current="change")
    page = ChangePage.build(head, request.user, request.GET.get("show", ""))
    return render(request, "insight/account/change.html", {"page": page})


@reads()
def passport(request: Any, pk: int) -> HttpResponse:
    """Why the account is in its class."""
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return redirect("insight:passport", found.merged_into_id)
    head = Header.build(found, request.user, *shown_run(), current="passport")
    return render(request, "insight/account/passport.html", {"page": PassportPage.build(head, request.user)})
