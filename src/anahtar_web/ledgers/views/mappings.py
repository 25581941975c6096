"""Saved mappings."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from anahtar_web.gate.policy import reads, writes
from anahtar_web.gate.request import Request
from anahtar_web.gate.rights import Right
from anahtar_web.ledgers import access
from anahtar_web.ledgers.actions.mappings import forget_mapping
from anahtar_web.ledgers.pages.mappings import MappingsPage


@reads(Right.SEE_IMPORTS)
def mappings(request: Request) -> HttpResponse:
    return render(request, "ledgers/mappings.html", {"page": MappingsPage.build(user=request.user)})


@writes(Right.IMPORT)
def forget(request: Request, pk: int) -> HttpResponse:
    forget_mapping(mapping=access.mapping_for_person(pk), by=request.user)
    return redirect("ledgers:mappings")
