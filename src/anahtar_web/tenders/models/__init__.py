"""Tenders: what an account asked several to bid for, with lots, criteria, who took part, and what became of it."""

from anahtar_web.tenders.models.importing import Brought, TenderImport
from anahtar_web.tenders.models.parts import Criterion, Lot, LotOutcome, Paper, Participant, WonBy
from anahtar_web.tenders.models.reason import Reason
from anahtar_web.tenders.models.record import Record
from anahtar_web.tenders.models.tender import DECIDED, LOST, OPEN, Outcome, Stage, Tender

__all__ = [
    "DECIDED",
    "LOST",
    "OPEN",
    "Brought",
    "Criterion",
    "Lot",
    "LotOutcome",
    "Outcome",
    "Paper",
    "Participant",
    "Reason",
    "Record",
    "Stage",
    "Tender",
    "TenderImport",
    "WonBy",
]
