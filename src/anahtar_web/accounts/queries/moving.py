"""What would move if one account went on under another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.accounts.queries.teams import managers_of


@dataclass(frozen=True, slots=True)
class Moving:
    """What hangs on the account that goes.

    Parameters
    ----------
    companies, receivers
        How many accounts stand directly below it, and for how many it pays.
    along, ending
        Parts of its team that go on with the account that stays, and those that end.
    """

    companies: int
    receivers: int
    along: Sequence[Assignment]
    ending: Sequence[Assignment]


def moving(gone: Account, stays: Account, on: date) -> Moving:
    """Say what would move on a day."""
    parts = open_parts(gone, on)
    along = coming_along(parts, stays, on)
    return Moving(
        companies=gone.companies.filter(merged_into=None).exclude(pk=stays.pk).count(),
        receivers=gone.receivers.filter(merged_into=None).exclude(pk=stays.pk).count(),
        along=along,
        ending=[part for part in parts if part not in along],
    )


def open_parts(account: Account, on: date) -> list[Assignment]:
    """Give the parts of an account itself that hold on a day or are planned for later."""
    rows = account.assignments.filter(Q(until=None) | Q(until__gt=on))
    return list(rows.select_related("person").order_by("pk"))


def coming_along(parts: Sequence[Assignment], stays: Account, on: date) -> list[Assignment]:
    """Choose the parts that go on with the account that stays: those for which it has nobody.

    Its KAM, its own or inherited, stays; another comes along only where there is none.
    """
    there = {(part.person_id, part.part) for part in open_parts(stays, on)}
    managed = any(part == Part.MANAGER for _person, part in there) or bool(managers_of([stays.pk], on))
    return [
        part
        for part in parts
        if (not managed if part.part == Part.MANAGER else (part.person_id, part.part) not in there)
    ]
