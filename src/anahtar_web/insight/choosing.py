"""Accounts chosen in the list, as an address carries them: `?id=3&id=7` beside order and columns."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.http import QueryDict

from anahtar_web.accounts.access import accounts_for

if TYPE_CHECKING:
    from anahtar_web.insight.asked import Asked
    from anahtar_web.people.models import User

CHOSEN: Final = "id"


def without(query: QueryDict, *others: str) -> QueryDict:
    """Give what an address says of the list itself."""
    rest = query.copy()
    for name in (CHOSEN, *others):
        rest.pop(name, None)
    return rest


def chosen_in(query: QueryDict, user: "User") -> Sequence[int] | None:
    """Give the chosen accounts; None: nobody chose any, and the whole list is meant.

    Raises
    ------
    Http404
        One of them is absent or invisible, or they are too many.
    """
    return [account.pk for account in accounts_for(user, query.getlist(CHOSEN))] if CHOSEN in query else None


def arrangement(asked: "Asked") -> Sequence[tuple[str, str]]:
    """Give order and columns; what narrowed the list says nothing more of accounts that were chosen by hand."""
    return [(name, value) for name, value in asked.parameters() if name in ("sort", "columns")]


def address_of(asked: "Asked", chosen: Sequence[int]) -> str:
    """Write chosen accounts as an address."""
    return "?" + urlencode([*((CHOSEN, pk) for pk in chosen), *arrangement(asked)])
