"""What the pages of losses show, one module per page."""

from anahtar_web.losses.pages.accounts import AccountsPage, ExportPage
from anahtar_web.losses.pages.lapses import LapsesPage
from anahtar_web.losses.pages.overview import OverviewPage
from anahtar_web.losses.pages.places import PartsPage, PlacePage, PlacesPage
from anahtar_web.losses.pages.stress import StressPage
from anahtar_web.losses.pages.successors import SuccessorsPage
from anahtar_web.losses.pages.way_back import WayBackPage

__all__ = [
    "AccountsPage",
    "ExportPage",
    "LapsesPage",
    "OverviewPage",
    "PartsPage",
    "PlacePage",
    "PlacesPage",
    "StressPage",
    "SuccessorsPage",
    "WayBackPage",
]
