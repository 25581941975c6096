"""Which accounts are key: what the ledger proposes, what people decide."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from anahtar.rules.account_type import AccountType
from anahtar_web.accounts import actions
from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.forms import DecideForm
from anahtar_web.accounts.models import KeyDecision, KeyStatus
from anahtar_web.accounts.queries import decision_on
from anahtar_web.accounts.views.asking import Question, ask
from anahtar_web.gate.policy import edits, reads
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.insight.pages import KeyAccountsPage, KeyPage
from anahtar_web.insight.pages.key import Computed, computed_of
from anahtar_web.insight.pages.key_accounts import SHOWN
from anahtar_web.insight.queries import current_run


@reads()
def status(request: Request, pk: int) -> HttpResponse:
    page = KeyPage.build(account_for(request.user, pk), request.user, current_run())
    return render(request, "insight/key.html", {"page": page, "head": page.head})


@edits(Right.DECIDE_KEY)
def decide(request: Request, pk: int) -> HttpResponse:
    account, run = account_for(request.user, pk), current_run()
    computed, before = computed_of(account, run), decision_on(account)
    question = Question(
        account,
        title=_("Is %(account)s a key account?") % {"account": account},
        sub=_("What the ledger says is kept beside your decision; the decision before it stays readable."),
        do=_("Decide"),
        icon="key-round",
        back="insight:key",
    )

    def act(said: dict[str, Any]) -> str:
        verdict = actions.Verdict(
            status=KeyStatus(said["status"]),
            reason=said["reason"],
            types=[AccountType(one) for one in said["types"]],
            tier=said["tier"],
            review_on=said["review_on"],
        )
        kept = computed.keep(run) if computed and run else {}
        decision = actions.decide_key(
            account=account, verdict=verdict, by=request.user, seen=said["seen"], computed=kept
        )
        return _("%(account)s: %(decision)s.") % {"account": account, "decision": decision.get_status_display()}

    return ask(request, question, DecideForm(request.POST or None, initial=_proposed(before, computed)), act)


def _proposed(before: KeyDecision | None, computed: Computed | None) -> dict[str, Any]:
    """Fill the form in with what holds, or with what the ledger proposes."""
    if before is not None:
        return {
            **{"seen": before.pk, "status": before.status, "types": before.type_list},
            **{"tier": before.tier, "review_on": before.review_on},
        }
    if computed is None:
        return {}
    return {"status": KeyStatus.KEY if computed.key else "", "types": computed.types}


@reads(parameters={"show", "page"})
def accounts(request: Request) -> HttpResponse:
    run = current_run()
    here = request.GET.get("show", "")
    if here and here not in SHOWN:
        raise BadRequest("unknown value of 'show'")
    page = None if run is None else KeyAccountsPage.build(request.user, run, here, request.GET.get("page", ""))
    return render(request, "insight/key_accounts.html", {"page": page})
