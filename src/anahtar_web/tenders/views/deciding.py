"""A tender moves, is decided, is opened again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from anahtar_web.company.queries import today
from anahtar_web.gate.policy import came_from, edits, writes
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.tenders import actions
from anahtar_web.tenders.access import tender_for
from anahtar_web.tenders.actions.deciding import DecidedLot, Decision
from anahtar_web.tenders.forms import NOT_SAID, DecidedLine, DecideForm, MoveForm, ReopenForm, lines
from anahtar_web.tenders.models import LOST, Stage, Tender
from anahtar_web.tenders.queries import offered_reasons
from anahtar_web.tenders.views.writing import written


class UnableToMove(Refused):
    """Somebody has changed the tender since the board was opened."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has changed this tender meanwhile. Look at it, and move it again."))


@writes(Right.WRITE_DOSSIER)
def move(request: Request, pk: int) -> HttpResponse:
    found = tender_for(request.user, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise BadRequest("no such stage")
    stage = form.cleaned_data["stage"]
    if stage == Stage.DECIDED:
        return redirect("tenders:decide", pk)
    try:
        actions.move(tender=found, version=form.cleaned_data["version"], stage=stage, by=request.user)
    except EditedMeanwhile:
        raise UnableToMove from None
    messages.success(request, _("%(tender)s: %(stage)s") % {"tender": found.title, "stage": found.get_stage_display()})
    return redirect(came_from(request))


@edits(Right.WRITE_DOSSIER)
def decide(request: Request, pk: int) -> HttpResponse:
    found = tender_for(request.user, pk)
    reasons = offered_reasons((found.their_reason_id, found.our_reason_id))
    of_lots = list(found.lots.select_related("winner").order_by("place", "pk"))
    form = DecideForm(request.POST or None, reasons=reasons, has_lots=len(of_lots) > 1, initial=_proposed(found))
    initial = [
        {
            "place": lot.place,
            "outcome": lot.outcome,
            "winner": lot.winner.name if lot.winner else "",
            "winner_price": lot.winner_price,
            "our_price": lot.our_price,
            "rank": lot.rank,
        }
        for lot in of_lots
    ]
    rows = lines(DecidedLine, user=request.user, data=request.POST or None, initial=initial, extra=0)
    for line, lot in zip(rows.forms, of_lots, strict=False):
        line.title = lot.name
        if len(of_lots) == 1:
            line.fields.pop("outcome")

    def act() -> None:
        said: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        told = [DecidedLot(**line) for line in rows.said()]
        version = form.cleaned_data["version"]
        actions.decide(tender=found, version=version, decision=Decision(lots=told, **said), by=request.user)

    sub = _("A loss needs both reasons: the next offer and the statistics are made from them.")
    return written(request, found, form, rows, act, title=_("What became of it"), sub=sub)


def _proposed(tender: Tender) -> dict[str, Any]:
    theirs = tender.their_reason_id or (NOT_SAID if tender.outcome in LOST else "")
    return {
        "version": tender.version,
        "outcome": tender.outcome,
        "decided_on": tender.decided_on or today(),
        "their_reason": theirs,
        "their_words": tender.their_words,
        "our_reason": tender.our_reason_id or "",
        "our_words": tender.our_words,
        "lessons": tender.lessons,
    }


@edits(Right.WRITE_DOSSIER)
def reopen(request: Request, pk: int) -> HttpResponse:
    found = tender_for(request.user, pk)
    form = ReopenForm(request.POST or None, initial={"version": found.version})

    def act() -> None:
        actions.reopen(tender=found, by=request.user, **form.cleaned_data)

    sub = _("Outcome, winners and reasons are taken out; what was recorded of them stays readable.")
    return written(request, found, form, None, act, title=_("Open it again"), sub=sub)
