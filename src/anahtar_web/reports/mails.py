"""The mail of a monthly report, in the language of its reader; links lead to the address the house is known by."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from anahtar_web.company.queries import today
from anahtar_web.reports.document import Made, contents, pdf
from anahtar_web.reports.files import XLSX, name_of, workbook
from anahtar_web.reports.models import Subscription
from anahtar_web.reports.tokens import token_of

if TYPE_CHECKING:
    from anahtar_web.reports.gathering import Gathered


def report(subscription: Subscription, found: "Gathered", made: Made) -> EmailMessage:
    """Write the mail with the report attached."""
    told = contents(found, made)
    stop = reverse("reports:stop", args=[token_of(subscription.pk, subscription.person_id)])
    said = {
        "told": told,
        "person": subscription.person,
        "company": made.company,
        "month": today(),
        "link": _absolute(subscription, reverse("insight:portfolio") + found.asking.asked.address()),
        "stop": _absolute(subscription, stop),
    }
    subject = " ".join(render_to_string("reports/mail/report_subject.txt", said).split())
    text = render_to_string("reports/mail/report.txt", said).strip() + "\n"
    headers = {"List-Unsubscribe": f"<{said['stop']}>", "Auto-Submitted": "auto-generated"}
    message = EmailMessage(subject, text, None, [subscription.person.email], headers=headers)
    message.attach(name_of("pdf"), pdf(told, made_at=made.at), "application/pdf")
    if subscription.workbook:
        message.attach(name_of("xlsx"), workbook(found, made), XLSX)
    return message


def _absolute(subscription: Subscription, path: str) -> str:
    return (settings.ORIGIN or subscription.origin) + path
