"""What the templates are given: one module per page."""

from anahtar_web.foresight.pages.account import AccountPage
from anahtar_web.foresight.pages.proof import ProofPage

__all__ = ["AccountPage", "ProofPage"]
