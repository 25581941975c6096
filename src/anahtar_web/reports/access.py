"""Whose monthly report it is."""

from typing import TYPE_CHECKING

from django.http import Http404

from anahtar_web.reports.models import Subscription
from anahtar_web.reports.tokens import read

if TYPE_CHECKING:
    from anahtar_web.people.models import User


def subscription_for(user: "User", pk: int) -> Subscription:
    """Give one of a person's own subscriptions.

    Raises
    ------
    Http404
        There is none, or it is somebody else's.
    """
    found = Subscription.objects.select_related("person").filter(person=user, pk=pk).first()
    if found is None:
        raise Http404
    return found


def subscription_of(token: str) -> Subscription | None:
    """Give what the link of a mail is about; None: it has ended.

    Raises
    ------
    Http404
        Nobody of ours wrote the link.
    """
    told = read(token)
    if told is None:
        raise Http404
    pk, person = told
    return Subscription.objects.select_related("person").filter(pk=pk, person=person).first()
