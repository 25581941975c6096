"""What the page of reports shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.utils import timezone

from anahtar_web.gate.rights import Right
from anahtar_web.insight.portfolio.asked import PortfolioAsked
from anahtar_web.people.mails import are_kept_as_files
from anahtar_web.reports.actions import MOST, due_at
from anahtar_web.reports.gathering import Gathered
from anahtar_web.reports.models import Delivery, Subscription
from anahtar_web.reports.queries import deliveries_of, subscriptions_of

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Monthly:
    """A report somebody gets, and what became of its last mail.

    Parameters
    ----------
    here
        Whether it is of the filter in force.
    """

    subscription: Subscription
    last: Delivery | None
    here: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The template's contract.

    Parameters
    ----------
    may_end
        Whether the person ends a report here; who may change nothing ends one by the link of its mail.
    """

    asked: PortfolioAsked
    months: str
    filter: Sequence[tuple[str, str]]
    empty: bool
    monthly: Sequence[Monthly]
    next_on: date
    kept_as_files: bool
    may_subscribe: bool
    may_end: bool
    subscribed: bool
    email: str

    @classmethod
    def build(cls, user: "User", found: Gathered) -> Self:
        """Read what a person gets; the number of queries does not depend on how many."""
        here = found.asking.asked.query()
        last = deliveries_of(user)
        monthly = [Monthly(one, last.get(one.pk), one.query == here) for one in subscriptions_of(user)]
        return cls(
            asked=found.asking.asked,
            months=found.filtering.months,
            filter=[(chip.label, chip.text) for chip in found.filtering.chips],
            empty=found.figures.empty,
            monthly=monthly,
            next_on=next_on(timezone.now()),
            kept_as_files=are_kept_as_files(),
            may_subscribe=user.may(Right.KEEP_VIEWS) and len(monthly) < MOST,
            may_end=user.may(Right.KEEP_VIEWS),
            subscribed=any(one.here for one in monthly),
            email=user.email,
        )


def next_on(now: datetime) -> date:
    """Give the day of the next monthly mails."""
    due = due_at(now)
    return due.date() if now < due else due.date().replace(year=due.year + due.month // 12, month=due.month % 12 + 1)


def said(found: Gathered) -> str:
    """Say the filter in force in one line."""
    return " · ".join(
        [found.asking.asked.period.label, *(f"{chip.label}: {chip.text}" for chip in found.filtering.chips)]
    )
