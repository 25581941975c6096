"""Putting a signal off, dismissing it, taking it up again."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.accounts.views.asking import Question, ask
from anahtar_web.gate.policy import edits, writes
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.signals import actions
from anahtar_web.signals.access import signal_for
from anahtar_web.signals.forms import BACK, BackForm, DismissForm, MakeCaseForm, SnoozeForm
from anahtar_web.signals.models import Signal
from anahtar_web.signals.pages.lines import lines_of
from anahtar_web.ui.templatetags.shown import day


@dataclass(frozen=True, slots=True)
class Asked(Question):
    """A question that leads back to where one came from."""

    to: str = "list"

    @property
    def back_to(self) -> str:
        """Where that is."""
        return _address(self.to, self.account.pk)


@edits(Right.WRITE_DOSSIER, parameters={"back"})
def snooze(request: Request, signal: int) -> HttpResponse:
    found = signal_for(request.user, signal)
    form = SnoozeForm(request.POST or None, initial={"back": _back(request)})

    def act(said: dict[str, Any]) -> str:
        actions.snooze(signal=found, until=said["until"], words=said["words"], by=request.user)
        return _("Put off until %(day)s; it comes back sooner if the silence gets worse.") % {"day": day(said["until"])}

    title, sub = _("Put the signal off"), _("It comes back on that day, or as soon as the silence has come further.")
    return ask(request, _question(request, found, title, sub, icon="alarm-clock"), form, act)


@edits(Right.WRITE_DOSSIER, parameters={"back"})
def dismiss(request: Request, signal: int) -> HttpResponse:
    found = signal_for(request.user, signal)
    form = DismissForm(request.POST or None, initial={"back": _back(request)})

    def act(said: dict[str, Any]) -> str:
        actions.dismiss(signal=found, reason=said["reason"], words=said["words"], by=request.user)
        return _("Dismissed. What the account does next is counted.")

    title, sub = _("Dismiss the signal"), _("It stays dismissed for this silence; the account’s next purchase ends it.")
    return ask(request, _question(request, found, title, sub, icon="x"), form, act)


@edits(Right.WRITE_DOSSIER, parameters={"back"})
def make_case(request: Request, signal: int) -> HttpResponse:
    found = signal_for(request.user, signal)
    line = lines_of([found])[0]
    form = MakeCaseForm(request.POST or None, initial={"back": _back(request), "title": line.title})

    def act(said: dict[str, Any]) -> str:
        case = actions.make_case(signal=found, title=said["title"], by=request.user)
        return _("The case is open: %(stage)s.") % {"stage": case.get_stage_display()}

    title, sub = _("Make it a case"), _("It gets an owner, a next step and a history; the ledger moves it on.")
    return ask(request, _question(request, found, title, sub, icon="shield-alert"), form, act)


@writes(Right.WRITE_DOSSIER)
def take_up(request: Request, signal: int) -> HttpResponse:
    found = signal_for(request.user, signal)
    actions.take_up(signal=found, by=request.user)
    messages.success(request, _("The signal is open again."))
    return HttpResponseRedirect(reverse("signals:list"))


def _question(request: Request, signal: Signal, title: str, sub: str, *, icon: str) -> Asked:
    return Asked(
        account=signal.account,
        title=f"{title}: {signal.account.name}",
        do=title,
        sub=sub,
        back="signals:list",
        icon=icon,
        to=_back(request),
    )


def _back(request: Request) -> str:
    form = BackForm(request.POST or request.GET)
    asked = form.cleaned_data["back"] if form.is_valid() else ""
    return asked if asked in BACK else "list"


def _address(back: str, account: int) -> str:
    match back:
        case "account":
            return reverse("insight:account", args=[account])
        case "portfolio":
            return reverse("insight:portfolio")
        case _:
            return reverse("signals:list")
