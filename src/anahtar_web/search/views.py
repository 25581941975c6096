"""Addresses of the search."""

from django.http import HttpResponse
from django.shortcuts import render

from anahtar_web.gate.policy import reads
from anahtar_web.gate.request import Request
from anahtar_web.search.pages import ResultsPage


@reads(parameters={"q", "kind", "order", "after"})
def results(request: Request) -> HttpResponse:
    page = ResultsPage.build(request.user, request.GET.dict())
    return render(request, "search/_found.html" if request.htmx else "search/results.html", {"page": page})
