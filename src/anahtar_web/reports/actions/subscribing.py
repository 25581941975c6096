"""Beginning and ending a monthly report."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import record
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User
from anahtar_web.reports.models import Subscription

MOST: Final = 5
"""Reports that one person gets."""


class UnableToSubscribe(Refused):
    """The person cannot get this report by mail."""

    @classmethod
    def too_many(cls) -> "UnableToSubscribe":
        """They get enough of them."""
        return cls(_("You get %(n)s monthly reports already: end one of them first.") % {"n": MOST})

    @classmethod
    def without_right(cls) -> "UnableToSubscribe":
        """Their role takes nothing out."""
        return cls(_("Your role takes no reports out."))


@transaction.atomic
def subscribe(*, query: str, label: str, workbook: bool, origin: str, by: User) -> Subscription:
    """Let a person have the report of a filter every month; where they have it, only what is attached changes.

    Raises
    ------
    UnableToSubscribe
        They have too many, or may not.
    """
    if not by.may(Right.EXPORT):
        raise UnableToSubscribe.without_right()
    # The person's row is held: two of their forms at once would both find one place free.
    User.objects.select_for_update().get(pk=by.pk)
    held = Subscription.objects.filter(person=by, query=query).first()
    if held is None and Subscription.objects.filter(person=by).count() >= MOST:
        raise UnableToSubscribe.too_many()
    subscription = held or Subscription(person=by, query=query)
    subscription.label, subscription.workbook, subscription.origin = label[:400], workbook, origin
    subscription.save()
    told = {"filter": query, "form": _attached(workbook=workbook)}
    record("report.subscribed", subscription, by=by, after=told)
    return subscription


@transaction.atomic
def unsubscribe(*, subscription: Subscription, by: User) -> None:
    """End a monthly report."""
    told = {"filter": subscription.query, "form": _attached(workbook=subscription.workbook)}
    record("report.unsubscribed", subscription, by=by, before=told)
    subscription.delete()


def _attached(*, workbook: bool) -> list[str]:
    return ["pdf", "xlsx"] if workbook else ["pdf"]
