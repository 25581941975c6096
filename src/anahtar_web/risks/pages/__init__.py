"""What the pages of cases show."""

from anahtar_web.risks.pages.account import AccountPage, CasePage, WritePage, both_cases, both_losses
from anahtar_web.risks.pages.board import BoardPage
from anahtar_web.risks.pages.reasons import ReasonsPage
from anahtar_web.risks.pages.rows import Row

__all__ = ["AccountPage", "BoardPage", "CasePage", "ReasonsPage", "Row", "WritePage", "both_cases", "both_losses"]
