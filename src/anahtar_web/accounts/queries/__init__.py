"""What is asked of accounts, one module per question."""

from anahtar_web.accounts.queries.duplicates import (
    Pair,
    dismissals,
    merges,
    pair_of,
    pairs_of,
    suspected,
    suspected_duplicates,
)
from anahtar_web.accounts.queries.groups import (
    companies_of,
    group_of_ledger,
    path_to,
    proposed_code,
    suggestions_for,
    survivor,
    went_into,
    with_below,
)
from anahtar_web.accounts.queries.structure import merged_codes, said_groups
from anahtar_web.accounts.queries.teams import Member, has_part, history_of, managers_of, team_of
from anahtar_web.accounts.queries.trust import without_group, without_manager

__all__ = [
    "Member",
    "Pair",
    "companies_of",
    "dismissals",
    "group_of_ledger",
    "has_part",
    "history_of",
    "managers_of",
    "merged_codes",
    "merges",
    "pair_of",
    "pairs_of",
    "path_to",
    "proposed_code",
    "said_groups",
    "suggestions_for",
    "survivor",
    "suspected",
    "suspected_duplicates",
    "team_of",
    "went_into",
    "with_below",
    "without_group",
    "without_manager",
]
