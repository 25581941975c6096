"""The rule by which an account decides: how it stands, what if, and stating it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.accounts.views.asking import Question, ask, merged
from anahtar_web.company.days import asked_day
from anahtar_web.company.queries import today
from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.stakeholders import actions
from anahtar_web.stakeholders.access import decision_for
from anahtar_web.stakeholders.actions.deciding import Say
from anahtar_web.stakeholders.forms import CloseForm
from anahtar_web.stakeholders.models import Decision, DecisionVersion
from anahtar_web.stakeholders.pages.rule import RulePage, StatePage
from anahtar_web.stakeholders.queries import people_of
from anahtar_web.stakeholders.rule_forms import RuleForm, in_order, initial_of, proposed


@reads(parameters={"which", "suppose", "on"})
def rule(request: Request, pk: int) -> HttpResponse:
    which = request.GET.get("which", "")
    page = RulePage.build(
        account_for(request.user, pk),
        request.user,
        which=int(which) if which.isascii() and which.isdecimal() and len(which) < 19 else None,
        supposed=request.GET.getlist("suppose")[:100],
        on=asked_day(request.GET.get("on", "")),
    )
    template = "stakeholders/_verdict.html" if request.htmx else "stakeholders/rule.html"
    return render(request, template, {"page": page, "head": page.head})


@edits(Right.WRITE_DOSSIER)
def state(request: Request, pk: int) -> HttpResponse:
    account = account_for(request.user, pk)
    if account.merged_into_id is not None:
        return merged(request, account)
    people = people_of(account)
    form = RuleForm(request.POST or None, people=in_order(people, {}), initial=proposed(people))
    if form.is_valid():
        try:
            made = actions.state(account=account, fields=form.stated(), seats=_seats(form), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The rule is stated."))
            return redirect(_place(account, made))
    page = StatePage(Head.build(account, request.user, "decision"), form)
    context = {"page": page, "head": page.head}
    return render(request, "stakeholders/state.html", context, status=422 if form.is_bound else 200)


def _seats(form: RuleForm) -> list[Say]:
    return [Say(**seat) for seat in form.seats()]


def _place(account: Account, decision: Decision) -> str:
    return f"{reverse('stakeholders:rule', args=[account.pk])}?which={decision.pk}"


@edits(Right.WRITE_DOSSIER)
def restate(request: Request, pk: int, decision: int) -> HttpResponse:
    account = account_for(request.user, pk)
    if account.merged_into_id is not None:
        return merged(request, account)
    found = decision_for(account, decision)
    held = found.versions.get(current=True)
    form = _form(request, account, held)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.restate(decision=found, seen=seen, fields=form.stated(), seats=_seats(form), by=request.user)
        except EditedMeanwhile as refusal:
            return _stated_meanwhile(request, refusal, account, form.stated())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. The version before it stays readable."))
            return redirect(_place(account, found))
    page = StatePage(Head.build(account, request.user, "decision"), form, held)
    context = {"page": page, "head": page.head}
    return render(request, "stakeholders/state.html", context, status=422 if form.is_bound else 200)


def _form(request: Request, account: Account, held: DecisionVersion, sent: Any = None) -> RuleForm:
    seats = {seat.stakeholder_id: seat for seat in held.seats.order_by("pk") if seat.stakeholder_id is not None}
    people = in_order(people_of(account), seats)
    return RuleForm(sent or request.POST or None, people=people, initial=initial_of(held, seats))


def _stated_meanwhile(
    request: Request, refusal: EditedMeanwhile, account: Account, typed: dict[str, Any]
) -> HttpResponse:
    current = refusal.current
    assert isinstance(current, DecisionVersion)
    # Whoever sends the form again has seen the other version: it is saved over that one.
    sent = request.POST.copy()
    sent["seen"] = str(current.number)
    page = StatePage.beside(current, account, request.user, _form(request, account, current, sent), typed)
    return render(request, "stakeholders/state.html", {"page": page, "head": page.head}, status=409)


@edits(Right.WRITE_DOSSIER)
def close(request: Request, pk: int, decision: int) -> HttpResponse:
    account = account_for(request.user, pk)
    found = decision_for(account, decision)
    held = found.versions.get(current=True)
    question = Question(
        account,
        title=_("Have they decided on %(name)s?") % {"name": held.name},
        sub=_("It stays readable as it stood; empty: it is open again."),
        do=_("Save"),
        back="stakeholders:rule",
    )

    def act(said: dict[str, Any]) -> str:
        actions.close_decision(decision=found, by=request.user, **said)
        return _("It is written down.")

    initial = {"seen": held.number, "closed_on": held.closed_on or today()}
    return ask(request, question, CloseForm(request.POST or None, initial=initial), act)
