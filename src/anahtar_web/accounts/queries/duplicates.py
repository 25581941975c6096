"""Pairs that may be one account, and merges that were done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from anahtar_web.accounts.models import Account, Dismissal, Merge, Origin, Suggestion
from anahtar_web.gate.rights import Right
from anahtar_web.jobs.told import shown
from anahtar_web.people.models import User
from anahtar_web.ui.text import capfirst


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts and what speaks for their being one.

    Parameters
    ----------
    suggestions
        The strongest first.
    """

    first: Account
    second: Account
    suggestions: Sequence[Suggestion] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        """What speaks for it, in short."""
        return [str(suggestion.get_kind_display()) for suggestion in self.suggestions]

    @property
    def evidence(self) -> list[str]:
        """What speaks for it, in the reader's language."""
        return [sentence for suggestion in self.suggestions for sentence in _told(suggestion)]


def _told(suggestion: Suggestion) -> list[str]:
    return [shown(sentence) for sentence in suggestion.evidence] or [capfirst(str(suggestion.get_kind_display()))]


def suspected(user: User, kind: str = "") -> "QuerySet[Any, Any]":
    """Pairs (`first`, `second`, `best`) that a person may see and nobody has decided, the likeliest first."""
    decided = Dismissal.objects.filter(first=OuterRef("first"), second=OuterRef("second"))
    rows = _of_seen(Suggestion.objects.all(), user, "first", "second").filter(
        ~Exists(decided), first__merged_into=None, second__merged_into=None
    )
    rows = rows.filter(kind=kind) if kind else rows
    pairs: QuerySet[Any, Any] = rows.values("first", "second").annotate(best=Max("score"))
    return pairs.order_by("-best", "first", "second")


def suspected_duplicates(user: User) -> int:
    """Count the pairs that wait for a decision."""
    return suspected(user).count()


def pairs_of(rows: Iterable[Mapping[str, Any]]) -> list[Pair]:
    """Give pairs with their accounts and all that speaks for them, in the order of the rows."""
    keys = [(row["first"], row["second"]) for row in rows]
    ids = {pk for key in keys for pk in key}
    accounts = Account.objects.select_related("parent").in_bulk(ids)
    said: dict[tuple[int, int], list[Suggestion]] = {}
    for suggestion in Suggestion.objects.filter(first__in=ids, second__in=ids).order_by("-score", "kind"):
        said.setdefault((suggestion.first_id, suggestion.second_id), []).append(suggestion)
    return [Pair(accounts[first], accounts[second], said.get((first, second), [])) for first, second in keys]


def pair_of(one: Account, other: Account) -> Pair:
    """Give what is suggested of two accounts, whatever was decided."""
    first, second = sorted((one, other), key=lambda account: account.pk)
    rows = Suggestion.objects.filter(first=first, second=second).order_by("-score", "kind")
    return Pair(first, second, list(rows))


def merges(user: User) -> "QuerySet[Merge]":
    """Merges of accounts a person sees, the newest first."""
    rows = _of_seen(Merge.objects.all(), user, "source", "target")
    return rows.select_related("source", "target", "by", "undone_by").order_by("-pk")


def dismissals(user: User) -> "QuerySet[Dismissal]":
    """Pairs that were found to be two, the newest first."""
    rows = _of_seen(Dismissal.objects.all(), user, "first", "second")
    return rows.select_related("first", "second", "by").order_by("-pk")


def _of_seen(rows: "QuerySet[Any]", user: User, *both: str) -> "QuerySet[Any]":
    """Leave the pairs of which a person sees both accounts."""
    if user.is_active and user.may(Right.SEE_ALL_ACCOUNTS):
        # Not asked of the database: to compare each pair with 100,000 accounts would take minutes.
        return rows
    seen = Account.objects.visible_to(user).values("pk")
    return rows.filter(**{f"{name}__in": seen for name in both})


def names_and_tax_numbers() -> tuple[dict[str, str], dict[str, str]]:
    """Give what duplicates are looked for by: code -> name, and code -> tax number of those whose number is known.

    Merged accounts are decided, and a group that only the ledger's lines name would be called like its companies.
    """
    there = Q(in_ledger=True) | Q(origin=Origin.PERSON)
    rows = Account.objects.standing_alone().filter(there).order_by("pk").values_list("code", "name", "tax_number")
    names, numbers = dict[str, str](), dict[str, str]()
    for code, name, number in rows.iterator(chunk_size=5000):
        names[code] = name
        if number:
            numbers[code] = number
    return names, numbers
