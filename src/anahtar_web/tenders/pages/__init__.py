"""What the pages of tenders show."""

from anahtar_web.tenders.pages.account import AccountPage
from anahtar_web.tenders.pages.board import BoardPage
from anahtar_web.tenders.pages.importing import ImportPage, ImportsPage
from anahtar_web.tenders.pages.listing import ExportPage, ListPage
from anahtar_web.tenders.pages.reasons import ReasonsPage
from anahtar_web.tenders.pages.statistics import StatisticsPage
from anahtar_web.tenders.pages.tender import TenderPage
from anahtar_web.tenders.pages.writing import LinesPage, WritePage

__all__ = [
    "AccountPage",
    "BoardPage",
    "ExportPage",
    "ImportPage",
    "ImportsPage",
    "LinesPage",
    "ListPage",
    "ReasonsPage",
    "StatisticsPage",
    "TenderPage",
    "WritePage",
]
