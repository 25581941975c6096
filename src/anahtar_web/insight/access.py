"""What somebody asks for: what is theirs, or nothing."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from anahtar_web.insight.models import SavedView

if TYPE_CHECKING:
    from anahtar_web.people.models import User


def view_for(user: "User", pk: int) -> SavedView:
    """Give a saved view of a person; another's is absent."""
    return get_object_or_404(SavedView, person=user, pk=pk)
