"""Reads of win-backs; each begins with the accounts a person may see."""

from anahtar_web.winbacks.queries.budgets import GONE, all_drawn, all_left_alone, committed, counted, left_alone, spent
from anahtar_web.winbacks.queries.limits import DEFAULTS, covers, limit_of, limits
from anahtar_web.winbacks.queries.members import Member, members, rank
from anahtar_web.winbacks.queries.offers import granted, offers, waiting_for
from anahtar_web.winbacks.queries.outcomes import Cell, Outcome, by_reason_and_kind, outcomes_of

__all__ = [
    "DEFAULTS",
    "GONE",
    "Cell",
    "Member",
    "Outcome",
    "all_drawn",
    "all_left_alone",
    "by_reason_and_kind",
    "committed",
    "counted",
    "covers",
    "granted",
    "left_alone",
    "limit_of",
    "limits",
    "members",
    "offers",
    "outcomes_of",
    "rank",
    "spent",
    "waiting_for",
]
