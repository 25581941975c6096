"""What is known of accounts: kinds of facts, facts with their grade and source, and sheets that hold from a day on."""

from anahtar_web.dossier.models.facts import (
    LONGEST_LINE,
    LONGEST_TEXT,
    VALUE,
    Fact,
    FactQuerySet,
    Grade,
    Postponement,
)
from anahtar_web.dossier.models.kinds import Area, Definition, Form
from anahtar_web.dossier.models.sheets import Contract, Demand, Kept, KeptQuerySet, Permission
from anahtar_web.dossier.models.whole import Completeness, Reading

__all__ = [
    "LONGEST_LINE",
    "LONGEST_TEXT",
    "VALUE",
    "Area",
    "Completeness",
    "Contract",
    "Definition",
    "Demand",
    "Fact",
    "FactQuerySet",
    "Form",
    "Grade",
    "Kept",
    "KeptQuerySet",
    "Permission",
    "Postponement",
    "Reading",
]
