"""Which imports a request may speak of. Imports are for those who may see all of them; there is no finer rule."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from anahtar_web.ledgers.keepers import offered
from anahtar_web.ledgers.models import Import, SavedMapping, StoredFile
from anahtar_web.ledgers.queries import imports


def import_for(pk: int) -> Import:
    """Give an import, or answer 404."""
    return get_object_or_404(imports(), pk=pk)


def file_for(of: Import, pk: int) -> StoredFile:
    """Give a file of an import that still lies on the disk, or answer 404."""
    return get_object_or_404(of.files.all(), pk=pk, removed_at=None)


def mapping_for_person(pk: int) -> SavedMapping:
    """Give a saved mapping, or answer 404."""
    return get_object_or_404(SavedMapping, pk=pk)


def corrected_import(text: str) -> Import | None:
    """Give the import that an upload is to correct (`?corrects=12`); None where the address names none.

    Raises
    ------
    Http404
        It names one that is not there, or is no number.
    """
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return import_for(int(text))


def kind_asked(text: str) -> str:
    """Give the kind of file an address names (`?kind=deliveries`); sales where it names none.

    Raises
    ------
    Http404
        Nobody keeps such files.
    """
    kind = text or "sales"
    if kind not in offered():
        raise Http404
    return kind
