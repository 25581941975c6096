"""The directory: every competitor with what it does to the accounts the reader sees."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.paginator import Page, Paginator
from django.forms import Form

from anahtar_web.accounts.figures import figures
from anahtar_web.audit.shown import Version, versions
from anahtar_web.competitors.levels import threat_tone, threat_word
from anahtar_web.competitors.models import Competitor
from anahtar_web.competitors.pages.shown import ShownAttack, shown
from anahtar_web.competitors.queries import Listed, found, listed, present_everywhere
from anahtar_web.gate.rights import Right

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the directory."""

    listed: Listed
    revenue: int | None

    @property
    def competitor(self) -> Competitor:
        """Who it is."""
        return self.listed.competitor

    @property
    def accounts(self) -> int:
        """How many accounts they attack."""
        return len(self.listed.accounts)

    @property
    def threat_word(self) -> str:
        """The greatest threat."""
        return threat_word(self.listed.threat)

    @property
    def threat_tone(self) -> str:
        """Its colour."""
        return threat_tone(self.listed.threat)

    @property
    def last_seen(self) -> date | None:
        """When somebody last noticed them."""
        return self.listed.last_seen


SORTS: Final[Mapping[str, Callable[[Row], Any]]] = {
    "name": lambda row: row.competitor.sort_key,
    "accounts": lambda row: row.accounts,
    "revenue": lambda row: row.revenue or 0,
    "threat": lambda row: row.listed.threat.rank if row.listed.threat else -1,
    "seen": lambda row: row.last_seen or date.min,
}


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """The template's contract."""

    rows: "Page[Row]"
    text: str
    sort: str
    currency: str
    may_write: bool
    own: bool

    @classmethod
    def build(cls, user: "User", *, text: str, sort: str, page: str) -> Self:
        """Read one page; the number of queries does not depend on the number of competitors."""
        sort = sort if sort.removeprefix("-") in SORTS else "-threat"
        rows = _rows(list(found(text)), shown(present_everywhere(user)))
        rows.sort(key=lambda row: row.competitor.sort_key)
        rows.sort(key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
        return cls(
            rows=Paginator(rows, SIZE).get_page(page),
            text=text,
            sort=sort,
            currency=figures().currency,
            may_write=user.may(Right.WRITE_DOSSIER),
            own=not user.may(Right.SEE_ALL_ACCOUNTS),
        )


def _rows(competitors: Sequence[Competitor], everywhere: Sequence[ShownAttack]) -> list[Row]:
    revenue = {row.account.pk: row.revenue for row in everywhere}
    return [
        Row(one, _sum([revenue[account] for account in one.accounts]))
        for one in listed(competitors, (row.attack for row in everywhere))
    ]


def _sum(amounts: Sequence[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class EditPage:
    """The form of a competitor, and both versions where somebody else has saved meanwhile."""

    competitor: Competitor | None
    form: Form
    both: Sequence[Version] = ()

    @classmethod
    def beside(cls, current: Competitor, form: Form, typed: Mapping[str, Any]) -> Self:
        """Put what is saved beside what was typed."""
        theirs = {name: getattr(current, name) for name in typed}
        return cls(current, form, versions("competitor", theirs, typed))
