"""Everything that can happen to competitors."""

from anahtar_web.competitors.actions.attacking import EDITED, UnableToWriteAttack, edit_attack, enter, leave, told
from anahtar_web.competitors.actions.directory import UnableToName, add, edit, merge, on_merged
from anahtar_web.competitors.actions.exporting import UnableToExportAttacks, take_out
from anahtar_web.competitors.actions.observing import UnableToObserve, decide_threat, see, tell_share

__all__ = [
    "EDITED",
    "UnableToExportAttacks",
    "UnableToName",
    "UnableToObserve",
    "UnableToWriteAttack",
    "add",
    "decide_threat",
    "edit",
    "edit_attack",
    "enter",
    "leave",
    "merge",
    "on_merged",
    "see",
    "take_out",
    "tell_share",
    "told",
]
