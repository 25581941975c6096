"""The pages of cases."""

from anahtar_web.risks.views.board import board, move, place
from anahtar_web.risks.views.cases import account, case, edit, loss, new
from anahtar_web.risks.views.reasons import reason, reasons

__all__ = ["account", "board", "case", "edit", "loss", "move", "new", "place", "reason", "reasons"]
