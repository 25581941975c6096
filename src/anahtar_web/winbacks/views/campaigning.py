"""Campaigns are planned, drawn and ended."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar.rules.hold_out import held_out
from anahtar_web.company.queries import today
from anahtar_web.gate.policy import edits
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Field, Right
from anahtar_web.ui.templatetags.shown import number
from anahtar_web.winbacks import actions
from anahtar_web.winbacks.access import campaign_for
from anahtar_web.winbacks.actions.campaigning import PLANNED, chosen
from anahtar_web.winbacks.forms import CampaignForm, ReasonForm, VersionForm
from anahtar_web.winbacks.models import Campaign
from anahtar_web.winbacks.pages import Asking
from anahtar_web.winbacks.views.asking import ask, reads_offers


@edits(Right.RUN_WINBACKS, parameters={"list"})
def new(request: Request) -> HttpResponse:
    usual = {"size": 50, "holdout_share": 20, "horizon": 180, "valid_until": today() + timedelta(days=60)}
    form = _form(request, usual | {"list": request.GET.get("list", "")})
    asking = Asking(
        _("Plan a campaign"),
        _("Keep the plan"),
        reverse("winbacks:overview"),
        _("Win-back"),
        sub=_("Nothing is drawn or sent before it starts."),
    )

    def act() -> str:
        made = actions.plan(fields=form.said(), by=request.user)
        return reverse("winbacks:campaign", args=[made.pk])

    return ask(request, asking, form, act, said=_("The campaign is planned."))


@edits(Right.RUN_WINBACKS)
def edit(request: Request, pk: int) -> HttpResponse:
    found = campaign_for(pk)
    form = _form(request, {name: getattr(found, name) for name in PLANNED} | {"version": found.version})
    back = reverse("winbacks:campaign", args=[pk])
    asking = Asking(_("Change the plan"), _("Save"), back, found.name)

    def act() -> str:
        actions.replan(campaign=found, seen=form.cleaned_data["version"], fields=form.said(), by=request.user)
        return back

    return ask(request, asking, form, act, said=_("The plan is changed."))


def _form(request: Request, initial: dict[str, Any]) -> CampaignForm:
    return CampaignForm(request.POST or None, sees_offers=request.user.sees(Field.OFFER), initial=initial)


@edits(Right.RUN_WINBACKS)
def start(request: Request, pk: int) -> HttpResponse:
    reads_offers(request)
    found = campaign_for(pk)
    form = VersionForm(request.POST or None, initial={"version": found.version})
    back = reverse("winbacks:campaign", args=[pk])
    asking = Asking(
        _("Start the campaign?"),
        _("Draw and start"),
        back,
        found.name,
        sub=_would_be(found, request),
        icon="dices",
    )

    def act() -> str:
        actions.start(campaign=found, seen=form.cleaned_data["version"], by=request.user)
        return back

    return ask(request, asking, form, act, said=_("It is drawn, and runs. Offers are made account by account."))


def _would_be(campaign: Campaign, request: Request) -> str:
    every = [one.pk for one in chosen(campaign, request.user)]
    alone = len(held_out(every, share=campaign.holdout_share, seed=0))
    return ngettext(
        "As the list stands now it would be drawn for %(all)s account: %(offered)s to be made an offer, %(alone)s left "
        "alone. A draw cannot be taken back.",
        "As the list stands now it would be drawn for %(all)s accounts: %(offered)s to be made an offer, %(alone)s "
        "left alone. A draw cannot be taken back.",
        len(every),
    ) % {"all": number(len(every)), "offered": number(len(every) - alone), "alone": number(alone)}


@edits(Right.RUN_WINBACKS)
def end(request: Request, pk: int) -> HttpResponse:
    found = campaign_for(pk)
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    back = reverse("winbacks:campaign", args=[pk])
    asking = Asking(
        _("End the campaign?"),
        _("End it"),
        back,
        found.name,
        sub=_("No more offers are made within it, nobody is left alone any more, and returns count up to today."),
        icon="flag",
        tone="destructive",
    )

    def act() -> str:
        said = form.cleaned_data
        actions.end(campaign=found, seen=said["version"], reason=said["reason"], by=request.user)
        return back

    return ask(request, asking, form, act, said=_("The campaign has ended."))
