"""Which analyses a request may speak of: all that compared, for those who see the settings; there is no finer rule."""

from django.http import Http404

from anahtar_web.schedules.models import Comparison
from anahtar_web.schedules.queries import comparison_of


def comparison_for(run: int) -> Comparison:
    """Give what a run changed against the one before it, or answer 404."""
    told = comparison_of(run)
    if told is None or told.before is None:
        raise Http404
    return told
