"""A form that is sent twice (double click, reload, retry after a time-out) does its work once."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.gate.models import Submission
from anahtar_web.gate.refusals import Refused

FIELD: Final = "once"
HEADER: Final = "X-Once"
_TOKEN: Final = re.compile(r"[\w-]{8,64}", re.A)
_KEPT: Final = timedelta(days=1)
_LONGEST_ANSWER: Final = 100_000
_REPEATED: Final = ("Content-Type", "Location")


class UnableToTakeForm(Refused):
    """The form carries no token: it was not made by a page of ours."""

    def __init__(self) -> None:
        super().__init__(_("This form is incomplete. Reload the page and send it again."))


def run_once(request: HttpRequest, work: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Do the work of a form, all or nothing, unless a copy of the form has done it; then give that one's answer.

    An answer of 400 and above means that nothing was done: whatever the work wrote is rolled back, and the form may
    be corrected and sent again.
    """
    token = request.POST.get(FIELD) or request.headers.get(HEADER, "")
    if not _TOKEN.fullmatch(token):
        raise UnableToTakeForm
    try:
        with transaction.atomic():
            # First, so that a copy that arrives meanwhile waits here for what becomes of this one.
            sent = Submission.objects.create(token=token, user=_user(request), path=request.path[:500])
            answer = work()
            if answer.status_code >= 400:
                transaction.set_rollback(True)
            else:
                _keep(answer, sent)
            return answer
    except IntegrityError:
        earlier = Submission.objects.filter(token=token).first()
        if earlier is None:
            raise
        return _same_answer(request, earlier)


def _user(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


def _keep(answer: HttpResponseBase, sent: Submission) -> None:
    """Write down what a second copy is answered; a file or a very long page is not kept."""
    sent.headers = {
        name: value for name, value in answer.headers.items() if name in _REPEATED or name.upper().startswith("HX-")
    }
    if isinstance(answer, HttpResponse) and len(answer.content) <= _LONGEST_ANSWER:
        sent.status, sent.body = answer.status_code, answer.content.decode()
    sent.save(update_fields=["status", "headers", "body"])


def _same_answer(request: HttpRequest, earlier: Submission) -> HttpResponse:
    if earlier.path != request.path[:500] or earlier.user_id != (request.user.pk if _user(request) else None):
        raise UnableToTakeForm
    return HttpResponse(earlier.body, status=earlier.status, headers=earlier.headers)


def forget_old() -> int:
    """Delete the tokens of yesterday; returns how many."""
    deleted, _kinds = Submission.objects.filter(sent_at__lt=timezone.now() - _KEPT).delete()
    return deleted
