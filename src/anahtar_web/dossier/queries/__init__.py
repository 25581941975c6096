"""What is asked of dossiers, one module per question. Every read takes an account that was found as visible."""

from anahtar_web.dossier.queries.confirming import POSTPONED_FOR, Asking, Load, asked_this_week, loads
from anahtar_web.dossier.queries.facts import (
    Known,
    best_of,
    facts_of,
    group_of,
    history_of,
    stood_in,
    versions_of_fact,
)
from anahtar_web.dossier.queries.fullness import completeness_of, due_accounts, kept_of, types_of
from anahtar_web.dossier.queries.readers import readers_of
from anahtar_web.dossier.queries.sheets import contracts_due, sheets_of, versions_of_sheet

__all__ = [
    "POSTPONED_FOR",
    "Asking",
    "Known",
    "Load",
    "asked_this_week",
    "best_of",
    "completeness_of",
    "contracts_due",
    "due_accounts",
    "facts_of",
    "group_of",
    "history_of",
    "kept_of",
    "loads",
    "readers_of",
    "sheets_of",
    "stood_in",
    "types_of",
    "versions_of_fact",
    "versions_of_sheet",
]
