"""The monthly mails: who is due, and one mail, computed with the rights that its reader has at that moment.

1. From the due moment of a month on, every subscription older than it gets a `Delivery` for the month, and a job.
   The row is unique, so no worker and no second round asks for another one; after a week of downtime the next round
   finds the same subscriptions without a row.
2. The job makes the report, then says in one statement that the mail is being handed over, and hands it over.
3. A mail server that is not reached, or says no, takes nothing back from the claim: the mail is free to be tried
   again, every hour.
4. A process that dies while handing over, or a server that falls silent then, leaves `handed_at`: nobody can know
   whether the mail went out, so it is not sent again, and the job says so.
"""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anahtar.rules.due import Monthly
from anahtar_web.audit.actions import record
from anahtar_web.company.queries import company, in_zone_of
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Right
from anahtar_web.insight.queries import current_run
from anahtar_web.jobs.actions import enqueue
from anahtar_web.jobs.models import Job
from anahtar_web.reports import mails
from anahtar_web.reports.document import Made
from anahtar_web.reports.gathering import Gathered, UnableToMeanFilter, gather_again
from anahtar_web.reports.models import Delivery, Subscription

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger("anahtar.reports")

KIND: Final = "reports.mail"
AGAIN: Final = timedelta(hours=1)
MOST_TRIES: Final = 24

_SAID_NO: Final = (SMTPResponseException, SMTPRecipientsRefused, SMTPNotSupportedError)
"""What a mail server answers that has not taken a mail."""


class UnableToMail(Refused):
    """The report did not go out, or nobody knows."""

    @classmethod
    def refused_by_server(cls) -> "UnableToMail":
        """The mail server did not take it."""
        return cls(_("The mail server did not take the report. It is tried again in an hour; the log says why."))

    @classmethod
    def unknown(cls) -> "UnableToMail":
        """It was cut off in the middle."""
        return cls(
            _(
                "The handing over of this mail was cut off: it may have arrived, and is not sent again. "
                "The report can be downloaded from the portfolio."
            )
        )


def due_at(now: datetime) -> datetime:
    """Give the moment of this month from which on reports are mailed, in the company's time zone."""
    zone = ZoneInfo(company().time_zone)
    timetable = Monthly(settings.REPORT_DAY, settings.REPORT_HOUR)
    return timetable.of_month(now.astimezone(zone).date(), zone).astimezone(zone)


def ask_for_due(now: datetime | None = None) -> list[Job]:
    """Ask for every mail that is due this month and not asked for yet, and for those to be tried again."""
    now = now or timezone.now()
    due = due_at(now)
    if now < due:
        return []
    month = due.date().replace(day=1)
    fresh = Subscription.objects.filter(person__is_active=True, created_at__lt=due).exclude(deliveries__month=month)
    jobs = [_claim(one, month) for one in fresh.select_related("person").order_by("pk")]
    again = Delivery.objects.filter(month=month, sent_at=None, handed_at=None, tries__gt=0, tries__lt=MOST_TRIES)
    late = again.filter(tried_at__lt=now - AGAIN, subscription__person__is_active=True)
    jobs += [_retry(one) for one in late.select_related("subscription__person").order_by("pk")]
    return [job for job in jobs if job is not None]


@transaction.atomic
def _claim(subscription: Subscription, month: Any) -> Job | None:
    delivery, made = Delivery.objects.get_or_create(subscription=subscription, month=month)
    return _ask(delivery) if made else None


@transaction.atomic
def _retry(delivery: Delivery) -> Job | None:
    return None if Job.objects.of(delivery).under_way().exists() else _ask(delivery)


def _ask(delivery: Delivery) -> Job:
    person = delivery.subscription.person
    return enqueue(KIND, by=person, payload={"delivery": delivery.pk}, subject=delivery, label=person.email)


def mail(delivery_id: int, *, check: "Callable[[], None]") -> dict[str, Any] | None:
    """Mail a report, unless it was, or its reader does not want or may not have it any more.

    Parameters
    ----------
    check
        Called right before the mail is handed over: may end the job.

    Raises
    ------
    UnableToMail, UnableToReport
        It did not go out; the sentence says why.
    """
    delivery = Delivery.objects.select_related("subscription__person").filter(pk=delivery_id).first()
    if delivery is None or delivery.sent_at is not None:
        return None
    if delivery.handed_at is not None:
        raise UnableToMail.unknown()
    subscription, person = delivery.subscription, delivery.subscription.person
    if not person.may(Right.EXPORT):
        return None
    Delivery.objects.filter(pk=delivery.pk).update(tries=F("tries") + 1, tried_at=timezone.now())
    house = company()
    with in_zone_of(house):
        found = _found(delivery, subscription)
        made = Made(person, timezone.now(), None, house.name)
        message = mails.report(subscription, found, made)
    check()
    _hand_over(delivery, message)
    _done(delivery, subscription)
    return {"attached": len(message.attachments)}


def _found(delivery: Delivery, subscription: Subscription) -> Gathered:
    try:
        return gather_again(subscription.person, current_run(), subscription.query)
    except UnableToMeanFilter:
        # Said once: it would be as meaningless in an hour.
        Delivery.objects.filter(pk=delivery.pk).update(tries=MOST_TRIES)
        raise


def _hand_over(delivery: Delivery, message: Any) -> None:
    server = _reached(delivery, message)
    try:
        mine = Delivery.objects.filter(pk=delivery.pk, handed_at=None)
        if mine.update(handed_at=timezone.now()) != 1:
            raise UnableToMail.unknown()
        _send(delivery, message)
    finally:
        # A server that has taken the mail may still be too slow to say goodbye.
        with suppress(OSError):
            server.close()


def _reached(delivery: Delivery, message: Any) -> Any:
    """Connect before anything is handed over: what fails here has sent nothing for sure."""
    server = message.get_connection()
    try:
        server.open()
    except OSError as error:  # (SMTPException is an OSError.)
        raise _not_sent(delivery, error) from error
    return server


def _send(delivery: Delivery, message: Any) -> None:
    try:
        message.send()
    except _SAID_NO as error:
        Delivery.objects.filter(pk=delivery.pk).update(handed_at=None)
        raise _not_sent(delivery, error) from error
    except OSError as error:
        # The server may have taken the mail and been too slow to say so: sent again, it would arrive twice.
        log.error("monthly report of subscription %s may not have been sent: %s", delivery.subscription_id, error)
        raise UnableToMail.unknown() from error


def _not_sent(delivery: Delivery, error: OSError) -> UnableToMail:
    log.error("monthly report of subscription %s was not sent: %s", delivery.subscription_id, error)
    return UnableToMail.refused_by_server()


@transaction.atomic
def _done(delivery: Delivery, subscription: Subscription) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(sent_at=timezone.now())
    record("report.mailed", subscription, by=None, after={"filter": subscription.query})
