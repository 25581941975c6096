"""What allauth asks of us: nobody signs up, locked people stay out, the company's provider may let known people in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sign-in for people whom an administrator has invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account of their own."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The company's OpenID provider lets in whom an administrator has invited under the same address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody unknown."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse strangers with a sentence instead of a sign-up form."""
        if not sociallogin.is_existing:
            messages.error(request, _("Nobody with this address was invited. Ask your administrator."))
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Tell the browser under which name a passkey is kept."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Anahtar"}
