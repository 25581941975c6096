"""Offers of the accounts a person sees."""

from typing import TYPE_CHECKING

from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import Field, Right
from anahtar_web.winbacks.models import Offer, OfferState
from anahtar_web.winbacks.queries.granting import with_sum
from anahtar_web.winbacks.queries.limits import covers, limit_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from anahtar_web.people.models import User


def offers(user: "User") -> "QuerySet[Offer]":
    """Give the offers of visible accounts with what a list shows of them."""
    found = Offer.objects.select_related("case__account", "campaign", "by", "written_by")
    if user.is_active and user.may(Right.SEE_ALL_ACCOUNTS):
        return found
    return found.filter(case__account__in=Account.objects.visible_to(user))


def waiting_for(user: "User") -> "QuerySet[Offer]":
    """Give the offers that somebody may approve: of visible accounts, written by another, within their limit.

    Within it together with what the account was granted in twelve months (`granting`).
    """
    if not user.may(Right.APPROVE_OFFERS) or not user.sees(Field.OFFER):
        return Offer.objects.none()
    found = offers(user).filter(state=OfferState.WAITING).exclude(written_by=user)
    limit = limit_of(user)
    return found if limit is None else with_sum(found).filter(sum__lte=limit)


def may_decide(user: "User", offer: Offer) -> bool:
    """Whether somebody may decide an offer that waits: one within their limit by itself they may at least refuse."""
    return (
        offer.state == OfferState.WAITING
        and user.may(Right.APPROVE_OFFERS)
        and user.sees(Field.OFFER)
        and offer.written_by_id != user.pk
        and covers(limit_of(user), offer.cost)
    )
