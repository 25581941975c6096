"""Everything that can happen to a tender and to files of past tenders; to its reasons: `company.reasons`."""

from anahtar_web.tenders.actions.bringing import bring, keep_file, say_columns, take_back
from anahtar_web.tenders.actions.deciding import Decision, decide, reopen
from anahtar_web.tenders.actions.exporting import take_out
from anahtar_web.tenders.actions.keeping import UnableToWriteTender
from anahtar_web.tenders.actions.writing import (
    change,
    move,
    start,
    write_criteria,
    write_lots,
    write_papers,
    write_participants,
)

__all__ = [
    "Decision",
    "UnableToWriteTender",
    "bring",
    "change",
    "decide",
    "keep_file",
    "move",
    "reopen",
    "say_columns",
    "start",
    "take_back",
    "take_out",
    "write_criteria",
    "write_lots",
    "write_papers",
    "write_participants",
]
