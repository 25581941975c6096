"""Offers, lists and campaigns somebody asks for: offers of accounts they may see, or none."""

from django.shortcuts import get_object_or_404

from anahtar_web.people.models import User
from anahtar_web.winbacks.models import Campaign, Offer, WinbackList
from anahtar_web.winbacks.queries import offers


def offer_for(user: User, pk: int) -> Offer:
    """Give an offer of a visible account; absent and invisible are the same 404."""
    return get_object_or_404(offers(user).select_related("case__account__merged_into"), pk=pk)


def list_for(pk: int) -> WinbackList:
    """Give a list; who is on it depends on who looks."""
    return get_object_or_404(WinbackList.objects.select_related("owner"), pk=pk)


def campaign_for(pk: int) -> Campaign:
    """Give a campaign; its accounts depend on who looks."""
    return get_object_or_404(Campaign.objects.select_related("list", "by"), pk=pk)
