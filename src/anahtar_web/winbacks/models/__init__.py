"""Offers, who approved them, campaigns and lists; one module each for what is offered and to whom."""

from anahtar_web.winbacks.models.campaigns import MOST, Campaign, CampaignState, Draw, WinbackList
from anahtar_web.winbacks.models.kinds import Kind
from anahtar_web.winbacks.models.offers import (
    LIVE,
    Approval,
    ApprovalLimit,
    Offer,
    OfferState,
    OfferVersion,
)

__all__ = [
    "LIVE",
    "MOST",
    "Approval",
    "ApprovalLimit",
    "Campaign",
    "CampaignState",
    "Draw",
    "Kind",
    "Offer",
    "OfferState",
    "OfferVersion",
    "WinbackList",
]
