"""What is known of an account: the statement that holds of each thing, as it stands or as it was known on a day."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from anahtar.rules.facts import Freshness, Grade, Life, Said, best, freshness_words, life
from anahtar.words import Message
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import went_into
from anahtar_web.audit.remembering import Remembered
from anahtar_web.company.queries import end_of, today
from anahtar_web.dossier.kinds import Kind, Kinds, every, versions_of
from anahtar_web.dossier.models import Fact
from anahtar_web.dossier.values import written
from anahtar_web.ui.markdown import render
from anahtar_web.ui.written import values


# Without slots: it is remembered from page to page, and so is what follows from it.
@dataclass(frozen=True)
class Known:
    """One thing that is known of an account.

    Parameters
    ----------
    fact
        The statement that holds.
    others
        Statements that stand beside it and do not hold: a later rumour, an older certainty.
    as_of
        The day on which it is judged.
    """

    kind: Kind
    fact: Fact
    as_of: date
    others: Sequence[Fact] = ()

    @cached_property
    def grade(self) -> Grade:
        """How we know it."""
        return Grade(self.fact.grade)

    @cached_property
    def days(self) -> Life:
        """Between which days it is fresh, ageing and stale."""
        return life_of(self.kind, self.fact)

    @cached_property
    def freshness(self) -> Freshness:
        """Where it stands in its life."""
        return self.days.on(self.as_of)

    @property
    def is_stale(self) -> bool:
        """Whether one should not rely on it."""
        return self.freshness is Freshness.STALE

    @property
    def is_ageing(self) -> bool:
        """Whether it will soon be stale."""
        return self.freshness is Freshness.AGEING

    @property
    def sentence(self) -> Message:
        """How long it holds."""
        return freshness_words(self.days, self.as_of)

    @property
    def value(self) -> str:
        """What is known, in one line."""
        return written(self.kind, self.fact)

    @property
    def html(self) -> SafeString:
        """A text in Markdown as it is shown."""
        return render(self.fact.text)

    @property
    def lines(self) -> Sequence[str]:
        """The lines of a list."""
        return [line for line in self.fact.text.splitlines() if line.strip()]

    @cached_property
    def shows(self) -> Hashable:
        """Everything that its line on a page shows."""
        kind = (self.kind.code, self.kind.number)  # a kind is never changed, another version follows it
        return values(self.fact), kind, self.as_of, len(self.others)

    @property
    def wants_confirming(self) -> bool:
        """Whether a confirmation would make it more reliable."""
        return not self.grade.is_sure or self.freshness is not Freshness.FRESH


def life_of(kind: Kind, fact: Fact) -> Life:
    """Give the days of a statement."""
    return life(known_on=fact.known_on, grade=Grade(fact.grade), shelf_months=kind.shelf_months)


def said(kind: Kind, fact: Fact) -> Said:
    """Give a statement as the rules take it."""
    return Said(fact.pk, Grade(fact.grade), fact.known_on, life_of(kind, fact))


def facts_of(account: Account, on: date | None = None, kinds: Kinds | None = None) -> list[Known]:
    """Give what is known of an account and of those merged into it, in the order of areas, kinds and days.

    Parameters
    ----------
    on
        As it was known at the end of this day, judged by it; None: now.
    kinds
        What `kinds.every()` gives, where somebody has asked already.
    """
    found = kinds if kinds is not None else every()
    of = [account.pk, *(one.pk for one in went_into(account))]
    return list(_remembered.get(of, (on, today(), versions_of(found)), lambda: _known(account, on, found)))


REMEMBERED: Final = 8_000
"""So many facts are remembered by a process, two and a half kilobytes each."""

_remembered: Final[Remembered[list[Known]]] = Remembered(REMEMBERED, len)


def forget() -> None:
    """Forget what is remembered of every account."""
    _remembered.clear()


def _known(account: Account, on: date | None, found: Kinds) -> list[Known]:
    rows = _rows(account, on)
    as_of = on or today()
    order = {code: place for place, code in enumerate(found)}
    known = [best_of(found[rows[0].kind], rows, as_of) for rows in _grouped(rows, found)]
    return sorted(known, key=lambda one: (order[one.kind.code], one.fact.day or one.fact.known_on, one.fact.item))


def _rows(account: Account, on: date | None) -> "QuerySet[Fact]":
    of = [account, *went_into(account)]
    rows: QuerySet[Fact] = Fact.objects.filter(account__in=of)
    if on is None:
        # One whose successor was split off with another account stands for itself again.
        mine = Q(superseded_by=None) | ~Q(superseded_by__account__in=of)
        rows = rows.filter(mine, retracted_at=None)
    else:
        rows = rows.written_before(end_of(on))  # type: ignore[attr-defined]  # its manager is a FactQuerySet
    return rows.order_by("recorded_at", "pk")


def _grouped(rows: Iterable[Fact], kinds: Kinds) -> list[list[Fact]]:
    groups: dict[Any, list[Fact]] = defaultdict(list)
    for row in rows:
        if row.kind in kinds:
            groups[key_of(kinds[row.kind], row)].append(row)
    return list(groups.values())


def key_of(kind: Kind, fact: Fact) -> tuple[str, int | None]:
    """Say what a statement is about: the kind, or of one with several values which of them."""
    return fact.kind, fact.item if kind.many else None


def best_of(kind: Kind, rows: Sequence[Fact], as_of: date) -> Known:
    """Give the statement that holds among those of one thing, of which there is at least one."""
    if len(rows) == 1:
        return Known(kind, rows[0], as_of)
    by_key = {row.pk: row for row in rows}
    holds = best((said(kind, row) for row in rows), as_of)
    assert holds is not None
    return Known(kind, by_key[holds.key], as_of, [row for row in rows if row.pk != holds.key])


def group_of(account: Account, kind: Kind, item: int | None) -> "QuerySet[Fact]":
    """Give every statement of one thing, those taken back too."""
    rows: QuerySet[Fact] = Fact.objects.of(account).filter(kind=kind.code)
    return rows.filter(Q(pk=item) | Q(root=item)) if kind.many else rows


def stood_in(account: Account, kind: Kind, item: int | None) -> Known | None:
    """Give what holds of one thing now; None: nothing is said of it."""
    rows = list(group_of(account, kind, item).filter(retracted_at=None).order_by("recorded_at", "pk"))
    return best_of(kind, rows, today()) if rows else None


def versions_of_fact(account: Account, kind: Kind, fact: Fact) -> list[Fact]:
    """Give every statement of the thing a statement is about, the last one first."""
    rows = group_of(account, kind, fact.item if kind.many else None)
    people = ("by", "said_by", "colleague", "document", "retracted_by", "superseded_by")
    return list(rows.select_related(*people).order_by("-recorded_at", "-pk"))


def history_of(account: Account, on: date | None = None) -> "QuerySet[Fact]":
    """Give every statement ever made of an account, the last one first: for the timeline."""
    rows: QuerySet[Fact] = Fact.objects.of(account)
    rows = rows.written_before(end_of(on)) if on else rows  # type: ignore[attr-defined]  # its manager is a FactQuerySet
    return rows.select_related("by", "said_by", "colleague", "document").order_by("-recorded_at", "-pk")
