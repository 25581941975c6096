"""Who looks after an account, and after several."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.accounts import actions
from anahtar_web.accounts.access import account_for, accounts_for, assignment_for
from anahtar_web.accounts.forms import AssignForm, EndForm, HandOverForm, JoinForm, WithdrawForm
from anahtar_web.accounts.models import Part
from anahtar_web.accounts.pages import AssignPage, CoveragePage, TeamPage
from anahtar_web.accounts.views.asking import Question, ask
from anahtar_web.company.queries import today
from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.ui.templatetags.shown import day, number


@reads()
def team(request: Request, pk: int) -> HttpResponse:
    page = TeamPage.build(account_for(request.user, pk), request.user)
    return render(request, "accounts/team.html", {"page": page, "head": page.head})


@edits(Right.ASSIGN_TEAMS)
def hand_over(request: Request, pk: int) -> HttpResponse:
    account = account_for(request.user, pk)
    question = Question(
        account,
        title=_("Hand %(account)s over") % {"account": account},
        sub=_("Who has it now keeps it until that day. Companies of the group that name no KAM of their own follow."),
        do=_("Hand over"),
        icon="user-round-check",
        back="accounts:team",
    )

    def act(said: dict[str, Any]) -> str:
        given = actions.hand_over(account=account, to=said["to"], on=said["on"], reason=said["reason"], by=request.user)
        return _("%(person)s looks after %(account)s from %(day)s.") % {
            "person": given.person,
            "account": account,
            "day": day(given.since),
        }

    return ask(request, question, HandOverForm(request.POST or None, initial={"on": today()}), act)


@edits(Right.ASSIGN_TEAMS)
def join_team(request: Request, pk: int) -> HttpResponse:
    account = account_for(request.user, pk)
    question = Question(
        account,
        title=_("Add to the core team of %(account)s") % {"account": account},
        sub=_("Companies of the group inherit the team."),
        do=_("Add"),
        icon="user-plus",
        back="accounts:team",
    )

    def act(said: dict[str, Any]) -> str:
        joined = actions.join_team(
            account=account,
            person=said["person"],
            part=Part(said["part"]),
            on=said["on"],
            reason=said["reason"],
            by=request.user,
        )
        return _("%(member)s joins from %(day)s.") % {"member": joined, "day": day(joined.since)}

    return ask(request, question, JoinForm(request.POST or None, initial={"on": today()}), act)


@edits(Right.ASSIGN_TEAMS)
def end_part(request: Request, pk: int, assignment: int) -> HttpResponse:
    account = account_for(request.user, pk)
    part = assignment_for(account, assignment)
    planned = part.since > today()
    question = Question(
        account,
        title=(_("Take the plan for %(member)s back") if planned else _("End the part of %(member)s"))
        % {"member": part},
        sub=_("As if it had never been planned: who has the part until then keeps it.") if planned else "",
        do=_("Take back") if planned else _("End"),
        icon="undo-2" if planned else "user-minus",
        tone="destructive",
        back="accounts:team",
    )

    def act(said: dict[str, Any]) -> str:
        on = said.get("on", part.since)
        actions.end_part(assignment=part, on=on, reason=said["reason"], by=request.user)
        return _("The plan is taken back.") if planned else _("The part ends on %(day)s.") % {"day": day(on)}

    form = WithdrawForm(request.POST or None) if planned else EndForm(request.POST or None, initial={"on": today()})
    return ask(request, question, form, act)


@edits(Right.ASSIGN_TEAMS, parameters={"id"})
def assign(request: Request) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    chosen = sent.getlist("id")
    accounts = accounts_for(request.user, chosen) if chosen or request.method == "POST" else []
    form = AssignForm(request.POST or None, initial={"on": today(), "part": Part.MANAGER})
    if form.is_valid():
        said = form.cleaned_data
        try:
            done = actions.assign(
                accounts=accounts,
                to=said["person"],
                part=Part(said["part"]),
                on=said["on"],
                reason=said["reason"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, _("Nothing was changed. %(refusal)s") % {"refusal": refusal})
        else:
            messages.success(request, _assigned(done))
            return HttpResponseRedirect(reverse("accounts:teams"))
    page = AssignPage.build(accounts, form)
    return render(request, "accounts/assign.html", {"page": page}, status=422 if form.is_bound else 200)


def _assigned(done: actions.Assigned) -> str:
    said = ngettext("%(n)s account was assigned.", "%(n)s accounts were assigned.", done.changed)
    told = said % {"n": number(done.changed)}
    if done.already:
        was = ngettext("%(n)s was so already.", "%(n)s were so already.", done.already)
        told = f"{told} {was % {'n': number(done.already)}}"
    return told


@reads(Right.SEE_PEOPLE)
def teams(request: Request) -> HttpResponse:
    return render(request, "accounts/teams.html", {"page": CoveragePage.build(request.user)})
