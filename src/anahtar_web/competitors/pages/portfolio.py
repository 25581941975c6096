"""Who of our accounts they attack: one line for each competitor at each account the reader sees."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.paginator import Page, Paginator

from anahtar.rules.threat import Threat
from anahtar_web.accounts.figures import figures
from anahtar_web.audit.leaving import WITHOUT_REASON, left_today
from anahtar_web.competitors.models import Competitor, ThreatLevel
from anahtar_web.competitors.pages.shown import ShownAttack, at_stake, shown
from anahtar_web.competitors.queries import present_everywhere
from anahtar_web.gate.rights import Right
from anahtar_web.ui.text import fold

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SIZE: Final = 50
PARAMETERS: Final = ("q", "competitor", "threat", "sort", "on")

SORTS: Final[Mapping[str, Callable[[ShownAttack], Any]]] = {
    "competitor": lambda row: (row.competitor.sort_key, row.account.sort_key),
    "account": lambda row: (row.account.sort_key, row.competitor.sort_key),
    "revenue": lambda row: -1 if row.revenue is None else row.revenue,
    "share": lambda row: -1 if row.attack.share is None else row.attack.share.share,
    "threat": lambda row: row.attack.threat.rank,
    "seen": lambda row: row.last_seen or date.min,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what it does not know is as good as not asked."""

    text: str = ""
    competitor: int | None = None
    threat: str = ""
    sort: str = "-threat"
    on: date | None = None

    @classmethod
    def of(cls, query: Mapping[str, str], on: date | None) -> Self:
        """Read it."""
        named, sort = query.get("competitor", ""), query.get("sort", "")
        return cls(
            text=query.get("q", "")[:200],
            competitor=int(named) if named.isascii() and named.isdecimal() and len(named) < 19 else None,
            threat=query.get("threat", "") if query.get("threat", "") in ThreatLevel.values else "",
            sort=sort if sort.removeprefix("-") in SORTS else "-threat",
            on=on,
        )

    def narrow(self, rows: Iterable[ShownAttack]) -> list[ShownAttack]:
        """Leave the rows asked for, in the order asked for."""
        words = fold(self.text).split()
        found = [
            row
            for row in rows
            if self.competitor in (None, row.competitor.pk)
            and self.threat in ("", row.attack.threat.value)
            and all(word in fold(f"{row.competitor.name} {row.account.name} {row.told.where}") for word in words)
        ]
        return sorted(found, key=SORTS[self.sort.removeprefix("-")], reverse=self.sort.startswith("-"))

    @property
    def is_narrowed(self) -> bool:
        """Whether some rows may be left out."""
        return bool(self.text or self.competitor or self.threat)


@dataclass(frozen=True, slots=True)
class AttacksPage:
    """The template's contract.

    Parameters
    ----------
    stake
        What the accounts in the list bring us, each once; None: the ledger says nothing of them.
    own
        Whether the reader sees only some accounts: then totals are of these.
    """

    asked: Asked
    rows: "Page[ShownAttack]"
    all: Sequence[ShownAttack]
    stake: int | None
    competitors: Sequence[Competitor]
    levels: Sequence[tuple[str, Any]]
    currency: str
    own: bool
    may_export: bool

    @classmethod
    def build(cls, user: "User", asked: Asked, page: str) -> Self:
        """Read it; the number of queries does not depend on the number of attacks."""
        everywhere = shown(present_everywhere(user, on=asked.on))
        rows = asked.narrow(everywhere)
        named = {row.competitor.pk: row.competitor for row in everywhere}
        return cls(
            asked=asked,
            rows=Paginator(rows, SIZE).get_page(page),
            all=rows,
            stake=at_stake(rows),
            competitors=sorted(named.values(), key=lambda one: (one.sort_key, one.pk)),
            levels=[choice for choice in reversed(ThreatLevel.choices) if choice[0] != ThreatLevel.NONE],
            currency=figures().currency,
            own=not user.may(Right.SEE_ALL_ACCOUNTS),
            may_export=user.may(Right.EXPORT),
        )

    @property
    def accounts(self) -> int:
        """How many accounts are attacked."""
        return len({row.account.pk for row in self.all})

    @property
    def attackers(self) -> int:
        """How many competitors attack."""
        return len({row.competitor.pk for row in self.all})

    @property
    def high(self) -> int:
        """How many of the attacks are a high threat."""
        return sum(row.attack.threat is Threat.HIGH for row in self.all)


@dataclass(frozen=True, slots=True)
class ExportPage:
    """What is about to leave the house.

    Parameters
    ----------
    left
        How many rows the person may still take out today.
    """

    rows: int
    left: int
    asks_reason: bool
    address: str

    @classmethod
    def build(cls, user: "User", rows: Sequence[ShownAttack], address: str) -> Self:
        """Count it."""
        return cls(len(rows), left_today(user), len(rows) > WITHOUT_REASON, f"?{address}" if address else "")
