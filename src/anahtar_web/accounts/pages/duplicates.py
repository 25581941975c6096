"""Pairs that may be one account, merges that were done, and pairs that are two."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from django.core.paginator import Page, Paginator

from anahtar_web.accounts.figures import Figure, figures
from anahtar_web.accounts.models import Dismissal, Merge, Suggestion
from anahtar_web.accounts.queries import (
    Pair,
    dismissals,
    managers_of,
    merges,
    pairs_of,
    suspected,
    suspected_duplicates,
)
from anahtar_web.company.queries import today
from anahtar_web.people.models import User

SIZE: Final = 20


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stand on each of the three pages."""

    waiting: int
    merges: int
    apart: int

    @classmethod
    def build(cls, user: User) -> Self:
        """Count."""
        return cls(suspected_duplicates(user), merges(user).count(), dismissals(user).count())


@dataclass(frozen=True, slots=True)
class DuplicatesPage:
    """Pairs that wait for a decision, the likeliest first.

    Parameters
    ----------
    kinds
        Value of the filter -> what it means.
    """

    counts: Counts
    pairs: list[Pair]
    slice: "Page[Any]"
    told: Mapping[int, Figure]
    managers: Mapping[int, User]
    kind: str
    kinds: Mapping[str, Any]
    currency: str

    @classmethod
    def build(cls, user: User, kind: str, page: str) -> Self:
        """Read one page of them."""
        kind = kind if kind in Suggestion.Kind.values else ""
        rows = Paginator(suspected(user, kind), SIZE).get_page(page)
        pairs = pairs_of(list(rows))
        ids = [account.pk for pair in pairs for account in (pair.first, pair.second)]
        return cls(
            counts=Counts.build(user),
            pairs=pairs,
            slice=rows,
            told=figures().of(ids),
            managers=managers_of(ids, today()),
            kind=kind,
            kinds=dict(Suggestion.Kind.choices),
            currency=figures().currency,
        )


@dataclass(frozen=True, slots=True)
class MergesPage:
    """Merges, the newest first."""

    counts: Counts
    slice: "Page[Merge]"

    @classmethod
    def build(cls, user: User, page: str) -> Self:
        """Read one page of them."""
        return cls(Counts.build(user), Paginator(merges(user), SIZE).get_page(page))


@dataclass(frozen=True, slots=True)
class DismissalsPage:
    """Pairs that somebody found to be two, the newest first."""

    counts: Counts
    slice: "Page[Dismissal]"

    @classmethod
    def build(cls, user: User, page: str) -> Self:
        """Read one page of them."""
        return cls(Counts.build(user), Paginator(dismissals(user), SIZE).get_page(page))
