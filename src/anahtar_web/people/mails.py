"""Mails to people, each in the language its reader chose; links lead to the address the installation is known by."""

import logging
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from anahtar_web.people.models import User
from anahtar_web.people.tokens import LinkTokens

log = logging.getLogger("anahtar.mail")


def absolute(request: HttpRequest, path: str) -> str:
    """Give the whole address of a page: below ORIGIN where it is set, so that no forged Host gets into a mail."""
    return (settings.ORIGIN or f"{request.scheme}://{request.get_host()}") + path


def link(person: User, request: HttpRequest) -> str:
    """Give the address where somebody sets a password."""
    at = {"uidb36": user_pk_to_url_str(person), "key": LinkTokens().make_token(person)}
    return absolute(request, reverse("account_reset_password_from_key", kwargs=at))


def invitation(person: User, *, by: User, company: str, request: HttpRequest) -> EmailMessage:
    """Write the mail that lets somebody in: for the first time, or with a new password."""
    said = {"person": person, "by": by, "company": company, "link": link(person, request), "first": person.is_waiting}
    with translation.override(person.language):
        return _mail("people/mail/invitation", said, person.email)


def _mail(template: str, said: dict[str, Any], to: str) -> EmailMessage:
    subject = " ".join(render_to_string(f"{template}_subject.txt", said).split())
    return EmailMessage(subject, render_to_string(f"{template}.txt", said).strip() + "\n", None, [to])


def send(message: EmailMessage) -> bool:
    """Send a mail; False where the mail server did not take it, which the log then explains."""
    try:
        message.send()
    except OSError as error:
        # A mail server that is down must not take the page with it. (SMTPException is an OSError.)
        log.error("mail to %s was not sent: %s", ", ".join(message.to), error)
        return False
    return True


def are_kept_as_files() -> bool:
    """Whether no mail server is named, so that mails stand in a folder of the server."""
    return bool(settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"))
