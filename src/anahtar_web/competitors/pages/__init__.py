"""What the pages of competitors show, one module per page."""

from anahtar_web.competitors.pages.account import AccountPage, AttackPage, WritePage
from anahtar_web.competitors.pages.listing import DirectoryPage, EditPage
from anahtar_web.competitors.pages.one import CompetitorPage
from anahtar_web.competitors.pages.portfolio import AttacksPage, ExportPage

__all__ = [
    "AccountPage",
    "AttackPage",
    "AttacksPage",
    "CompetitorPage",
    "DirectoryPage",
    "EditPage",
    "ExportPage",
    "WritePage",
]
