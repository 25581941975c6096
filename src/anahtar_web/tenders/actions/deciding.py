"""A tender is decided, or opened again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Field
from anahtar_web.people.models import User
from anahtar_web.tenders.actions.keeping import UnableToWriteTender, keep
from anahtar_web.tenders.actions.naming import competitor_named
from anahtar_web.tenders.models import (
    LOST,
    OPEN,
    Lot,
    LotOutcome,
    Outcome,
    Participant,
    Reason,
    Stage,
    Tender,
    WonBy,
)

_LOTS_OF: Final[Mapping[str, str]] = {Outcome.WON: LotOutcome.WON, Outcome.LOST: LotOutcome.LOST}
"""What becomes of every lot where an outcome leaves no choice; all others: no bid, or not awarded."""


@dataclass(frozen=True, slots=True)
class DecidedLot:
    """What became of a lot.

    Parameters
    ----------
    outcome
        Empty: as the tender.
    winner
        Name of the competitor that won it; empty: unknown.
    """

    place: int
    outcome: str = ""
    winner: str = ""
    winner_price: int | None = None
    our_price: int | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a tender, and why.

    Parameters
    ----------
    their_reason
        None on a loss: they did not say; the form has no other way to say nothing.
    """

    outcome: str
    decided_on: date
    lots: Sequence[DecidedLot] = field(default_factory=tuple)
    their_reason: Reason | None = None
    their_words: str = ""
    our_reason: Reason | None = None
    our_words: str = ""
    lessons: str = ""


@transaction.atomic
def decide(*, tender: Tender, version: int, decision: Decision, by: User) -> Tender:
    """Write down what became of a tender; of one that is decided already, correct it.

    Raises
    ------
    UnableToWriteTender
        A loss has no reason, the day is none, or lots and outcome contradict each other.
    EditedMeanwhile
        Somebody has changed it since `version`.
    """
    _check(tender, decision)
    outcomes = _outcomes(list(tender.lots.values_list("place", flat=True)), decision)
    said = {lot.place: lot for lot in decision.lots}

    def parts(fresh: Tender) -> None:
        for lot in fresh.lots.all():
            _decide_lot(lot, outcomes[lot.place], said.get(lot.place) or DecidedLot(lot.place), by)

    fields = {
        "stage": Stage.DECIDED,
        "outcome": decision.outcome,
        "decided_on": decision.decided_on,
        "their_reason": decision.their_reason,
        "their_words": decision.their_words.strip(),
        "our_reason": decision.our_reason,
        "our_words": decision.our_words.strip(),
        "lessons": decision.lessons.strip(),
    }
    return keep(tender, version=version, by=by, verb="tender.decided", fields=fields, parts=parts)


def _check(tender: Tender, decision: Decision) -> None:
    if decision.outcome in LOST and decision.our_reason is None:
        raise UnableToWriteTender(_("Say why it was lost, as we see it: the next offer is made from these reasons."))
    if decision.decided_on > today():
        raise UnableToWriteTender(_("The day of the decision lies ahead. Write the decision down when it is made."))
    if tender.announced_on and decision.decided_on < tender.announced_on:
        raise UnableToWriteTender(_("It was decided before it was announced. Correct one of the two days."))


def _outcomes(places: Sequence[int], decision: Decision) -> dict[int, str]:
    """Give what became of each lot, as far as outcome and lots say the same."""
    said = {lot.place: lot.outcome for lot in decision.lots}
    usual = _LOTS_OF.get(decision.outcome, "" if decision.outcome == Outcome.PARTLY else LotOutcome.NONE)
    found = {place: said.get(place) or usual for place in places}
    kinds = set(found.values())
    if decision.outcome == Outcome.PARTLY:
        if "" in kinds:
            raise UnableToWriteTender(_("Say of each lot what became of it, where a tender is partly won."))
        if LotOutcome.WON not in kinds or kinds == {LotOutcome.WON}:
            raise UnableToWriteTender(_("Partly won means that some lots are won and others are not."))
    elif decision.outcome == Outcome.WON and kinds != {LotOutcome.WON}:
        raise UnableToWriteTender(_("Not every lot is won: choose “partly won”, or correct the lots."))
    elif decision.outcome != Outcome.WON and LotOutcome.WON in kinds:
        raise UnableToWriteTender(_("A lot is won: choose “partly won”, or correct the lots."))
    return found


def _decide_lot(lot: Lot, outcome: str, said: DecidedLot, by: User) -> None:
    winner = None if outcome == LotOutcome.WON else competitor_named(said.winner, by=by)
    lot.outcome, lot.winner, lot.rank = outcome, winner, said.rank
    lot.won_by = WonBy.US if outcome == LotOutcome.WON else WonBy.COMPETITOR if winner else WonBy.UNKNOWN
    if by.sees(Field.OFFER):
        lot.our_price = said.our_price
        lot.winner_price = None if outcome == LotOutcome.WON else said.winner_price
    elif outcome == LotOutcome.WON:
        lot.winner_price = None
    lot.save()
    if winner is not None:
        Participant.objects.get_or_create(tender_id=lot.tender_id, competitor=winner)


@transaction.atomic
def reopen(*, tender: Tender, version: int, stage: str, reason: str, by: User) -> Tender:
    """Open a decided tender again: its outcome and reasons go; what was recorded of them stays readable.

    Raises
    ------
    UnableToWriteTender
        Nobody says why, it is open, or the stage is none of an open one.
    """
    if not reason.strip():
        raise UnableToWriteTender(_("Say why it is open again. Whoever reads it in a year was not there."))
    if tender.stage != Stage.DECIDED or stage not in OPEN:
        raise UnableToWriteTender(_("It is open already."))

    def parts(fresh: Tender) -> None:
        fresh.lots.all().update(outcome="", won_by="", winner=None, winner_price=None)

    fields = {
        "stage": stage,
        "outcome": "",
        "decided_on": None,
        "their_reason": None,
        "their_words": "",
        "our_reason": None,
        "our_words": "",
    }
    return keep(
        tender, version=version, by=by, verb="tender.reopened", fields=fields, parts=parts, reason=reason.strip()
    )
