"""Which closed months a request may speak of: all of them, for those who see the settings; there is no finer rule."""

from django.shortcuts import get_object_or_404

from anahtar_web.closings.models import ClosedMonth
from anahtar_web.closings.queries import every_month


def month_for(pk: int) -> ClosedMonth:
    """Give a month that was closed, or answer 404."""
    return get_object_or_404(every_month(), pk=pk)
