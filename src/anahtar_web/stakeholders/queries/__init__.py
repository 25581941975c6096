"""What is asked of the people at accounts, by question. With `on`: as it was known at the end of that day."""

from anahtar_web.stakeholders.queries.changes import Change, Moment, changes, moments
from anahtar_web.stakeholders.queries.decisions import Seated, Stated, decisions_of, stated, versions_of_decision
from anahtar_web.stakeholders.queries.gaps import Gap, GapKind, gaps_among, gaps_of
from anahtar_web.stakeholders.queries.people import addresses_of, by_address, everybody_of, people_of, versions_of
from anahtar_web.stakeholders.queries.relations import colleagues_of, known_by, relations_of, steps_of
from anahtar_web.stakeholders.queries.sights import sights_of
from anahtar_web.stakeholders.queries.ties import ties_of

__all__ = [
    "Change",
    "Gap",
    "GapKind",
    "Moment",
    "Seated",
    "Stated",
    "addresses_of",
    "by_address",
    "changes",
    "colleagues_of",
    "decisions_of",
    "everybody_of",
    "gaps_among",
    "gaps_of",
    "known_by",
    "moments",
    "people_of",
    "relations_of",
    "sights_of",
    "stated",
    "steps_of",
    "ties_of",
    "versions_of",
    "versions_of_decision",
]
