"""What can happen to dossiers: facts are written, confirmed, taken back and postponed; sheets kept; kinds defined."""

from anahtar_web.dossier.actions.confirming import confirm, postpone
from anahtar_web.dossier.actions.counting import count, count_due
from anahtar_web.dossier.actions.defining import UnableToDefine, define, move, redefine, retire
from anahtar_web.dossier.actions.exporting import take_out_facts
from anahtar_web.dossier.actions.keeping import UnableToKeep, keep, remove
from anahtar_web.dossier.actions.reading import note_reading
from anahtar_web.dossier.actions.writing import Evidence, UnableToWriteFact, retract, write_fact

__all__ = [
    "Evidence",
    "UnableToDefine",
    "UnableToKeep",
    "UnableToWriteFact",
    "confirm",
    "count",
    "count_due",
    "define",
    "keep",
    "move",
    "note_reading",
    "postpone",
    "redefine",
    "remove",
    "retire",
    "retract",
    "take_out_facts",
    "write_fact",
]
