"""What is asked of accounts, one module per question."""

from anahtar_web.accounts.queries.coverage import Load, loads_of_managers, managed_by, parts_of
from anahtar_web.accounts.queries.deciding import (
    codes_of_key_accounts,
    decided,
    decision_on,
    decisions_of,
    decisions_on,
)
from anahtar_web.accounts.queries.duplicates import (
    Pair,
    dismissals,
    merges,
    names_and_tax_numbers,
    pair_of,
    pairs_of,
    suspected,
    suspected_duplicates,
)
from anahtar_web.accounts.queries.groups import (
    companies_of,
    count_below,
    group_of_ledger,
    path_to,
    proposed_code,
    receivers_of,
    suggestions_for,
    survivor,
    tree_above,
    went_into,
    with_below,
)
from anahtar_web.accounts.queries.moving import Moving, coming_along, moving, open_parts
from anahtar_web.accounts.queries.structure import merged_codes, said_groups
from anahtar_web.accounts.queries.teams import Member, has_part, history_of, manager_of, managers_of, team_of
from anahtar_web.accounts.queries.trust import without_group, without_manager

__all__ = [
    "Load",
    "Member",
    "Moving",
    "Pair",
    "codes_of_key_accounts",
    "coming_along",
    "companies_of",
    "count_below",
    "decided",
    "decision_on",
    "decisions_of",
    "decisions_on",
    "dismissals",
    "group_of_ledger",
    "has_part",
    "history_of",
    "loads_of_managers",
    "managed_by",
    "manager_of",
    "managers_of",
    "merged_codes",
    "merges",
    "moving",
    "names_and_tax_numbers",
    "open_parts",
    "pair_of",
    "pairs_of",
    "parts_of",
    "path_to",
    "proposed_code",
    "receivers_of",
    "said_groups",
    "suggestions_for",
    "survivor",
    "suspected",
    "suspected_duplicates",
    "team_of",
    "tree_above",
    "went_into",
    "with_below",
    "without_group",
    "without_manager",
]
