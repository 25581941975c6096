"""What people type about win-backs: cleaned, not acted on."""

from anahtar_web.winbacks.forms.campaigns import CampaignForm, ListForm
from anahtar_web.winbacks.forms.offers import AnswerForm, DecideForm, LimitsForm, OfferForm, ReasonForm, VersionForm

__all__ = [
    "AnswerForm",
    "CampaignForm",
    "DecideForm",
    "LimitsForm",
    "ListForm",
    "OfferForm",
    "ReasonForm",
    "VersionForm",
]
