"""What is asked of accounts, one module per question."""

from anahtar_web.accounts.queries.structure import merged_codes, said_groups
from anahtar_web.accounts.queries.teams import Member, managers_of, team_of
from anahtar_web.accounts.queries.trust import without_group, without_manager

__all__ = [
    "Member",
    "managers_of",
    "merged_codes",
    "said_groups",
    "team_of",
    "without_group",
    "without_manager",
]
