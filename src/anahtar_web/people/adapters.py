"""What allauth asks of us: nobody signs up, locked people stay out, the company's provider may let known people in."""

import logging
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import clean_client_ip
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from anahtar_web.audit.actions import record
from anahtar_web.audit.middleware import client_address
from anahtar_web.people import mails
from anahtar_web.people.models import User
from anahtar_web.people.sign_in_events import failed

log = logging.getLogger("anahtar.refused")

_UNKNOWN: Final = "0.0.0.0"
"""Behind a socket without a proxy nobody has an address."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sign-in for people whom an administrator has invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account of their own."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Hold whoever has failed too often for a while: a page that says so, never a lock for good."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            log.warning("too many failed sign-ins from %s", client_address(request))
            raise ImmediateHttpResponse(respond_429(request)) from error

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note it on the trail."""
        failed(request, str(credentials.get("email", "")))

    def set_password(self, user: User, password: str) -> None:
        """Write the password alone: a lock or a role that was given this very moment must not be written over."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to somebody in their language; a mail server that is down shows nobody who exists here."""
        person = context.get("user") or User.objects.filter(email=email.lower()).first()
        language = person.language if person else translation.get_language()
        with translation.override(language):
            mails.send(self._message(template_prefix, email, context))

    def _message(self, template_prefix: str, email: str, context: dict[str, Any]) -> EmailMessage:
        said = {"request": self.request, "email": email, **context}
        message: EmailMessage = self.render_mail(template_prefix, email, said)
        return message

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Give the address in the mail."""
        person, _dash, token = key.partition("-")
        at = {"uidb36": person, "key": token}
        return mails.absolute(self.request, reverse("account_reset_password_from_key", kwargs=at))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to where one's own things are."""
        return reverse("people:profile")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Give the same address that the trail tells; a column for addresses takes nothing else, so no text passes."""
        return clean_client_ip(client_address(request)) or _UNKNOWN


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The company's OpenID provider lets in whom an administrator has invited under the same address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody unknown."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Take the provider's word for whom it knows under an address of ours; refuse strangers with a sentence."""
        if sociallogin.is_existing:
            return
        person = _invited_as(sociallogin)
        if person is None:
            log.warning("the provider's %s is nobody here", sociallogin.account.uid)
            messages.error(request, _("Nobody with this address was invited. Ask your administrator."))
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        # Not `sociallogin.connect`: it saves the whole person, over a lock or a role given meanwhile.
        sociallogin.user = sociallogin.account.user = person
        sociallogin.account.save()
        record("sign_in.provider_linked", person, by=None, after={"provider": sociallogin.account.provider})


def _invited_as(sociallogin: Any) -> User | None:
    """Find who has one of the addresses the provider vouches for.

    An address that is not verified may be one that a stranger typed into his own profile at the provider.
    """
    vouched = [
        address.email.lower()
        for address in sociallogin.email_addresses
        if address.email and (address.verified or settings.OIDC_TRUSTS_ADDRESSES)
    ]
    return User.objects.filter(email__in=vouched).order_by("pk").first()


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Tell the browser under which name a passkey is kept."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Anahtar"}
