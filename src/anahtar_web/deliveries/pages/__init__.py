"""What the pages of deliveries show."""

from anahtar_web.deliveries.pages.account import AccountPage
from anahtar_web.deliveries.pages.line import LinePage
from anahtar_web.deliveries.pages.terms import TermsPage

__all__ = ["AccountPage", "LinePage", "TermsPage"]
