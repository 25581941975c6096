"""The addresses of allauth, each behind its policy."""

import logging
from collections.abc import Iterator
from functools import wraps
from typing import Any

import requests
from allauth import urls as allauth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils.translation import gettext as _

from anahtar_web.gate.policy import Policy
from anahtar_web.people.policies import CLOSED, POLICIES, PUBLIC, WITH_PROVIDER
from anahtar_web.people.queries import anybody

log = logging.getLogger("anahtar.faults")


def _kept(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern | URLResolver]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = list(_kept(pattern.url_patterns))
            yield URLResolver(pattern.pattern, inside, pattern.default_kwargs, pattern.app_name, pattern.namespace)
        elif pattern.name:
            yield URLPattern(pattern.pattern, _behind(pattern), pattern.default_args, pattern.name)
        # Addresses without a name are those that older versions had; nobody has ever seen them here.


def _behind(pattern: URLPattern) -> Any:
    name = str(pattern.name)
    if name not in POLICIES:
        raise ImproperlyConfigured(f"allauth brings the address {name}, which people/policies.py does not know")
    policy = POLICIES[name]
    if isinstance(policy, Policy):
        return _open(pattern.callback, policy, name)
    return _with_provider(pattern.callback) if policy == WITH_PROVIDER else _closed(pattern.callback)


def _open(view: Any, policy: Policy, name: str) -> Any:
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if name == settings.LOGIN_URL and request.method == "GET" and not anybody():
            return HttpResponseRedirect(reverse(settings.FIRST_START_URL))
        answer: HttpResponseBase = view(request, *args, **kwargs)
        return answer

    opened.policy = policy  # type: ignore[attr-defined]
    return opened


def _with_provider(view: Any) -> Any:
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.OIDC:
            raise Http404
        try:
            answer: HttpResponseBase = view(request, *args, **kwargs)
        except requests.RequestException as error:
            log.error("the company's provider does not answer: %s", error)
            messages.error(request, _("The company's provider does not answer. Use your password, or try later."))
            return HttpResponseRedirect(reverse(settings.LOGIN_URL))
        return answer

    asked.policy, asked.closed = PUBLIC, WITH_PROVIDER  # type: ignore[attr-defined]
    return login_not_required(asked)


def _closed(view: Any) -> Any:
    @wraps(view)
    def absent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404

    absent.policy, absent.closed = PUBLIC, CLOSED  # type: ignore[attr-defined]
    return login_not_required(absent)


urlpatterns = list(_kept(allauth.urlpatterns))
