"""What the pages of win-backs show."""

from anahtar_web.winbacks.pages.campaigns import CampaignPage
from anahtar_web.winbacks.pages.forms import Asking
from anahtar_web.winbacks.pages.listing import ListPage
from anahtar_web.winbacks.pages.offers import CasePage, OfferPage
from anahtar_web.winbacks.pages.overview import OverviewPage

__all__ = ["Asking", "CampaignPage", "CasePage", "ListPage", "OfferPage", "OverviewPage"]
