"""Reads of win-backs; each begins with the accounts a person may see."""

from anahtar_web.winbacks.queries.budgets import GONE, all_drawn, all_left_alone, committed, counted, left_alone, spent
from anahtar_web.winbacks.queries.granting import granted, granted_to, together
from anahtar_web.winbacks.queries.limits import DEFAULTS, covers, limit_of, limits
from anahtar_web.winbacks.queries.members import Extent, Member, extents, members, rank, sees_worth
from anahtar_web.winbacks.queries.offers import offers, waiting_for
from anahtar_web.winbacks.queries.outcomes import Cell, Outcome, by_reason_and_kind, outcomes_of

__all__ = [
    "DEFAULTS",
    "GONE",
    "Cell",
    "Extent",
    "Member",
    "Outcome",
    "all_drawn",
    "all_left_alone",
    "by_reason_and_kind",
    "committed",
    "counted",
    "covers",
    "extents",
    "granted",
    "granted_to",
    "left_alone",
    "limit_of",
    "limits",
    "members",
    "offers",
    "outcomes_of",
    "rank",
    "sees_worth",
    "spent",
    "together",
    "waiting_for",
]
