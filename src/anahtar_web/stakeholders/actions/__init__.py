"""What can happen to the people of an account, to what runs between them, and to how we stand with them."""

from anahtar_web.stakeholders.actions.addresses import UnableToKeepAddress, add_address, end_address
from anahtar_web.stakeholders.actions.deciding import UnableToStateRule, close_decision, restate, state
from anahtar_web.stakeholders.actions.erasing import erase
from anahtar_web.stakeholders.actions.exporting import take_out_people
from anahtar_web.stakeholders.actions.keeping import UnableToWritePerson
from anahtar_web.stakeholders.actions.leaving import come_back, leave
from anahtar_web.stakeholders.actions.moving import UnableToMove, move
from anahtar_web.stakeholders.actions.relating import UnableToRelate, relate
from anahtar_web.stakeholders.actions.seeing import note_sight
from anahtar_web.stakeholders.actions.tying import UnableToTie, end_tie, tie
from anahtar_web.stakeholders.actions.writing import EDITED, add, edit, edit_one, told

__all__ = [
    "EDITED",
    "UnableToKeepAddress",
    "UnableToMove",
    "UnableToRelate",
    "UnableToStateRule",
    "UnableToTie",
    "UnableToWritePerson",
    "add",
    "add_address",
    "close_decision",
    "come_back",
    "edit",
    "edit_one",
    "end_address",
    "end_tie",
    "erase",
    "leave",
    "move",
    "note_sight",
    "relate",
    "restate",
    "state",
    "take_out_people",
    "tie",
    "told",
]
