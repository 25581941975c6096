"""Whoever asks too often is told to wait, and how long."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many tries at the door."""
    answer = render(request, "people/too_many.html", status=429)
    answer.headers["Retry-After"] = "300"
    return answer
