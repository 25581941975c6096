"""All strategies, one of them, and one of its versions beside another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.strategies.differing import Line, differences
from anahtar_web.strategies.models import Deviation, Wording
from anahtar_web.strategies.queries import Strategy, applies_to, deviations_in_force, in_force, told, versions_of
from anahtar_web.strategies.subjects import TYPE_CODES, Subject

if TYPE_CHECKING:
    from anahtar_web.people.models import User

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A strategy in the list, and for how many of the reader's accounts it holds."""

    strategy: Strategy
    accounts: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """All strategies; rows by regularity, in each row the classes A, B, C."""

    rows: Sequence[tuple[str, str, Sequence[Listed]]]
    types: Sequence[Listed]
    deviations: "Page[Deviation]"
    own: bool
    """Whether the reader sees only some accounts."""

    @classmethod
    def build(cls, user: "User", page: str) -> Self:
        """Read everything the page shows; the number of queries does not depend on the number of accounts."""
        held, counts = in_force(), applies_to(user)
        listed = {code: Listed(strategy, counts.get(code, 0)) for code, strategy in held.items()}
        meanings = {"X": _("even"), "Y": _("with swings"), "Z": _("irregular")}
        return cls(
            rows=[(xyz, meaning, [listed[f"{abc}{xyz}"] for abc in "ABC"]) for xyz, meaning in meanings.items()],
            types=[listed[code] for code in TYPE_CODES],
            deviations=Paginator(deviations_in_force(user, today()), PAGE).get_page(page),
            own=not user.may(Right.SEE_ALL_ACCOUNTS),
        )


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """One strategy: what holds, for how many accounts, and its versions."""

    strategy: Strategy
    accounts: int
    accounts_href: str
    versions: Sequence[Wording]
    may_write: bool

    @classmethod
    def build(cls, subject: Subject, user: "User") -> Self:
        """Read it."""
        written = versions_of(subject)
        held = next((row for row in written if row.current), None)
        return cls(
            strategy=told(subject, held),
            accounts=applies_to(user).get(subject.code, 0),
            accounts_href=f"{reverse('insight:accounts')}?cell={subject.code}" if subject.is_cell else "",
            versions=written,
            may_write=user.may(Right.WRITE_STRATEGIES),
        )


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version of a strategy beside another one: as it was shown, and line by line."""

    shown: Strategy
    other: Strategy
    held: Strategy
    numbers: Sequence[int]
    lines: Sequence[Line]
    may_restore: bool

    @classmethod
    def build(cls, shown: Strategy, other: Strategy | None, user: "User") -> Self:
        """Compare with another version; None: with the one that holds."""
        written = versions_of(shown.subject)
        held = told(shown.subject, next((row for row in written if row.current), None))
        other = other or held
        return cls(
            shown=shown,
            other=other,
            held=held,
            numbers=[*(row.number for row in written), 0],
            lines=differences(_whole(other), _whole(shown)),
            may_restore=user.may(Right.WRITE_STRATEGIES) and shown.number != held.number,
        )


def _whole(strategy: Strategy) -> str:
    return f"{strategy.word}\n\n{strategy.text}\n\n{strategy.rhythm.words}"
