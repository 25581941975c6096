"""The directory: every competitor, and how many of somebody's accounts each of them attacks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from anahtar.rules.threat import Threat
from anahtar_web.competitors.models import Competitor
from anahtar_web.competitors.queries.attacks import Attack
from anahtar_web.ui.text import fold


def competitors() -> "QuerySet[Competitor]":
    """Give every competitor that goes under its own name, in the order of the alphabet."""
    return Competitor.objects.filter(merged_into=None).order_by("sort_key", "pk")


def named(name: str) -> Competitor | None:
    """Give the competitor of a name, however it is typed; the one it turned out to be, where it was merged."""
    row = Competitor.objects.filter(name_key=fold(name)[:220]).select_related("merged_into").first()
    return (row.merged_into or row) if row else None


def found(text: str) -> "QuerySet[Competitor]":
    """Give those whose name holds every word."""
    rows = competitors()
    for word in fold(text).split():
        rows = rows.filter(name_key__contains=word)
    return rows


@dataclass(frozen=True, slots=True)
class Listed:
    """A competitor and what it does to the accounts somebody sees.

    Parameters
    ----------
    attacks
        The open ones, the most feared first.
    """

    competitor: Competitor
    attacks: Sequence[Attack]

    @property
    def accounts(self) -> set[int]:
        """The accounts they attack, each once."""
        return {attack.presence.account_id for attack in self.attacks}

    @property
    def threat(self) -> Threat | None:
        """The greatest; None where they attack nobody."""
        return max((attack.threat for attack in self.attacks), key=lambda one: one.rank, default=None)

    @property
    def last_seen(self) -> date | None:
        """When somebody last noticed them anywhere."""
        return max((attack.last_seen for attack in self.attacks if attack.last_seen), default=None)


def listed(rows: Iterable[Competitor], everywhere: Iterable[Attack]) -> list[Listed]:
    """Put the attacks to the competitors they are by."""
    of: dict[int, list[Attack]] = defaultdict(list)
    for attack in everywhere:
        of[attack.presence.competitor_id].append(attack)
    return [Listed(row, of[row.pk]) for row in rows]
