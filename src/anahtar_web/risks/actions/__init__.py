"""Everything that can happen to a case and its loss record; to the list of reasons: `company.reasons`."""

from anahtar_web.risks.actions.losing import LOSS_EDITED, UnableToRecordLoss, edit_loss, record_loss
from anahtar_web.risks.actions.moving import UnableToMoveCase, listen_moves, move
from anahtar_web.risks.actions.writing import EDITED, UnableToWriteCase, edit_case, open_case

__all__ = [
    "EDITED",
    "LOSS_EDITED",
    "UnableToMoveCase",
    "UnableToRecordLoss",
    "UnableToWriteCase",
    "edit_case",
    "edit_loss",
    "listen_moves",
    "move",
    "open_case",
    "record_loss",
]
