"""Reading the trail: newest first, page by page from an entry downwards (never by a deep offset)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Self

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from anahtar_web.audit.models import Entry
from anahtar_web.audit.shown import Told, tell
from anahtar_web.ui.text import fold

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What the trail is narrowed to; None and empty: not narrowed.

    Parameters
    ----------
    person
        Primary key of who did it or to whom it was done.
    noun
        First part of the verbs.
    since, until
        First and last day, both inside, in the time zone of the moment.
    text
        Words of the target's name, of who did it, or of the reason.
    """

    person: int | None = None
    noun: str = ""
    account: int | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""

    def entries(self) -> "QuerySet[Entry]":
        """Give the entries that are asked for, newest first."""
        found = Entry.objects.order_by("-id")
        if self.person is not None:
            found = found.filter(Q(by=self.person) | Q(target_type="user", target_id=str(self.person)))
        if self.noun:
            found = found.filter(verb__startswith=f"{self.noun}.")
        if self.account is not None:
            found = found.filter(account_id=self.account)
        if self.since is not None:
            found = found.filter(at__gte=_begin(self.since))
        if self.until is not None:
            found = found.filter(at__lt=_begin(self.until + timedelta(days=1)))
        for word in fold(self.text).split():
            found = found.filter(search_key__contains=word)
        return found


def last_digest() -> str:
    """Give the digest of the last entry, which no later state of the house shares; empty before the first one."""
    return Entry.objects.order_by("-id").values_list("digest", flat=True).first() or ""


def last_digest_of(accounts: Collection[int]) -> str:
    """Give the digest of the last entry of some accounts: it names a state of what is written of them."""
    found = Entry.objects.filter(account_id__in=accounts).order_by("-id").values_list("digest", flat=True)
    return found.first() or ""


def digest_of_each() -> Subquery:
    """Give the digest of the last entry of each account, to be read with the accounts: it names its state."""
    found = Entry.objects.filter(account_id=OuterRef("pk")).order_by("-id")
    return Subquery(found.values("digest")[:1])


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True, slots=True)
class TrailPage:
    """One page of the trail.

    Parameters
    ----------
    older
        Entry below which the next page begins; None where there is none.
    begun
        Whether this is the first page.
    """

    told: list[Told] = field(default_factory=list)
    older: int | None = None
    begun: bool = True

    @classmethod
    def of(cls, asked: Asked, *, reader: Any, before: int | None = None, size: int = PAGE) -> Self:
        """Read one page: at most `size` entries older than `before`."""
        found = asked.entries()
        if before is not None:
            found = found.filter(id__lt=before)
        rows = list(found[: size + 1])
        older = rows[size - 1].pk if len(rows) > size else None
        return cls(tell(rows[:size], reader=reader), older, before is None)


def entries_for(account_id: int, *, reader: Any, before: int | None = None, size: int = PAGE) -> TrailPage:
    """Give the trail of an account; whether the reader may see the account is the caller's question."""
    return TrailPage.of(Asked(account=account_id), reader=reader, before=before, size=size)


def entries_of(person_id: int, *, reader: Any, before: int | None = None, size: int = PAGE) -> TrailPage:
    """Give what somebody did and what was done to them."""
    return TrailPage.of(Asked(person=person_id), reader=reader, before=before, size=size)


def history_of(kind: str, *verbs: str, reader: Any, size: int = 20, row: int | None = None) -> TrailPage:
    """Give the last changes of one kind of row (of one row by its primary key) whose verb is one of these."""
    rows = Entry.objects.filter(target_type=kind, verb__in=verbs)
    if row is not None:
        rows = rows.filter(target_id=str(row))
    return TrailPage(tell(rows.order_by("-id")[:size], reader=reader))


def all_of(asked: Asked, *, reader: Any) -> Iterator[Told]:
    """Give everything that is asked for, oldest first, without holding it in memory."""
    for entry in asked.entries().order_by("id").iterator(chunk_size=1000):
        yield from tell([entry], reader=reader)
