"""What holds for every request before a view is called, and for every answer on its way out."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from anahtar_web.gate.policy import Policy, check_right

_LONGEST_QUERY: Final = 4000
_LARGEST_FORM: Final = 20 << 20
_LARGEST_ID: Final = 2**63 - 1
"""What fits into a key of the database."""
_FORMS: Final = ("", "application/x-www-form-urlencoded", "multipart/form-data", "application/octet-stream")
_READ: Final = frozenset({"GET", "HEAD"})
_BODY: Final = frozenset({"POST", "PUT", "PATCH"})

_HEADERS: Final = {
    # Nobody finds an account in the cache of a shared machine; the back button asks again.
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), "
        "publickey-credentials-get=(self), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()"
    ),
}


class HeadersMiddleware:
    """Puts the headers on every answer that has none of its own (static files keep theirs)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self._get_response(request)
        for name, value in _HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer


class PlainRequestMiddleware:
    """Answers 400 or 415 where a request is nonsense, before anything reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        query = str(request.META.get("QUERY_STRING", ""))
        if len(query) > _LONGEST_QUERY or "%00" in query or "\0" in query or "\0" in request.path:
            raise BadRequest("query too long, or with a zero byte")
        if request.method in _BODY:
            # Other encodings are decoded by whatever Python finds under that name, base64 and the like included.
            if (request.content_params or {}).get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
                raise BadRequest("forms are UTF-8")
            if request.content_type not in _FORMS:
                return render(request, "ui/errors/400.html", status=415)
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Answer 404 for a number that no row can have; databases fail on it, each in its own way."""
        if any(isinstance(value, int) and value > _LARGEST_ID for value in kwargs.values()):
            raise Http404


class DoorMiddleware(LoginRequiredMiddleware):
    """Turns away who is not signed in, lacks the right or sends too much, before the body is read.

    Stands above the check of CSRF tokens, which reads the whole body: a stranger would fill the disk with it.
    """

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Let pass, or answer instead of the view."""
        policy: Policy | None = getattr(view, "policy", None)
        if (refusal := super().process_view(request, view, args, kwargs)) is not None:
            return refusal
        if policy is not None:
            check_right(request, policy)
            if request.method not in policy.methods:
                return HttpResponseNotAllowed(sorted(policy.methods))
        allowed = settings.UPLOAD_BYTES + _LARGEST_FORM if policy and policy.uploads else _LARGEST_FORM
        if int(request.META.get("CONTENT_LENGTH") or 0) > allowed:
            return render(request, "ui/errors/400.html", status=413)
        return None

    def handle_no_permission(  # type: ignore[override]  # 204 where htmx asks
        self, request: HttpRequest, view: Any
    ) -> HttpResponseBase:
        """Send to the sign-in, and from there back to the page the person was on."""
        sign_in = redirect_to_login(_page_of(request), str(resolve_url(settings.LOGIN_URL)))
        if "HX-Request" not in request.headers:
            return sign_in
        # Followed by htmx, the redirect would put the sign-in into a corner of the page.
        return HttpResponse(status=204, headers={"HX-Redirect": sign_in.url})


def _page_of(request: HttpRequest) -> str:
    """Tell the page to come back to: not the address of a form or a piece of a page, which is none."""
    if request.method in _READ and "HX-Request" not in request.headers:
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours else "/"
