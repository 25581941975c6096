"""Everything that can happen to a tender, to the list of reasons, and to files of past tenders."""

from anahtar_web.tenders.actions.bringing import bring, keep_file, say_columns, take_back
from anahtar_web.tenders.actions.deciding import Decision, decide, reopen
from anahtar_web.tenders.actions.exporting import take_out
from anahtar_web.tenders.actions.keeping import UnableToWriteTender
from anahtar_web.tenders.actions.reasons import add_reason, change_reason
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
    "add_reason",
    "bring",
    "change",
    "change_reason",
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
