"""What happens at the door, written on the trail; by signals, because the views at the door are allauth's."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest

from anahtar_web.audit.actions import record
from anahtar_web.people.models import User


def connect() -> None:
    """Listen to allauth; called once, when the program starts."""
    account.user_logged_in.connect(_signed_in, dispatch_uid="anahtar.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="anahtar.signed_out")
    account.password_changed.connect(_password_changed, dispatch_uid="anahtar.password_changed")
    account.password_set.connect(_password_changed, dispatch_uid="anahtar.password_set")
    account.password_reset.connect(_password_reset, dispatch_uid="anahtar.password_reset")
    mfa.authenticator_added.connect(_factor_added, dispatch_uid="anahtar.factor_added")
    mfa.authenticator_removed.connect(_factor_removed, dispatch_uid="anahtar.factor_removed")
    mfa.authenticator_reset.connect(_factor_renewed, dispatch_uid="anahtar.factor_renewed")
    mfa.authentication_failed.connect(_factor_failed, dispatch_uid="anahtar.factor_failed")


def failed(request: HttpRequest, email: str) -> None:
    """Note a wrong password, for people who exist and for those who do not alike: the same work, the same time."""
    person = User.objects.filter(email=email.strip().lower()).first() or User(email=email, name=email[:150])
    record("sign_in.failed", person, by=None)


def _signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    record("sign_in.succeeded", user, by=user, after={"means": _means(request)})


def _means(request: HttpRequest) -> list[str]:
    """Tell with what somebody signed in: `password`, `mfa`, `socialaccount`; `demo` where nothing was proved."""
    records = request.session.get("account_authentication_methods", [])
    return [str(kept.get("type") or kept.get("method")) for kept in records] or ["demo"]


def _signed_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record("sign_in.ended", user, by=user)


def _password_changed(user: User, **kwargs: Any) -> None:
    record("sign_in.password_changed", user, by=user)


def _password_reset(user: User, **kwargs: Any) -> None:
    record("sign_in.password_reset", user, by=user)


def _factor_added(user: User, authenticator: Any, **kwargs: Any) -> None:
    record("sign_in.factor_added", user, by=user, after={"factor": authenticator.type})


def _factor_removed(user: User, authenticator: Any, **kwargs: Any) -> None:
    record("sign_in.factor_removed", user, by=user, before={"factor": authenticator.type})


def _factor_renewed(user: User, authenticator: Any, **kwargs: Any) -> None:
    record("sign_in.factor_renewed", user, by=user, after={"factor": authenticator.type})


def _factor_failed(user: User, authenticator: Any, **kwargs: Any) -> None:
    record("sign_in.factor_failed", user, by=None, after={"factor": authenticator.type if authenticator else None})
