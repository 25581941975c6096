"""What can happen to interactions and to what was agreed in them."""

from anahtar_web.interactions.actions.agreeing import agree, drop, finish, move
from anahtar_web.interactions.actions.forgetting import forget, nameless
from anahtar_web.interactions.actions.happening import Written, delete, edit, write_down
from anahtar_web.interactions.actions.meeting import meet
from anahtar_web.interactions.actions.refusals import (
    UnableToAgree,
    UnableToSayWho,
    UnableToStep,
    UnableToTakeTwice,
    UnableToWriteDown,
)
from anahtar_web.interactions.actions.taking_part import Parts, Stranger, say_who
from anahtar_web.interactions.actions.touching import recount, regroup, turn_the_day

__all__ = [
    "Parts",
    "Stranger",
    "UnableToAgree",
    "UnableToSayWho",
    "UnableToStep",
    "UnableToTakeTwice",
    "UnableToWriteDown",
    "Written",
    "agree",
    "delete",
    "drop",
    "edit",
    "finish",
    "forget",
    "meet",
    "move",
    "nameless",
    "recount",
    "regroup",
    "say_who",
    "turn_the_day",
    "write_down",
]
