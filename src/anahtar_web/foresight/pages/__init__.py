"""What the templates are given: one module per page."""

from anahtar_web.foresight.pages.account import AccountPage
from anahtar_web.foresight.pages.days import DaysPage
from anahtar_web.foresight.pages.proof import ProofPage
from anahtar_web.foresight.pages.short import Short

__all__ = ["AccountPage", "DaysPage", "ProofPage", "Short"]
