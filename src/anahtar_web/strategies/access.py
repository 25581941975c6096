"""What somebody asks for by name: a strategy and its versions, or nothing."""

from django.http import Http404

from anahtar_web.strategies.queries import Strategy, version_of
from anahtar_web.strategies.subjects import SUBJECTS, Subject


def subject_for(code: str) -> Subject:
    """Give what a strategy is written for."""
    if code not in SUBJECTS:
        raise Http404
    return SUBJECTS[code]


def version_for(subject: Subject, number: int) -> Strategy:
    """Give a version of a strategy."""
    found = version_of(subject, number)
    if found is None:
        raise Http404
    return found
