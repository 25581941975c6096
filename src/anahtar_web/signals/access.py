"""Signals somebody asks for: those of accounts they may see, or none."""

from django.shortcuts import get_object_or_404

from anahtar_web.people.models import User
from anahtar_web.signals.models import Signal
from anahtar_web.signals.queries import seen_by


def signal_for(user: User, pk: int) -> Signal:
    """Give a signal of a visible account; absent and invisible are the same 404."""
    found: Signal = get_object_or_404(seen_by(user).select_related("account"), pk=pk)
    return found
