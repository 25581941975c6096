"""Who attacks one account: reading it, and writing down what people notice."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.directions import directions
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.accounts.views.asking import Question, ask, merged
from anahtar_web.company.days import asked_day
from anahtar_web.company.queries import today
from anahtar_web.competitors import actions
from anahtar_web.competitors.access import presence_for
from anahtar_web.competitors.forms import AttackForm, LeaveForm, SeeForm, ShareForm, ThreatForm
from anahtar_web.competitors.levels import threat_word
from anahtar_web.competitors.models import Competitor, Presence, PresenceVersion
from anahtar_web.competitors.pages import AccountPage, AttackPage, WritePage
from anahtar_web.competitors.queries import attack_of, competitors, named, present_at
from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User


@reads(parameters={"on"})
def account(request: Request, pk: int) -> HttpResponse:
    page = AccountPage.build(account_for(request.user, pk), request.user, asked_day(request.GET.get("on", "")))
    return render(request, "competitors/account.html", {"page": page, "head": page.head})


@reads(parameters={"on"})
def attack(request: Request, pk: int, presence: int) -> HttpResponse:
    found, on = account_for(request.user, pk), asked_day(request.GET.get("on", ""))
    page = AttackPage.build(presence_for(found, presence), found, request.user, on)
    return render(request, "competitors/attack.html", {"page": page, "head": page.head})


@edits(Right.WRITE_DOSSIER)
def enter(request: Request, pk: int) -> HttpResponse:
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return merged(request, found)
    form = _form(request, found)
    if form.is_valid():
        try:
            made = _entered(found, dict(form.cleaned_data), request.user)
        except Refused as refusal:
            form.add_error(_field(refusal, form), str(refusal))
        else:
            messages.success(request, _("%(name)s is written down at this account.") % {"name": made})
            return redirect("competitors:account", pk)
    page = WritePage(Head.build(found, request.user, "competitors"), form)
    context = {"page": page, "head": page.head}
    return render(request, "competitors/write.html", context, status=422 if form.is_bound else 200)


@transaction.atomic
def _entered(account: Account, said: dict[str, Any], by: User) -> Presence:
    """Write both down or neither: a name that is not in the directory is added to it."""
    name = said.pop("competitor")
    competitor: Competitor = named(name) or actions.add(fields={"name": name}, by=by)
    return actions.enter(account=account, competitor=competitor, fields=said, by=by)


def _field(refusal: Refused, form: AttackForm) -> str | None:
    field = getattr(refusal, "field", None)
    return field if field in form.fields else None


def _form(request: Request, account: Account, told: PresenceVersion | None = None, sent: Any = None) -> AttackForm:
    initial = {name: getattr(told, name) for name in actions.EDITED} | {"seen": told.number} if told else {}
    return AttackForm(
        sent or request.POST or None,
        account=account,
        names=() if told else list(competitors().values_list("name", flat=True)),
        directions=directions(),
        known=told is not None,
        initial=initial,
    )


@edits(Right.WRITE_DOSSIER)
def edit_attack(request: Request, pk: int, presence: int) -> HttpResponse:
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return merged(request, found)
    attacker = presence_for(found, presence)
    form = _form(request, found, _told(attacker))
    if form.is_valid():
        said = dict(form.cleaned_data)
        try:
            actions.edit_attack(presence=attacker, seen=said.pop("seen"), fields=said, by=request.user)
        except EditedMeanwhile as refusal:
            return _written_meanwhile(request, refusal, found, said)
        except Refused as refusal:
            form.add_error(_field(refusal, form), str(refusal))
        else:
            messages.success(request, _("Saved. The version before it stays readable."))
            return redirect("competitors:attack", pk, presence)
    page = WritePage(Head.build(found, request.user, "competitors"), form, attacker)
    context = {"page": page, "head": page.head}
    return render(request, "competitors/write.html", context, status=422 if form.is_bound else 200)


def _told(presence: Presence) -> PresenceVersion:
    told: PresenceVersion = presence.versions.select_related("through").get(current=True)
    return told


def _written_meanwhile(
    request: Request, refusal: EditedMeanwhile, account: Account, said: dict[str, Any]
) -> HttpResponse:
    current = refusal.current
    assert isinstance(current, PresenceVersion)
    # Whoever sends the form again has seen the other version: it is saved over that one.
    sent = request.POST.copy()
    sent["seen"] = str(current.number)
    typed = said | {"through": str(said["through"]) if said["through"] else None}
    form = _form(request, account, current, sent)
    page = WritePage.beside(current, request.user, form, actions.told(current), typed)
    return render(request, "competitors/write.html", {"page": page, "head": page.head}, status=409)


@edits(Right.WRITE_DOSSIER)
def see(request: Request, pk: int, presence: int) -> HttpResponse:
    found = account_for(request.user, pk)
    attacker = presence_for(found, presence)
    question = Question(
        found,
        title=_("%(name)s was seen") % {"name": attacker},
        sub=_("What somebody noticed of them here: an offer, a visit, a sample, a rumour. It is kept with its source."),
        do=_("Write it down"),
        icon="eye",
        back="competitors:account",
    )

    def act(said: dict[str, Any]) -> str:
        actions.see(presence=attacker, by=request.user, **said)
        return _("It is written down.")

    return ask(request, question, SeeForm(request.POST or None, initial={"seen_on": today()}), act)


@edits(Right.WRITE_DOSSIER)
def share(request: Request, pk: int) -> HttpResponse:
    found = account_for(request.user, pk)
    question = Question(
        found,
        title=_("Who gets how much of their wallet?"),
        sub=_("Of what this account buys of our kind. The figures told before stay readable."),
        do=_("Write it down"),
        icon="wallet",
        back="competitors:account",
    )
    here = {row.presence.competitor_id: row.presence.competitor for row in present_at(found)}
    form = ShareForm(request.POST or None, competitors=here.values(), initial={"as_of": today()})

    def act(_said: dict[str, Any]) -> str:
        actions.tell_share(account=found, by=request.user, **form.told())
        return _("It is written down.")

    return ask(request, question, form, act)


@edits(Right.WRITE_DOSSIER)
def decide(request: Request, pk: int, presence: int) -> HttpResponse:
    found = account_for(request.user, pk)
    attacker = presence_for(found, presence)
    now = attack_of(attacker)
    assert now is not None
    question = Question(
        found,
        title=_("How much of a threat is %(name)s here?") % {"name": attacker},
        sub=_("Decide where you know better than the rule; the reason stands beside it."),
        do=_("Decide"),
        icon="gavel",
        back="competitors:account",
    )
    form = ThreatForm(
        request.POST or None,
        computed=_("as computed: %(threat)s") % {"threat": threat_word(now.computed)},
        initial={"seen": now.decided.pk, "level": now.decided.level} if now.decided else {},
    )

    def act(said: dict[str, Any]) -> str:
        actions.decide_threat(presence=attacker, by=request.user, **said)
        return _("It is decided, and stands on the account’s trail.")

    return ask(request, question, form, act)


@edits(Right.WRITE_DOSSIER)
def leave(request: Request, pk: int, presence: int) -> HttpResponse:
    found = account_for(request.user, pk)
    attacker = presence_for(found, presence)
    told = _told(attacker)
    question = Question(
        found,
        title=_("Has %(name)s given this account up?") % {"name": attacker},
        sub=_("They stay readable, with the day and the reason."),
        do=_("Save"),
        icon="log-out",
        back="competitors:account",
    )

    def act(said: dict[str, Any]) -> str:
        actions.leave(presence=attacker, by=request.user, **said)
        return _("It is written down.")

    initial = {"seen": told.number, "left_on": told.left_on or today(), "why": told.why_left}
    return ask(request, question, LeaveForm(request.POST or None, initial=initial), act)
