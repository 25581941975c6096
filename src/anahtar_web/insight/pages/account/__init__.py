"""The pages of figures of one account: its overview, what changed, why its class; each with the same header."""

from anahtar_web.insight.pages.account.change import ChangePage, MoversPage
from anahtar_web.insight.pages.account.chips import Chip, class_chip
from anahtar_web.insight.pages.account.header import Header, withheld
from anahtar_web.insight.pages.account.overview import AccountPage
from anahtar_web.insight.pages.account.passport import PassportPage
from anahtar_web.insight.pages.account.stats import lines_address

__all__ = [
    "AccountPage",
    "ChangePage",
    "Chip",
    "Header",
    "MoversPage",
    "PassportPage",
    "class_chip",
    "lines_address",
    "withheld",
]
