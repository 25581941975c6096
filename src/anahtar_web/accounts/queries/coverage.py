"""Who looks after how many accounts, and who looks after none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from anahtar_web.accounts.models import Account, Assignment, Part
from anahtar_web.accounts.queries.teams import nearest_managers
from anahtar_web.people.models import User
from anahtar_web.ui.text import sort_key


@dataclass(frozen=True, slots=True)
class Load:
    """What one KAM looks after.

    Parameters
    ----------
    own
        Accounts that name the person themselves.
    inherited
        Accounts that inherit it from a group.
    accounts
        Keys of all of them.
    """

    person: User
    own: int
    inherited: int
    accounts: Sequence[int]


def loads_of_managers(user: User, on: date) -> list[Load]:
    """Give each KAM with the accounts they look after, as far as somebody sees them; by name."""
    seen = Account.objects.visible_to(user).standing_alone()
    held: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for account, (person, distance) in nearest_managers(seen, on).items():
        held[person].append((account, distance == 0))
    people = User.objects.in_bulk(held)
    loads = [
        Load(
            people[person],
            sum(own for _pk, own in accounts),
            sum(not own for _pk, own in accounts),
            [pk for pk, _own in accounts],
        )
        for person, accounts in held.items()
    ]
    return sorted(loads, key=lambda load: (sort_key(load.person.name), load.person.pk))


def managed_by(people: Sequence[int], on: date) -> Mapping[int, int]:
    """Count the accounts that name people as their KAM on a day; one query."""
    rows = Assignment.objects.on(on).filter(part=Part.MANAGER, person__in=people, account__merged_into=None)
    return dict(rows.values("person").annotate(n=Count("account")).values_list("person", "n"))


def parts_of(person: User, reader: User, on: date) -> list[Assignment]:
    """Give what somebody does on a day for the accounts that the reader sees, by the accounts' names."""
    seen = Account.objects.visible_to(reader)
    rows = Assignment.objects.on(on).filter(person=person, account__in=seen)
    return list(rows.select_related("account").order_by("account__sort_key", "account", "part", "pk"))
