"""Next steps: agreed, done, moved, dropped."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from anahtar_web.accounts.access import account_for
from anahtar_web.accounts.views.asking import Question, ask
from anahtar_web.gate.policy import edits
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.interactions import actions
from anahtar_web.interactions.access import step_for
from anahtar_web.interactions.forms import AgreeForm, DropForm, FinishForm, MoveForm
from anahtar_web.interactions.pages.account import team_for_form
from anahtar_web.ui.templatetags.shown import day

_BACK = "interactions:account"


@edits(Right.WRITE_DOSSIER)
def agree(request: Request, pk: int) -> HttpResponse:
    found = account_for(request.user, pk)
    question = Question(
        found,
        title=_("What is the next step?"),
        sub=_("What, on which day, and who of us."),
        do=_("Agree"),
        icon="calendar-plus",
        back=_BACK,
    )
    colleagues = team_for_form(found, request.user)
    form = AgreeForm(request.POST or None, initial={"next_owner": str(request.user.pk)}, colleagues=colleagues)

    def act(said: dict[str, Any]) -> str:
        owner = said["next_owner"]
        actions.agree(account=found, what=said["next_what"], due_on=said["next_on"], owner=owner, by=request.user)
        return _("Agreed: %(person)s, %(day)s.") % {"person": owner, "day": day(said["next_on"])}

    return ask(request, question, form, act)


@edits(Right.WRITE_DOSSIER)
def finish_step(request: Request, pk: int, step: int) -> HttpResponse:
    found = account_for(request.user, pk)
    touch = step_for(found, step)
    question = Question(found, title=_("Is it done?"), sub=touch.what, do=_("It is done"), icon="check", back=_BACK)

    def act(said: dict[str, Any]) -> str:
        actions.finish(touch=touch, seen=said["seen"], note=said["note"], by=request.user)
        return _("Done. Is there a next step?")

    return ask(request, question, FinishForm(request.POST or None, initial={"seen": touch.seen}), act)  # type: ignore[attr-defined]  # as `with_last_step` annotates it


@edits(Right.WRITE_DOSSIER)
def move_step(request: Request, pk: int, step: int) -> HttpResponse:
    found = account_for(request.user, pk)
    touch = step_for(found, step)
    question = Question(
        found, title=_("To which day, or to whom?"), sub=touch.what, do=_("Move it"), icon="calendar-clock", back=_BACK
    )
    start = {"seen": touch.seen, "due_on": touch.due_on, "owner": str(touch.owner_id)}  # type: ignore[attr-defined]  # as `with_last_step` annotates it
    colleagues = team_for_form(found, request.user, [touch.owner])

    def act(said: dict[str, Any]) -> str:
        actions.move(touch=touch, by=request.user, **said)
        return _("Moved: %(person)s, %(day)s.") % {"person": said["owner"], "day": day(said["due_on"])}

    return ask(request, question, MoveForm(request.POST or None, initial=start, colleagues=colleagues), act)


@edits(Right.WRITE_DOSSIER)
def drop_step(request: Request, pk: int, step: int) -> HttpResponse:
    found = account_for(request.user, pk)
    touch = step_for(found, step)
    question = Question(
        found, title=_("Drop this step?"), sub=touch.what, do=_("Drop it"), icon="x", back=_BACK, tone="destructive"
    )

    def act(said: dict[str, Any]) -> str:
        actions.drop(touch=touch, by=request.user, **said)
        return _("Dropped. The trail of the account says why.")

    return ask(request, question, DropForm(request.POST or None, initial={"seen": touch.seen}), act)  # type: ignore[attr-defined]  # as `with_last_step` annotates it
