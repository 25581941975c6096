"""Everything that can happen to analyses, lists and people's views of them, one module per question."""

from anahtar_web.insight.actions.analysing import analyse, ask_for_analysis
from anahtar_web.insight.actions.exporting import TakenOut, UnableToExport, take_out
from anahtar_web.insight.actions.looking import look
from anahtar_web.insight.actions.viewing import (
    UnableToKeepView,
    change_view,
    delete_view,
    open_with,
    rename_view,
    save_view,
)

__all__ = [
    "TakenOut",
    "UnableToExport",
    "UnableToKeepView",
    "analyse",
    "ask_for_analysis",
    "change_view",
    "delete_view",
    "look",
    "open_with",
    "rename_view",
    "save_view",
    "take_out",
]
