"""The board of all cases, and moving one: on the board, in its dialog, or on a page of its own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.accounts.views.asking import merged
from anahtar_web.audit.shown import Version
from anahtar_web.gate.policy import edits, reads, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.risks import actions
from anahtar_web.risks.access import case_at, reason_for
from anahtar_web.risks.asked import PARAMETERS, Asked
from anahtar_web.risks.forms import MoveForm, PlaceForm, over
from anahtar_web.risks.models import Case, LossRecord, Stage
from anahtar_web.risks.pages import BoardPage, WritePage, both_cases


@reads(parameters=PARAMETERS)
def board(request: Request) -> HttpResponse:
    """All cases one sees, stage by stage."""
    asked = Asked.of(request.GET)
    reason = reason_for(int(asked.reason)) if asked.reason else None
    page = BoardPage.build(request.user, asked, reason)
    return render(request, "risks/table.html" if asked.is_table else "risks/board.html", {"page": page})


@writes(Right.WRITE_DOSSIER)
def place(request: Request, pk: int, case: int) -> HttpResponse:
    """Put a card into another column, and give the board as it is then."""
    found = case_at(request.user, pk, case)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise actions.UnableToMoveCase(_("Choose a stage of the board."))
    said = form.cleaned_data
    try:
        now = actions.move(case=found, stage=said["stage"], seen=said["version"], by=request.user)
    except EditedMeanwhile:
        return _asked_again(request, case_at(request.user, pk, case), said)
    return _moved(request, now, said["asked"])


@edits(Right.WRITE_DOSSIER, parameters={"to", "asked"})
def move(request: Request, pk: int, case: int) -> HttpResponse:
    """Move a case to another stage, and say why."""
    found = case_at(request.user, pk, case)
    if found.account.merged_into_id is not None:
        return merged(request, found.account)
    initial = {"version": found.version, "stage": request.GET.get("to", ""), "asked": request.GET.get("asked", "")}
    form, both = MoveForm(request.POST or None, case=found, initial=initial), list[Version]()
    if form.is_valid():
        said = form.cleaned_data
        try:
            now = actions.move(
                case=found, stage=said["stage"], words=said["words"], seen=said["version"], by=request.user
            )
        except EditedMeanwhile:
            return _asked_again(request, case_at(request.user, pk, case), said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _moved(request, now, said["asked"])
    return _ask(request, found, form, both)


def _asked_again(request: Request, found: Case, said: dict[str, Any]) -> HttpResponse:
    """Show how the case stands now beside where it was to go; sent again, it is moved from there."""
    sent = over(request, found.version)
    return _ask(request, found, MoveForm(sent, case=found), both_cases(found, {"stage": said["stage"]}))


def _ask(request: Request, found: Case, form: MoveForm, both: list[Version]) -> HttpResponse:
    address = reverse("risks:move", args=[found.account_id, found.pk])
    page = WritePage.build(found.account, request.user, form, _("Move the case"), found, both, address=address)
    status = 409 if both else 422 if form.is_bound else 200
    if not request.htmx:
        return render(request, "risks/write.html", {"page": page, "head": page.head}, status=status)
    answer = render(request, "risks/_move.html", {"page": page}, status=status)
    answer.headers["HX-Retarget"] = "#question"
    answer.headers["HX-Reswap"] = "innerHTML"
    return answer


def _moved(request: Request, now: Case, asked: str) -> HttpResponse:
    """Go on where the case was moved from: to the record of its loss, to the board, or to its page."""
    said = f"{now.account.name}, {now.title}: {now.get_stage_display()}"
    if now.stage == Stage.LOST and not LossRecord.objects.filter(case=now).exists():
        messages.success(request, _("%(case)s. Write down why, while it is fresh.") % {"case": said})
        return redirect("risks:loss", now.account_id, now.pk)
    if not request.htmx:
        messages.success(request, said)
        back = reverse("risks:board") + Asked.sent(asked).query()
        return redirect(back) if asked else redirect("risks:case", now.account_id, now.pk)
    page = BoardPage.build(request.user, Asked.sent(asked).as_board(), moved=now.pk)
    answer = render(request, "risks/_board.html", {"page": page, "said": said})
    answer.headers["HX-Retarget"] = "#cases"
    answer.headers["HX-Reswap"] = "outerHTML"
    return answer
