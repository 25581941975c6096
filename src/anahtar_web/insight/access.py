"""What somebody asks for: what is theirs, or nothing."""

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from anahtar_web.insight.models import Run, SavedView
from anahtar_web.insight.queries import shown_run

if TYPE_CHECKING:
    from anahtar_web.people.models import User


def view_for(user: "User", pk: int) -> SavedView:
    """Give a saved view of a person; another's is absent."""
    return get_object_or_404(SavedView, person=user, pk=pk)


def the_run() -> Run:
    """Give the current run; without one there is no list, and nothing of it either."""
    run, _refused = shown_run()
    if run is None:
        raise Http404
    return run
