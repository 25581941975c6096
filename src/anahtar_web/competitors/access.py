"""Competitors somebody asks for, and where they attack an account that somebody sees; or none."""

from django.shortcuts import get_object_or_404

from anahtar_web.accounts.models import Account
from anahtar_web.competitors.models import Competitor, Presence


def competitor_for(pk: int) -> Competitor:
    """Give a competitor of the directory; everybody who works here knows them."""
    return get_object_or_404(Competitor.objects.select_related("merged_into"), pk=pk)


def presence_for(account: Account, pk: int) -> Presence:
    """Give a competitor at an account that was found with `account_for`."""
    rows = Presence.objects.of(account).select_related("competitor", "account")
    found: Presence = get_object_or_404(rows, pk=pk)
    return found
