"""Everything that can happen to accounts, one module per question."""

from anahtar_web.accounts.actions.assigning import Assigned, assign
from anahtar_web.accounts.actions.deciding import UnableToDecide, Verdict, decide_key
from anahtar_web.accounts.actions.editing import EDITED, UnableToWrite, create, edit, plain, written
from anahtar_web.accounts.actions.grouping import (
    UnableToGroup,
    create_group,
    create_group_for,
    follow_ledger_again,
    put_into_group,
    take_out_of_group,
)
from anahtar_web.accounts.actions.holding import UnableToChangeMerged
from anahtar_web.accounts.actions.managing import UnableToHandOver, hand_over
from anahtar_web.accounts.actions.merging import UnableToMerge, UnableToUndoMerge, Undone, merge, undo_merge
from anahtar_web.accounts.actions.structure import on_structure_changed
from anahtar_web.accounts.actions.suggesting import dismiss, keep_suggestions, suggest_again
from anahtar_web.accounts.actions.syncing import LedgerAccount, Synced, sync_from_ledger
from anahtar_web.accounts.actions.teaming import UnableToEndPart, UnableToJoinTeam, end_part, join_team
from anahtar_web.accounts.lineage import UnableToPutBelowItself

__all__ = [
    "EDITED",
    "Assigned",
    "LedgerAccount",
    "Synced",
    "UnableToChangeMerged",
    "UnableToDecide",
    "UnableToEndPart",
    "UnableToGroup",
    "UnableToHandOver",
    "UnableToJoinTeam",
    "UnableToMerge",
    "UnableToPutBelowItself",
    "UnableToUndoMerge",
    "UnableToWrite",
    "Undone",
    "Verdict",
    "assign",
    "create",
    "create_group",
    "create_group_for",
    "decide_key",
    "dismiss",
    "edit",
    "end_part",
    "follow_ledger_again",
    "hand_over",
    "join_team",
    "keep_suggestions",
    "merge",
    "on_structure_changed",
    "plain",
    "put_into_group",
    "suggest_again",
    "sync_from_ledger",
    "take_out_of_group",
    "undo_merge",
    "written",
]
