"""What the pages of people show of accounts: how many somebody manages, and what they do for which."""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from anahtar_web.accounts.queries import managed_by, parts_of
from anahtar_web.company.queries import today
from anahtar_web.people.models import User
from anahtar_web.people.queries import Task, register_load, register_tasks


def tell_people() -> None:
    """Answer for accounts; called when the program starts."""
    register_load(load)
    register_tasks(tasks)


def load(people: Iterable[int]) -> Mapping[int, int]:
    """Count the accounts people manage today."""
    return managed_by(list(people), today())


def tasks(person: User, reader: User) -> Sequence[Task]:
    """Give what somebody does today, for the accounts the reader sees."""
    return [
        Task(
            account=part.account.name,
            address=reverse("insight:account", args=[part.account_id]),
            part=part.get_part_display(),
            since=part.since,
        )
        for part in parts_of(person, reader, today())
    ]
