"""Who looks after accounts; what is not said of an account itself is inherited from its group."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Member:
    """One part of an account's team on a day.

    Parameters
    ----------
    assignment
        With its person.
    inherited_from
        The group that says so; None where the account itself does.
    """

    assignment: Assignment
    inherited_from: Account | None = None

    @property
    def person(self) -> User:
        """Who."""
        return self.assignment.person


def managers_of(accounts: "Iterable[int] | QuerySet[Account]", on: date) -> dict[int, User]:
    """Account -> its KAM on a day, or the one of the nearest group above; two queries, without those that have none."""
    nearest = nearest_managers(accounts, on)
    people = User.objects.in_bulk({person for person, _distance in nearest.values()})
    return {account: people[person] for account, (person, _distance) in nearest.items()}


def manager_of(account: Account, on: date) -> User | None:
    """Give the KAM of an account on a day, or the one of the nearest group above; one query."""
    nearest = _reaching([account.pk], on).filter(part=Part.MANAGER).first()
    return nearest.person if nearest is not None else None


def nearest_managers(accounts: "Iterable[int] | QuerySet[Account]", on: date) -> dict[int, tuple[int, int]]:
    """Account -> key of its KAM on a day and how far above the group stands that names them; for many accounts."""
    nearest: dict[int, tuple[int, int]] = {}
    rows = _reaching(accounts, on).filter(part=Part.MANAGER).values_list("below", "person", "distance")
    for account, person, distance in rows:
        nearest.setdefault(account, (person, distance))
    return nearest


def team_of(account: Account, on: date) -> list[Member]:
    """Give the team of an account on a day, the manager first: its own and what it inherits, the nearest first."""
    reaching = _reaching([account.pk], on).select_related("account")
    team: dict[tuple[str, int | None], Member] = {}
    for assignment in reaching:
        # One manager, the nearest; of the others everybody, each once per part.
        key = (assignment.part, None if assignment.part == Part.MANAGER else assignment.person_id)
        own = assignment.account_id == account.pk
        team.setdefault(key, Member(assignment, None if own else assignment.account))
    order = list(Part.values)
    return sorted(team.values(), key=lambda member: order.index(member.assignment.part))


def _reaching(accounts: "Iterable[int] | QuerySet[Account]", on: date) -> "QuerySet[Any]":
    """Assignments that hold for accounts, each with the account it reaches (`below`), the nearest first."""
    wanted = accounts if isinstance(accounts, QuerySet) else list(accounts)
    # First what it must reach: that makes the join an inner one, and the database may begin with the few accounts asked
    # for. An outer join would have it walk every assignment there is.
    reaching: QuerySet[Any] = Assignment.objects.on(on).filter(account__lineage_below__account__in=wanted)
    nearest: QuerySet[Any] = (
        reaching.annotate(below=F("account__lineage_below__account_id"), distance=F("account__lineage_below__distance"))
        .select_related("person")
        .order_by("distance", "since", "pk")
    )
    return nearest


def has_part(accounts: Iterable[Account], person: User, part: str, on: date) -> set[int]:
    """Tell of which accounts themselves, inherited parts apart, somebody has a part on a day."""
    ids = [account.pk for account in accounts]
    rows = Assignment.objects.on(on).filter(account__in=ids, person=person, part=part)
    return set(rows.values_list("account", flat=True))


def history_of(accounts: Iterable[Account]) -> list[Assignment]:
    """Everybody who ever had a part for accounts themselves, the newest first; planned ones on top."""
    rows = Assignment.objects.filter(account__in=[account.pk for account in accounts])
    return list(rows.select_related("person", "account").order_by("-since", "-pk"))
