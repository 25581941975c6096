"""What was said of a move: somebody's own words, the names of listed reasons, or a sentence of the ledger.

Words of the list are kept by their keys, not as somebody read them: each reader finds them in their own language, and
as the company calls them now.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from anahtar_web.jobs.told import shown
from anahtar_web.risks.models import Move, Reason

_REASONS: Final = "reasons"


def told_by_reasons(reasons: Iterable[Reason]) -> Any:
    """Write that a case went for these, in a form that every language can be said from."""
    return {_REASONS: [one.pk for one in reasons]}


def reasons_in(stored: Any) -> Sequence[int]:
    """Give the keys of the reasons a stored sentence names; none where it is another kind of sentence."""
    match stored:
        case {"reasons": list(keys)}:
            return [key for key in keys if isinstance(key, int)]
    return ()


def said_of(move: Move, names: Mapping[int, str]) -> str:
    """Say why a case was moved, in the language of the moment.

    Parameters
    ----------
    names
        Key of a reason -> what it is called now (`queries.names_of_reasons`).
    """
    if move.words:
        return move.words
    if keys := reasons_in(move.why):
        return ", ".join(names[key] for key in keys if key in names)
    return shown(move.why)
