"""What is asked of one person in a dialog: where they stand, that they left, who knows whom, where they are reached."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.views.asking import Question, ask
from anahtar_web.company.queries import today
from anahtar_web.gate.policy import edits
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.stakeholders import actions
from anahtar_web.stakeholders.access import address_for, stakeholder_for, tie_for
from anahtar_web.stakeholders.forms import AddressForm, BackForm, LeaveForm, MoveForm, NothingForm, TieForm
from anahtar_web.stakeholders.models import Stakeholder
from anahtar_web.stakeholders.queries import people_of
from anahtar_web.ui.templatetags.shown import day


@dataclass(frozen=True, slots=True)
class PersonQuestion(Question):
    """A question about somebody: one comes back to the map, with the person open."""

    who: int = 0

    @property
    def back_to(self) -> str:
        """Where one goes on."""
        return f"{reverse('stakeholders:map', args=[self.account.pk])}?who={self.who}"


def _ask(
    request: Request, account: Account, who: Stakeholder, form: Form, act: Callable[[dict[str, Any]], str], **said: str
) -> HttpResponse:
    return ask(request, PersonQuestion(account, back="stakeholders:map", who=who.pk, **said), form, act)


def _others(account: Account, who: Stakeholder) -> list[Stakeholder]:
    return [one for one in people_of(account) if one.pk != who.pk]


@edits(Right.WRITE_DOSSIER)
def move(request: Request, pk: int, who: int) -> HttpResponse:
    account = account_for(request.user, pk)
    found = stakeholder_for(account, who)
    initial = {"version": found.version, "under": found.reports_to}
    form = MoveForm(request.POST or None, people=_others(account, found), initial=initial)

    def act(said: dict[str, Any]) -> str:
        moved = actions.move(who=found, version=said["version"], under=said["under"], by=request.user)
        if moved.reports_to is None:
            return _("%(person)s stands at the top now.") % {"person": moved}
        return _("%(person)s reports to %(superior)s now.") % {"person": moved, "superior": moved.reports_to}

    title = _("Whom does %(person)s report to?") % {"person": found}
    return _ask(request, account, found, form, act, title=title, do=_("Move"), icon="move")


@edits(Right.WRITE_DOSSIER)
def leave(request: Request, pk: int, who: int) -> HttpResponse:
    account = account_for(request.user, pk)
    found = stakeholder_for(account, who)
    form = LeaveForm(request.POST or None, initial={"version": found.version, "on": today(), "place_stays": True})

    def act(said: dict[str, Any]) -> str:
        left = actions.leave(who=found, by=request.user, **said)
        return _("%(person)s has left on %(day)s.") % {"person": left, "day": day(left.left_on)}

    if found.is_gap:
        del form.fields["went_to"], form.fields["place_stays"]
        title, sub, do = (
            _("Need nobody be found any more?"),
            _("The gap leaves the map; it stays readable."),
            _("Close it"),
        )
    else:
        title = _("%(person)s has left the company") % {"person": found}
        sub, do = _("What is written of them stays readable, on the map of every earlier day too."), _("Has left")
    return _ask(request, account, found, form, act, title=title, sub=sub, do=do, icon="log-out")


@edits(Right.WRITE_DOSSIER)
def come_back(request: Request, pk: int, who: int) -> HttpResponse:
    account = account_for(request.user, pk)
    found = stakeholder_for(account, who)
    form = BackForm(request.POST or None, initial={"version": found.version})

    def act(said: dict[str, Any]) -> str:
        back = actions.come_back(who=found, version=said["version"], by=request.user)
        return _("%(person)s stands on the map again.") % {"person": back}

    title = _("Has %(person)s not left after all?") % {"person": found}
    return _ask(request, account, found, form, act, title=title, do=_("Take it back"), icon="undo-2")


@edits(Right.WRITE_DOSSIER)
def add_address(request: Request, pk: int, who: int) -> HttpResponse:
    account = account_for(request.user, pk)
    found = stakeholder_for(account, who)

    def act(said: dict[str, Any]) -> str:
        made = actions.add_address(who=found, kind=said["kind"], value=said["value"], by=request.user)
        return _("%(address)s is written down.") % {"address": made}

    title = _("Where is %(person)s reached?") % {"person": found}
    sub = _("Mails and calendar entries find the person by it.")
    return _ask(
        request,
        account,
        found,
        AddressForm(request.POST or None),
        act,
        title=title,
        sub=sub,
        do=_("Add"),
        icon="at-sign",
    )


@edits(Right.WRITE_DOSSIER)
def end_address(request: Request, pk: int, who: int, address: int) -> HttpResponse:
    account = account_for(request.user, pk)
    found = stakeholder_for(account, who)
    point = address_for(found, address)

    def act(said: dict[str, Any]) -> str:
        actions.end_address(address=point, by=request.user)
        return _("%(address)s holds no more.") % {"address": point}

    title = _("Does %(address)s hold no more?") % {"address": point}
    sub = _("What came from it stays with the person.")
    return _ask(request, account, found, _nothing(request), act, title=title, sub=sub, do=_("Holds no more"), icon="x")


@edits(Right.WRITE_DOSSIER)
def tie(request: Request, pk: int, who: int) -> HttpResponse:
    account = account_for(request.user, pk)
    found = stakeholder_for(account, who)
    form = TieForm(request.POST or None, people=_others(account, found))

    def act(said: dict[str, Any]) -> str:
        actions.tie(one=found, by=request.user, **said)
        return _("The line is drawn.")

    title = _("Draw a line from %(person)s") % {"person": found}
    sub = _("A line of the same kind between the two is replaced, and stays readable.")
    return _ask(request, account, found, form, act, title=title, sub=sub, do=_("Draw"), icon="waypoints")


@edits(Right.WRITE_DOSSIER)
def end_tie(request: Request, pk: int, line: int) -> HttpResponse:
    account = account_for(request.user, pk)
    found = tie_for(account, line)

    def act(said: dict[str, Any]) -> str:
        actions.end_tie(line=found, by=request.user)
        return _("The line is ended. It stays on the map of every earlier day.")

    title = _("Is it so no more?")
    sub = f"{found.get_kind_display()}: {found.from_one} → {found.to_other}"
    return _ask(
        request,
        account,
        found.from_one,
        _nothing(request),
        act,
        title=title,
        sub=sub,
        do=_("End the line"),
        icon="unlink",
    )


def _nothing(request: Request) -> Form:
    return NothingForm(request.POST if request.method == "POST" else None)
