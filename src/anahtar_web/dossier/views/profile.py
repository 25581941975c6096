"""The profile of an account, its facts, and who read it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.figures import figures
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import GroupPage
from anahtar_web.accounts.views.asking import Question, ask, merged
from anahtar_web.company.days import asked_day
from anahtar_web.company.queries import company, today
from anahtar_web.dossier import actions, exports
from anahtar_web.dossier.access import fact_for, kind_for
from anahtar_web.dossier.forms import FactForm, ReasonForm, proposed
from anahtar_web.dossier.kinds import Kind
from anahtar_web.dossier.models import Fact
from anahtar_web.dossier.pages import HistoryPage, ProfilePage, ReadersPage, WritePage
from anahtar_web.dossier.queries import completeness_of, facts_of, stood_in
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.ui.workbook import answer


@reads(parameters={"on", "all"})
def profile(request: Request, pk: int) -> HttpResponse:
    account = account_for(request.user, pk)
    on, whole = asked_day(request.GET.get("on", "")), request.GET.get("all", "")
    page = ProfilePage.build(account, request.user, on, whole=whole)
    return render(request, "dossier/profile.html", {"page": page, "head": page.head})


@writes()
def note_reading(request: Request, pk: int) -> HttpResponse:
    """Note that the page was opened; sent by the page itself once it is there."""
    actions.note_reading(account=account_for(request.user, pk), by=request.user)
    return HttpResponse(status=204)


@writes(Right.EXPORT)
def facts_file(request: Request, pk: int) -> HttpResponseBase:
    """Give the facts as the page shows them, as a workbook."""
    account = account_for(request.user, pk)
    on = asked_day(request.POST.get("on", ""))
    known = facts_of(account, on)
    reason = request.POST.get("reason", "")
    entry = actions.take_out_facts(account=account, rows=len(known), on=on, reason=reason, by=request.user)
    name = f"{slugify(account.code) or account.pk}-{_('facts')}-{on or today():%Y-%m-%d}"
    return answer(exports.facts_file(account, known, on, entry), name)


@reads()
def readers(request: Request, pk: int) -> HttpResponse:
    page = ReadersPage.build(account_for(request.user, pk), request.user)
    return render(request, "dossier/readers.html", {"page": page, "head": page.head})


@reads()
def group(request: Request, pk: int) -> HttpResponse:
    """Give the tree of the group, for the card that opens it."""
    page = GroupPage.build(account_for(request.user, pk), request.user)
    return render(request, "dossier/_group.html", {"page": page, "head": page.head})


@reads()
def fact(request: Request, pk: int, fact: int) -> HttpResponse:
    """Show what stood there, when and by whom."""
    account = account_for(request.user, pk)
    found, kind = fact_for(account, fact)
    page = HistoryPage.build(account, kind, found, request.user)
    template = "dossier/_history.html" if request.htmx else "dossier/history.html"
    return render(request, template, {"page": page})


@edits(Right.WRITE_DOSSIER, parameters={"from"})
def write(request: Request, pk: int, kind: str) -> HttpResponse:
    """Write down something that is not known yet, or another value of a kind that has several."""
    account, found = account_for(request.user, pk), kind_for(kind)
    stands = None if found.many else stood_in(account, found, None)
    address = reverse("dossier:write", args=[pk, kind])
    return _write(request, account, found, stands.fact if stands else None, None, address)


@edits(Right.WRITE_DOSSIER, parameters={"from"})
def change(request: Request, pk: int, fact: int) -> HttpResponse:
    """Write down something else instead of what is known."""
    account = account_for(request.user, pk)
    old, kind = fact_for(account, fact)
    item = old.item if kind.many else None
    stands = stood_in(account, kind, item)
    address = reverse("dossier:change", args=[pk, fact])
    return _write(request, account, kind, stands.fact if stands else None, item, address)


def _write(
    request: Request, account: Account, kind: Kind, stands: Fact | None, item: int | None, address: str
) -> HttpResponse:
    if account.merged_into_id is not None:
        return merged(request, account)
    currency = figures().currency or company().currency or "TRY"
    form = FactForm(request.POST or None, kind=kind, account=account, initial=proposed(kind, stands, currency))
    back = reverse("dossier:profile", args=[account.pk]) + f"#{kind.area}"
    if request.GET.get("from") == "facts":
        address, back = f"{address}?from=facts", reverse("dossier:to_confirm")
    if form.is_valid():
        try:
            _keep(request, account, kind, form, item)
        except EditedMeanwhile as refusal:
            return _meanwhile(request, refusal, account, kind, address, back)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(kind)s” is written down.") % {"kind": kind})
            return redirect(_next(request, account) or back)
    page = WritePage.build(account, kind, form, stands, address, back)
    template = "dossier/_write.html" if request.htmx else "dossier/write.html"
    return render(request, template, {"page": page}, status=422 if form.is_bound else 200)


def _keep(request: Request, account: Account, kind: Kind, form: FactForm, item: int | None) -> None:
    said: dict[str, Any] = form.cleaned_data
    evidence = actions.Evidence(
        grade=said["grade"],
        known_on=said["known_on"],
        source=said["source"],
        link=said["link"],
        said_by=said.get("said_by"),
        colleague=said.get("colleague"),
        document=said.get("document"),
    )
    actions.write_fact(
        account=account, kind=kind, value=form.value, evidence=evidence, seen=said["seen"], item=item, by=request.user
    )


def _next(request: Request, account: Account) -> str:
    """Give the form of the most important thing that is not known yet, for who asked to go on to it."""
    if "next" not in request.POST:
        return ""
    missing = next((item for item in completeness_of(account).missing if item.why == "missing"), None)
    return reverse("dossier:write", args=[account.pk, missing.asked.kind]) if missing else ""


def _meanwhile(
    request: Request, refusal: EditedMeanwhile, account: Account, kind: Kind, address: str, back: str
) -> HttpResponse:
    current = refusal.current
    assert isinstance(current, Fact)
    # Whoever sends the form again has seen the other statement: it follows that one.
    sent = request.POST.copy()
    sent["seen"] = str(current.pk)
    form = FactForm(sent, kind=kind, account=account)
    form.is_valid()
    page = WritePage.beside(current, account, kind, form, address, back)
    return render(request, "dossier/write.html", {"page": page}, status=409)


@writes(Right.WRITE_DOSSIER)
def confirm(request: Request, pk: int, fact: int) -> HttpResponse:
    """Say with one click that it is true today."""
    account = account_for(request.user, pk)
    found, kind = fact_for(account, fact)
    made = actions.confirm(account=account, fact=found, kind=kind, by=request.user)
    if not request.htmx:
        messages.success(request, _("Confirmed."))
        return redirect(reverse("dossier:profile", args=[pk]) + f"#{kind.area}")
    page = ProfilePage.build(account, request.user)
    context = {"page": page, "head": page.head, "one": page.known(kind, made.item), "card": page.card(kind.area)}
    return render(request, "dossier/_confirmed.html", context)


@edits(Right.WRITE_DOSSIER)
def retract(request: Request, pk: int, fact: int) -> HttpResponse:
    account = account_for(request.user, pk)
    found, kind = fact_for(account, fact)
    question = Question(
        account,
        title=_("Take “%(kind)s” back?") % {"kind": kind},
        sub=_("It was wrong. It stays readable in the history, and what stood there before may hold again."),
        do=_("Take it back"),
        icon="undo-2",
        back="dossier:profile",
        tone="destructive",
    )

    def act(said: dict[str, Any]) -> str:
        actions.retract(account=account, fact=found, kind=kind, by=request.user, **said)
        return _("Taken back. It stays readable in the history.")

    return ask(request, question, ReasonForm(request.POST or None), act)
