"""Everything that can happen to accounts, one module per question."""

from anahtar_web.accounts.actions.syncing import LedgerAccount, Synced, sync_from_ledger
from anahtar_web.accounts.lineage import UnableToPutBelowItself

__all__ = ["LedgerAccount", "Synced", "UnableToPutBelowItself", "sync_from_ledger"]
