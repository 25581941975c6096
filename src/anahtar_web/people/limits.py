"""Whoever asks too often is told to wait, and how long."""

from contextlib import suppress
from typing import Final

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anahtar_web.audit.middleware import client_address

_MOST_MISSES: Final = 10
_WAIT: Final = 300


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many tries at the door."""
    answer = render(request, "people/too_many.html", status=429)
    answer.headers["Retry-After"] = str(_WAIT)
    return answer


def guesses_too_often(request: HttpRequest, door: str) -> bool:
    """Whether too many secrets that open nothing were tried from this address within five minutes."""
    return int(caches["process"].get(_key(request, door), 0)) >= _MOST_MISSES


def note_miss(request: HttpRequest, door: str) -> None:
    """Count a secret that opens nothing; by each process for itself, because a page that is read writes nothing."""
    key = _key(request, door)
    if not caches["process"].add(key, 1, _WAIT):
        # Five minutes may end between the two.
        with suppress(ValueError):
            caches["process"].incr(key)


def _key(request: HttpRequest, door: str) -> str:
    return f"people.limits.{door}.{client_address(request)}"
