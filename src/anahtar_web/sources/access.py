"""Which sources a request may speak of: all of them, for who may see imports."""

from django.shortcuts import get_object_or_404

from anahtar_web.sources.models import Source
from anahtar_web.sources.queries import sources


def source_for(pk: int) -> Source:
    """Give a source, or answer 404."""
    return get_object_or_404(sources(), pk=pk)
