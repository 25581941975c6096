"""What a campaign has spent, and who is left alone in it."""

from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import Q, Sum

from anahtar_web.company.queries import today
from anahtar_web.winbacks.models import Campaign, CampaignState, Draw, Offer, OfferState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from anahtar_web.accounts.models import Account


GONE: Final = (OfferState.SENT, OfferState.ACCEPTED)
_COMING: Final = (OfferState.WAITING, OfferState.APPROVED)


def counted() -> Q:
    """Which offers are held against a budget: those that went out and were not given back, and those that still may.

    What was declined, ran out or was withdrawn gives its money back, and so does what did not go out in its days.
    """
    return Q(state__in=GONE) | Q(state__in=_COMING, valid_until__gte=today())


def committed(campaign: Campaign, *, without: int | None = None) -> int:
    """Give what the offers of a campaign come to that are waiting, approved, sent or accepted.

    Parameters
    ----------
    without
        Key of an offer that is left out: the one that asks.
    """
    return _sum(Q(campaign=campaign) & counted() & ~Q(pk=without or 0))


def spent(campaign: Campaign) -> int:
    """Give what the offers of it come to that have gone out and were not given back."""
    return _sum(Q(campaign=campaign, state__in=GONE))


def _sum(which: Q) -> int:
    return Offer.objects.filter(which).aggregate(sum=Sum("cost"))["sum"] or 0


def left_alone(account: "Account", on: date) -> Campaign | None:
    """Give the campaign in which an account is left alone on a day, if any; also where it was merged into this one."""
    drawn = _running().filter(Q(account=account) | Q(account__merged_into=account), held_out=True)
    return next((one.campaign for one in drawn if one.campaign.measures(on)), None)


def all_left_alone(on: date) -> set[int]:
    """Give the keys of all accounts that are left alone on a day, and of those they were merged into; one query."""
    return _keys(on, _running().filter(held_out=True))


def all_drawn(on: date) -> set[int]:
    """Give the keys of all accounts that a campaign measures on a day, and of those they were merged into."""
    return _keys(on, _running())


def _running() -> "QuerySet[Draw]":
    return Draw.objects.filter(campaign__state=CampaignState.RUNNING).select_related("campaign", "account")


def _keys(on: date, drawn: "QuerySet[Draw]") -> set[int]:
    return {one.account.merged_into_id or one.account_id for one in drawn if one.campaign.measures(on)}
