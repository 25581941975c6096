"""Addresses of strategies: all of them, one with its versions, and what holds for an account."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import decision_on
from anahtar_web.accounts.views.asking import Question, ask, merged
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.strategies import actions
from anahtar_web.strategies.access import subject_for, version_for
from anahtar_web.strategies.cells import cells
from anahtar_web.strategies.forms import DeviateForm, EndForm, PreviewForm, RestoreForm, WordingForm
from anahtar_web.strategies.models import Deviation, Wording
from anahtar_web.strategies.pages import (
    AccountPage,
    AccountStrategy,
    ConductPage,
    DeviatePage,
    ListPage,
    SubjectPage,
    VersionPage,
    WritePage,
)
from anahtar_web.strategies.queries import deviation_on, in_force
from anahtar_web.strategies.rhythms import rhythm_of
from anahtar_web.ui.markdown import render as markdown


@reads(parameters={"page"})
def every(request: Request) -> HttpResponse:
    page = ListPage.build(request.user, request.GET.get("page", ""))
    return render(request, "strategies/list.html", {"page": page})


@reads(parameters={"show", "page"})
def conduct(request: Request) -> HttpResponse:
    page = ConductPage.build(request.user, request.GET.get("page", ""), only_key=request.GET.get("show", "") != "all")
    return render(request, "strategies/conduct.html", {"page": page})


@reads()
def one(request: Request, code: str) -> HttpResponse:
    page = SubjectPage.build(subject_for(code), request.user)
    return render(request, "strategies/one.html", {"page": page})


@reads(parameters={"with"})
def version(request: Request, code: str, number: int) -> HttpResponse:
    subject = subject_for(code)
    shown, asked = version_for(subject, number), request.GET.get("with", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        raise Http404
    page = VersionPage.build(shown, version_for(subject, int(asked)) if asked else None, request.user)
    return render(request, "strategies/version.html", {"page": page})


@edits(Right.WRITE_STRATEGIES)
def write(request: Request, code: str) -> HttpResponse:
    subject = subject_for(code)
    held = in_force([code])[code]
    form = WordingForm(
        request.POST or None,
        initial={"version": held.number, "word": held.word, "text": held.text, "language": held.language}
        | {"touch_days": held.rhythm.touch, "visit_days": held.rhythm.visit},
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.write(
                subject=subject,
                by=request.user,
                rhythm=rhythm_of(code, said["touch_days"], said["visit_days"]),
                **_named(said, "version", "word", "text", "language", "reason"),
            )
        except EditedMeanwhile as refusal:
            return _written_meanwhile(request, refusal, said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. The version before it stays readable."))
            return redirect("strategies:one", code)
    page = WritePage.build(held, form)
    return render(request, "strategies/write.html", {"page": page}, status=422 if form.is_bound else 200)


def _named(said: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: said[name] for name in names}


def _written_meanwhile(request: Request, refusal: EditedMeanwhile, said: dict[str, Any]) -> HttpResponse:
    current = refusal.current
    assert isinstance(current, Wording)
    # Whoever sends the form again has seen the other version: it is saved over that one.
    sent = request.POST.copy()
    sent["version"] = str(current.number)
    page = WritePage.beside(current, WordingForm(sent), _named(said, "word", "text", "touch_days", "visit_days"))
    return render(request, "strategies/write.html", {"page": page}, status=409)


@edits(Right.WRITE_STRATEGIES)
def restore(request: Request, code: str, number: int) -> HttpResponse:
    old = version_for(subject_for(code), number)
    held = in_force([code])[code]
    form = RestoreForm(request.POST or None, initial={"version": held.number})
    if form.is_valid():
        try:
            actions.restore(old=old, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _restored(number))
            return redirect("strategies:one", code)
    context = {"form": form, "old": old, "held": held}
    return render(request, "strategies/restore.html", context, status=422 if form.is_bound else 200)


def _restored(number: int) -> str:
    if not number:
        return _("The text that comes with Anahtar holds again, as a new version.")
    return _("Version %(number)s holds again, as a new one.") % {"number": number}


@writes(Right.EDIT_ACCOUNTS)
def preview(request: Request) -> HttpResponse:
    """Show what was typed as it would be read; nothing is kept."""
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return render(request, "strategies/_preview.html", {"errors": form["text"].errors}, status=200)
    return render(request, "strategies/_preview.html", {"html": markdown(form.cleaned_data["text"])})


@reads()
def account(request: Request, pk: int) -> HttpResponse:
    page = AccountPage.build(account_for(request.user, pk), request.user)
    return render(request, "strategies/account.html", {"page": page, "head": page.head})


@edits(Right.EDIT_ACCOUNTS)
def deviate(request: Request, pk: int) -> HttpResponse:
    found = account_for(request.user, pk)
    if found.merged_into_id is not None:
        return merged(request, found)
    before = deviation_on(found)
    form = DeviateForm(request.POST or None, initial=_proposed(before))
    if form.is_valid():
        try:
            actions.deviate(account=found, by=request.user, **form.cleaned_data)
        except EditedMeanwhile as refusal:
            return _deviated_meanwhile(request, refusal, found, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The deviation holds, and stands on the account’s trail."))
            return redirect("strategies:account", pk)
    page = DeviatePage.build(found, request.user, form, _told(found, request))
    context = {"page": page, "head": page.head}
    return render(request, "strategies/deviate.html", context, status=422 if form.is_bound else 200)


def _proposed(before: Deviation | None) -> dict[str, Any]:
    return {} if before is None else {"seen": before.pk, "text": before.text, "until": before.until}


def _told(account: Account, request: Request) -> AccountStrategy:
    return AccountStrategy.build(account, decision_on(account), cells().of(account), request.user)


def _deviated_meanwhile(
    request: Request, refusal: EditedMeanwhile, account: Account, said: dict[str, Any]
) -> HttpResponse:
    current = refusal.current
    assert isinstance(current, Deviation)
    sent = request.POST.copy()
    sent["seen"] = str(current.pk)
    page = DeviatePage.beside(
        current, request.user, DeviateForm(sent), _told(account, request), _named(said, "text", "until")
    )
    return render(request, "strategies/deviate.html", {"page": page, "head": page.head}, status=409)


@edits(Right.EDIT_ACCOUNTS)
def end_deviation(request: Request, pk: int) -> HttpResponse:
    found = account_for(request.user, pk)
    before = deviation_on(found)
    question = Question(
        found,
        title=_("Does %(account)s go by its strategy again?") % {"account": found},
        sub=_("The deviation stays readable, with who ended it and why."),
        do=_("End the deviation"),
        icon="undo-2",
        back="strategies:account",
    )

    def act(said: dict[str, Any]) -> str:
        actions.end_deviation(account=found, by=request.user, **said)
        return _("%(account)s goes by its strategy again.") % {"account": found}

    return ask(request, question, EndForm(request.POST or None, initial={"seen": before.pk if before else ""}), act)
