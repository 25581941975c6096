"""Signing somebody in without asking for a password: right after the first start, and in the demo."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest, HttpResponse

from anahtar_web.people.models import User


def sign_in(request: HttpRequest, person: User, *, proved: bool = False) -> HttpResponse:
    """Begin a session and give the way to the first page.

    Parameters
    ----------
    proved
        The person has just typed the password: the next page may be the one that adds a second factor.
    """
    adapter = get_adapter(request)
    adapter.login(request, person)
    if proved:
        record_authentication(request, person, method="password", reauthenticated=True)
    return adapter.post_login(  # type: ignore[no-any-return]  # allauth ships no types
        request,
        person,
        email_verification="none",
        signal_kwargs=None,
        email=person.email,
        signup=False,
        redirect_url="/",
    )
