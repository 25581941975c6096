"""What the pages show, one module per page."""

from anahtar_web.insight.pages.account import AccountPage
from anahtar_web.insight.pages.accounts import AccountsPage
from anahtar_web.insight.pages.choices import ChoicesPage
from anahtar_web.insight.pages.export import ExportPage
from anahtar_web.insight.pages.key import KeyPage
from anahtar_web.insight.pages.key_accounts import KeyAccountsPage
from anahtar_web.insight.pages.lines import LinesPage
from anahtar_web.insight.pages.runs import RunsPage

__all__ = [
    "AccountPage",
    "AccountsPage",
    "ChoicesPage",
    "ExportPage",
    "KeyAccountsPage",
    "KeyPage",
    "LinesPage",
    "RunsPage",
]
