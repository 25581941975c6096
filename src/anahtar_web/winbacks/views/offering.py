"""Offers are written, decided, sent and answered, and limits change."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.audit.shown import versions
from anahtar_web.gate.policy import edits, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.risks.access import case_for
from anahtar_web.risks.models import Case
from anahtar_web.tenders.forms.fields import version_of
from anahtar_web.winbacks import actions
from anahtar_web.winbacks.access import offer_for
from anahtar_web.winbacks.forms import AnswerForm, DecideForm, LimitsForm, OfferForm, ReasonForm
from anahtar_web.winbacks.models import Campaign, CampaignState, Offer
from anahtar_web.winbacks.pages import Asking
from anahtar_web.winbacks.queries import limits as current_limits
from anahtar_web.winbacks.views.asking import ask, changed_meanwhile, reads_offers


@edits(Right.WRITE_DOSSIER)
def new(request: Request, case: int) -> HttpResponse:
    reads_offers(request)
    found = case_for(request.user, case)
    campaigns = _campaigns(found)
    form = OfferForm(request.POST or None, campaigns=campaigns, initial=_template(campaigns))
    asking = Asking(
        _("Make an offer to %(account)s") % {"account": found.account},
        _("Keep the draft"),
        reverse("winbacks:of_case", args=[case]),
        found.account.name,
        sub=_("Nothing goes out yet."),
    )

    def act() -> str:
        said = _said(form)
        made = actions.make(case=found, fields=said, campaign=form.cleaned_data["campaign"], by=request.user)
        return reverse("winbacks:offer", args=[made.pk])

    return ask(request, asking, form, act, said=_("The draft is kept."))


def _said(form: OfferForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in actions.WRITTEN}


def _campaigns(case: Case) -> "QuerySet[Campaign]":
    running = Campaign.objects.filter(state=CampaignState.RUNNING)
    return running.filter(draws__account=case.account_id, draws__held_out=False)


def _template(campaigns: "QuerySet[Campaign]") -> dict[str, Any]:
    """Begin with what the campaign of the account offers."""
    found = campaigns.first()
    names = ("kind", "contents", "cost", "valid_until")
    return {"campaign": found.pk, **{name: getattr(found, name) for name in names}} if found else {}


@edits(Right.WRITE_DOSSIER)
def edit(request: Request, pk: int) -> HttpResponse:
    reads_offers(request)
    found = offer_for(request.user, pk)
    form = _edited(found, request.POST or None)
    asking = _asking_anew(found)
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["version"]
            actions.rewrite(offer=found, seen=seen, fields=_said(form), by=request.user)
        except EditedMeanwhile as refusal:
            return _beside(request, refusal, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved as a draft: it asks for approval anew. The version before it stays."))
            return redirect("winbacks:offer", pk)
    context = {"asking": asking, "form": form}
    return render(request, "winbacks/form.html", context, status=422 if form.is_bound else 200)


def _edited(offer: Offer, sent: Any) -> OfferForm:
    told = {name: getattr(offer, name) for name in actions.WRITTEN}
    return OfferForm(sent, initial=told | {"version": offer.version})


def _asking_anew(offer: Offer, both: Any = ()) -> Asking:
    back = reverse("winbacks:offer", args=[offer.pk])
    sub = _("What was approved of it before is void: it asks for approval anew.")
    return Asking(_("Write the offer anew"), _("Save"), back, str(offer), sub=sub, both=both)


def _beside(request: Request, refusal: EditedMeanwhile, form: OfferForm) -> HttpResponse:
    current = refusal.current
    assert isinstance(current, Offer)
    # Whoever sends the form again has seen the other version: it is saved over that one.
    sent = request.POST.copy()
    sent["version"] = str(current.version)
    theirs = {name: getattr(current, name) for name in actions.WRITTEN}
    both = versions("offer", theirs, _said(form))
    context = {"asking": _asking_anew(current, both), "form": _edited(current, sent)}
    return render(request, "winbacks/form.html", context, status=409)


@writes(Right.WRITE_DOSSIER)
def submit(request: Request, pk: int) -> HttpResponse:
    reads_offers(request)
    found = offer_for(request.user, pk)
    done = _now(lambda: actions.submit(offer=found, seen=_seen(request), by=request.user))
    waits = done.state == "waiting"
    messages.success(request, _("It waits for approval.") if waits else _("It is within the limit, and approved."))
    return redirect("winbacks:offer", pk)


@writes(Right.WRITE_DOSSIER)
def send(request: Request, pk: int) -> HttpResponse:
    reads_offers(request)
    found = offer_for(request.user, pk)
    _now(lambda: actions.send(offer=found, seen=_seen(request), by=request.user))
    messages.success(request, _("It is noted as sent today."))
    return redirect("winbacks:offer", pk)


def _seen(request: Request) -> int:
    return version_of(request.POST.get("version", ""))


def _now(act: Any) -> Offer:
    try:
        done: Offer = act()
    except EditedMeanwhile:
        raise actions.UnableToOffer(changed_meanwhile()) from None
    return done


@edits(Right.APPROVE_OFFERS)
def decide(request: Request, pk: int) -> HttpResponse:
    reads_offers(request)
    found = offer_for(request.user, pk)
    form = DecideForm(request.POST or None, initial={"version": found.version})
    asking = _asking(found, _("Approve the offer?"), _("Decide"), icon="gavel")

    def act() -> str:
        said = form.cleaned_data
        actions.decide(
            offer=found, seen=said["version"], decision=said["decision"], reason=said["reason"], by=request.user
        )
        return asking.back

    return ask(request, asking, form, act, said=_("It is decided."))


@edits(Right.WRITE_DOSSIER)
def answer(request: Request, pk: int) -> HttpResponse:
    reads_offers(request)
    found = offer_for(request.user, pk)
    form = AnswerForm(request.POST or None, initial={"version": found.version})
    asking = _asking(found, _("What did they say?"), _("Write it down"), icon="message-square")

    def act() -> str:
        said = form.cleaned_data
        told = {"accepted": said["accepted"], "words": said["words"]}
        actions.answer(offer=found, seen=said["version"], by=request.user, **told)
        return asking.back

    return ask(request, asking, form, act, said=_("It is written down."))


@edits(Right.WRITE_DOSSIER)
def withdraw(request: Request, pk: int) -> HttpResponse:
    reads_offers(request)
    found = offer_for(request.user, pk)
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    asking = _asking(found, _("Withdraw the offer?"), _("Withdraw"), icon="undo-2", tone="destructive")

    def act() -> str:
        said = form.cleaned_data
        actions.withdraw(offer=found, seen=said["version"], words=said["reason"], by=request.user)
        return asking.back

    return ask(request, asking, form, act, said=_("It is withdrawn."))


def _asking(offer: Offer, title: str, do: str, *, icon: str, tone: str = "primary") -> Asking:
    back = reverse("winbacks:offer", args=[offer.pk])
    sub = _("%(kind)s to %(account)s") % {"kind": offer, "account": offer.case.account}
    return Asking(title, do, back, str(offer), sub=sub, icon=icon, tone=tone)


@edits(Right.CHANGE_THRESHOLDS)
def limits(request: Request) -> HttpResponse:
    form = LimitsForm(request.POST or None, limits=current_limits())
    asking = Asking(
        _("Who may grant offers up to which cost?"),
        _("Save"),
        reverse("winbacks:overview"),
        _("Win-back"),
        sub=_(
            "Up to this cost somebody of the role need not ask; above it somebody else decides whose limit covers it. "
            "What an account is granted in twelve months counts together."
        ),
    )

    def act() -> str:
        said = form.cleaned_data
        actions.change_limits(was=form.was(), now=form.limits("limit_"), reason=said["reason"], by=request.user)
        return asking.back

    return ask(request, asking, form, act, said=_("The limits are changed."))
