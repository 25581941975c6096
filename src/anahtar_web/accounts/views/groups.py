"""Where an account belongs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from anahtar_web.accounts import actions
from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.figures import figures
from anahtar_web.accounts.forms import NewGroupForm, PlaceForm, ReasonForm
from anahtar_web.accounts.pages import GroupPage, Level
from anahtar_web.accounts.queries import proposed_code
from anahtar_web.accounts.views.asking import Question, ask
from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right


@reads()
def group(request: Request, pk: int) -> HttpResponse:
    page = GroupPage.build(account_for(request.user, pk), request.user)
    return render(request, "accounts/group.html", {"page": page, "head": page.head})


@reads(parameters={"begin"})
def companies(request: Request, pk: int) -> HttpResponse:
    """Open one level of the tree."""
    begin = request.GET.get("begin", "")
    at = int(begin) if begin.isdecimal() and len(begin) < 7 else 0
    level = Level.build(account_for(request.user, pk), request.user, figures().currency, at)
    return render(request, "accounts/_level.html", {"level": level})


@edits(Right.CURATE_ACCOUNTS)
def put_into_group(request: Request, pk: int) -> HttpResponse:
    account = account_for(request.user, pk)
    question = Question(
        account,
        title=_("Put %(account)s into a group") % {"account": account},
        sub=_("It stays there whatever the ledger says, and is summed up there in every figure."),
        do=_("Put into the group"),
        icon="network",
        back="accounts:group",
    )

    def act(said: dict[str, Any]) -> str:
        actions.put_into_group(account=account, group=said["group"], reason=said["reason"], by=request.user)
        return _("%(account)s belongs to %(group)s now. The figures follow.") % {
            "account": account,
            "group": said["group"],
        }

    return ask(request, question, PlaceForm(request.POST or None, user=request.user), act)


@edits(Right.CURATE_ACCOUNTS)
def create_group(request: Request, pk: int) -> HttpResponse:
    account = account_for(request.user, pk)
    question = Question(
        account,
        title=_("Put %(account)s into a new group") % {"account": account},
        sub=_("For a group that stands in no ledger."),
        do=_("Make the group"),
        icon="plus",
        back="accounts:group",
    )

    def act(said: dict[str, Any]) -> str:
        made = actions.create_group_for(
            account=account, name=said["name"], code=said["code"], reason=said["reason"], by=request.user
        )
        return _("%(account)s belongs to %(group)s now. The figures follow.") % {"account": account, "group": made}

    return ask(request, question, NewGroupForm(request.POST or None, initial={"code": proposed_code()}), act)


@edits(Right.CURATE_ACCOUNTS)
def take_out(request: Request, pk: int) -> HttpResponse:
    account = account_for(request.user, pk)
    question = Question(
        account,
        title=_("Take %(account)s out of its group") % {"account": account},
        sub=_("It stands alone then, whatever the ledger says."),
        do=_("Take out"),
        icon="unlink",
        tone="destructive",
        back="accounts:group",
    )

    def act(said: dict[str, Any]) -> str:
        actions.take_out_of_group(account=account, reason=said["reason"], by=request.user)
        return _("%(account)s stands alone now. The figures follow.") % {"account": account}

    return ask(request, question, ReasonForm(request.POST or None), act)


@edits(Right.CURATE_ACCOUNTS)
def follow_ledger(request: Request, pk: int) -> HttpResponse:
    account = account_for(request.user, pk)
    question = Question(
        account,
        title=_("Leave the group of %(account)s to the ledger") % {"account": account},
        sub=_("What a person said of its group is taken back, now and for coming imports."),
        do=_("Follow the ledger"),
        icon="book-open",
        back="accounts:group",
    )

    def act(said: dict[str, Any]) -> str:
        actions.follow_ledger_again(account=account, reason=said["reason"], by=request.user)
        return _("%(account)s stands where the ledger puts it. The figures follow.") % {"account": account}

    return ask(request, question, ReasonForm(request.POST or None), act)
