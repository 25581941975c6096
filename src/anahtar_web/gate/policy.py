"""What a view may do, said above the view: `@reads`, `@writes` or `@edits`, and the right it needs.

    @reads(Right.SEE_IMPORTS)          GET; only SELECT reaches the database
    @writes(Right.IMPORT)              POST; atomic, counted once, ends in a redirect or a swap
    @edits(Right.EDIT_ACCOUNTS)        GET shows the form (read-only), POST does it

Without a right every signed-in person may; `public=True` is for pages before sign-in. `parameters={"q", "page"}` names
what may stand behind the question mark: anything else is answered 400. `uploads=True` lets files of the allowed size
in. `before=f` calls `f(request, …)` before the transaction of a form is open, for what takes seconds (a file is read, a
virus scanner asked) and would hold SQLite's only writer meanwhile; the view finds what it gives as `request.prepared`.
Who may see *which* account is never asked here: every query starts from `visible_to(user)`.
"""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from anahtar_web.gate.answers import answers_kept
from anahtar_web.gate.once import run_once
from anahtar_web.gate.readonly import read_only_parts, reading_only
from anahtar_web.gate.refusals import LacksRight, Refused
from anahtar_web.gate.rights import Right

View = Callable[..., HttpResponseBase]
Preparing = Callable[..., Any]

_READ: Final = frozenset({"GET", "HEAD"})
_WRITE: Final = frozenset({"POST"})
_LONGEST_ADDRESS: Final = 2000

log = logging.getLogger("anahtar.refused")


@dataclass(frozen=True, slots=True)
class Policy:
    """What the matrix of all addresses, roles and methods is made from."""

    methods: frozenset[str]
    right: Right | None = None
    public: bool = False
    parameters: frozenset[str] | None = None
    uploads: bool = False


def reads(
    right: Right | None = None, *, public: bool = False, parameters: Collection[str] | None = None
) -> Callable[[View], View]:
    """Mark a view that answers GET and writes nothing."""
    return _with(Policy(_READ, right, public, _names(parameters)))


def writes(
    right: Right | None = None,
    *,
    public: bool = False,
    parameters: Collection[str] | None = None,
    uploads: bool = False,
    before: Preparing | None = None,
) -> Callable[[View], View]:
    """Mark a view that answers POST, all or nothing, once."""
    return _with(Policy(_WRITE, right, public, _names(parameters), uploads), before)


def edits(
    right: Right | None = None,
    *,
    public: bool = False,
    parameters: Collection[str] | None = None,
    uploads: bool = False,
    before: Preparing | None = None,
) -> Callable[[View], View]:
    """Mark a view that shows a form and takes it."""
    return _with(Policy(_READ | _WRITE, right, public, _names(parameters), uploads), before)


def _names(parameters: Collection[str] | None) -> frozenset[str] | None:
    return None if parameters is None else frozenset(parameters)


def _with(policy: Policy, before: Preparing | None = None) -> Callable[[View], View]:
    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            check_right(request, policy)
            if request.method not in policy.methods:
                return HttpResponseNotAllowed(sorted(policy.methods))
            _check_names(request, policy)
            if request.method in _READ:
                return _read(lambda: view(request, *args, **kwargs))
            _check_values(request)
            try:
                if before is not None:
                    with reading_only():
                        request.prepared = before(request, *args, **kwargs)  # type: ignore[attr-defined]  # for the view
                return run_once(request, lambda: view(request, *args, **kwargs))
            except Refused as refused:
                return _refusal(request, refused)

        guarded.policy = policy  # type: ignore[attr-defined]
        return login_not_required(guarded) if policy.public else guarded

    return mark


def check_right(request: HttpRequest, policy: Policy) -> None:
    """Refuse who lacks the right of a view.

    Raises
    ------
    LacksRight
        Their role does not have it.
    """
    if policy.right is None or policy.public:
        return
    if not request.user.may(policy.right):  # type: ignore[union-attr]  # LoginRequiredMiddleware came first
        log.warning("user %s lacks %s for %s %s", request.user.pk, policy.right.value, request.method, request.path)
        raise LacksRight(policy.right)


def _check_names(request: HttpRequest, policy: Policy) -> None:
    """A parameter nobody declared is a slip or a probe for hidden fields (`?owner__password__startswith=`)."""
    if policy.parameters is not None and (unknown := set(request.GET) - policy.parameters):
        raise BadRequest(f"unknown parameters: {sorted(unknown)[:5]}")


def _check_values(request: HttpRequest) -> None:
    # PostgreSQL takes no text with a zero byte; it would fail as late as in the middle of the work.
    if any("\0" in text for values in request.POST.lists() for text in (values[0], *values[1])):
        raise BadRequest("zero byte in a field")


def _read(view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Give the answer of a view that writes nothing, neither now nor while the answer is rendered or sent."""
    with reading_only(), answers_kept():
        answer = view()
        if callable(render_now := getattr(answer, "render", None)):
            answer = render_now()
    if answer.streaming and not hasattr(answer, "file_to_stream"):
        answer.streaming_content = read_only_parts(answer.streaming_content)  # type: ignore[attr-defined]
    return answer


def _refusal(request: HttpRequest, refused: Refused) -> HttpResponseBase:
    """Say what was refused where the person is: as a toast for a swap, as a message on the page they came from."""
    log.info("user %s: %s %s refused: %s", request.user.pk, request.method, request.path, type(refused).__name__)
    if getattr(request, "htmx", False):
        return render(request, "ui/refused_toast.html", {"sentence": str(refused)}, status=409)
    messages.error(request, str(refused))
    return HttpResponseRedirect(came_from(request))


def came_from(request: HttpRequest) -> str:
    """Tell the page a form was sent from: its `back` field or the referring page, if they are ours; else the start."""
    for address in (request.POST.get("back", ""), request.headers.get("Referer", "")):
        if 0 < len(address) <= _LONGEST_ADDRESS and url_has_allowed_host_and_scheme(
            address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return address
    return "/"
