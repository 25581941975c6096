"""Tenders somebody asks for: those of accounts they may see, or none."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from anahtar_web.gate.versions import EditedMeanwhile
from anahtar_web.people.models import User
from anahtar_web.tenders.models import Reason, Tender, TenderImport


def tender_for(user: User, pk: int) -> Tender:
    """Give a tender of a visible account; absent and invisible are the same 404."""
    rows = Tender.objects.visible_to(user).select_related("account__merged_into", "owner")
    found: Tender = get_object_or_404(rows, pk=pk)
    return found


def import_for(user: User, pk: int) -> TenderImport:
    """Give an import that the person made: its rows may be of accounts nobody else on the page sees."""
    found = get_object_or_404(TenderImport.objects.select_related("by"), pk=pk)
    if found.by_id != user.pk:
        raise Http404
    return found


def reason_for(pk: int) -> Reason:
    """Give a reason of the list."""
    return get_object_or_404(Reason, pk=pk)


def current_of(refusal: EditedMeanwhile) -> Tender:
    """Give the tender as somebody else left it."""
    assert isinstance(refusal.current, Tender)
    return refusal.current
