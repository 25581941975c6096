"""What a view may do, said above the view: `@reads`, `@writes` or `@edits`, and the right it needs.

    @reads(Right.SEE_IMPORTS)          GET; only SELECT reaches the database
    @writes(Right.IMPORT)              POST; atomic, counted once, ends in a redirect or a swap
    @edits(Right.EDIT_ACCOUNTS)        GET shows the form (read-only), POST does it

Without a right every signed-in person may; `public=True` is for pages before sign-in. Who may see *which* account is
never asked here: every query starts from `visible_to(user)`.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from anahtar_web.gate.once import run_once
from anahtar_web.gate.readonly import reading_only
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Right

View = Callable[..., HttpResponse]

_READ: Final = frozenset({"GET", "HEAD"})
_WRITE: Final = frozenset({"POST"})

log = logging.getLogger("anahtar.refused")


@dataclass(frozen=True, slots=True)
class Policy:
    """What the matrix of all addresses, roles and methods is made from."""

    methods: frozenset[str]
    right: Right | None = None
    public: bool = False


def reads(right: Right | None = None, *, public: bool = False) -> Callable[[View], View]:
    """Mark a view that answers GET and writes nothing."""
    return _with(Policy(_READ, right, public))


def writes(right: Right | None = None, *, public: bool = False) -> Callable[[View], View]:
    """Mark a view that answers POST, all or nothing, once."""
    return _with(Policy(_WRITE, right, public))


def edits(right: Right | None = None, *, public: bool = False) -> Callable[[View], View]:
    """Mark a view that shows a form and takes it."""
    return _with(Policy(_READ | _WRITE, right, public))


def _with(policy: Policy) -> Callable[[View], View]:
    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            _check_right(request, policy)
            if request.method not in policy.methods:
                return HttpResponseNotAllowed(sorted(policy.methods))
            if request.method in _READ:
                with reading_only():
                    return view(request, *args, **kwargs)
            try:
                return run_once(request, lambda: view(request, *args, **kwargs))
            except Refused as refused:
                return _refusal(request, refused)

        guarded.policy = policy  # type: ignore[attr-defined]
        return login_not_required(guarded) if policy.public else guarded

    return mark


def _check_right(request: HttpRequest, policy: Policy) -> None:
    if policy.right is None or policy.public:
        return
    if not request.user.may(policy.right):  # type: ignore[union-attr]  # LoginRequiredMiddleware came first
        log.warning("user %s lacks %s for %s %s", request.user.pk, policy.right.value, request.method, request.path)
        raise PermissionDenied


def _refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Say what was refused where the person is: as a toast for a swap, as a message on the page they came from."""
    log.info("user %s: %s %s refused: %s", request.user.pk, request.method, request.path, type(refused).__name__)
    if getattr(request, "htmx", False):
        return render(request, "ui/refused_toast.html", {"sentence": str(refused)}, status=409)
    messages.error(request, str(refused))
    return HttpResponseRedirect(came_from(request))


def came_from(request: HttpRequest) -> str:
    """Tell the page a form was sent from: its `back` field or the referring page, if they are ours; else the start."""
    for address in (request.POST.get("back", ""), request.headers.get("Referer", "")):
        if address and url_has_allowed_host_and_scheme(
            address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return address
    return "/"
