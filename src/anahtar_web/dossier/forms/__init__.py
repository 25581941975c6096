"""What people type about facts, sheets and kinds: cleaned, not acted on."""

from anahtar_web.dossier.forms.facts import FactForm, proposed
from anahtar_web.dossier.forms.kinds import KindForm, proposed_kind
from anahtar_web.dossier.forms.sheets import SHEET_FORMS, ReasonForm, SheetForm, proposed_sheet

__all__ = [
    "SHEET_FORMS",
    "FactForm",
    "KindForm",
    "ReasonForm",
    "SheetForm",
    "proposed",
    "proposed_kind",
    "proposed_sheet",
]
