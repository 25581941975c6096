"""The people at an account who take part in its decisions, what runs between them, and how well we know them."""

from anahtar_web.stakeholders.models.decisions import STATED, Decision, DecisionRule, DecisionVersion, Seat
from anahtar_web.stakeholders.models.people import (
    ROLES,
    STANCES,
    TOLD,
    ContactPoint,
    Grade,
    LegalGround,
    Role,
    Stakeholder,
    StakeholderVersion,
    Stance,
    key_of,
)
from anahtar_web.stakeholders.models.relations import Level, Relation
from anahtar_web.stakeholders.models.sights import Sight
from anahtar_web.stakeholders.models.ties import Tie

__all__ = [
    "ROLES",
    "STANCES",
    "STATED",
    "TOLD",
    "ContactPoint",
    "Decision",
    "DecisionRule",
    "DecisionVersion",
    "Grade",
    "LegalGround",
    "Level",
    "Relation",
    "Role",
    "Seat",
    "Sight",
    "Stakeholder",
    "StakeholderVersion",
    "Stance",
    "Tie",
    "key_of",
]
