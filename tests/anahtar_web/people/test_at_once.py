"""Two people at the same moment, each in a process of their own as far as the database can tell."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from anahtar_web.audit.models import Entry
from anahtar_web.gate.refusals import Refused
from anahtar_web.gate.rights import Role
from anahtar_web.people.actions import edit, invite, lock, make_first_administrator
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Do all of it at the same moment; tell of each whether it was done or which refusal it met."""
    start = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> str:
        try:
            start.wait()
            with transaction.atomic():
                act()
            return "done"
        except Refused as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


def test_two_who_set_up_at_once_make_one_administrator() -> None:
    def first(n: int) -> Callable[[], User]:
        return lambda: make_first_administrator(email=f"a{n}@kuzey.example", name=f"A {n}", password="x", language="tr")

    assert at_once(*(first(n) for n in range(4))) == ["UnableToSetUp"] * 3 + ["done"]
    assert User.objects.count() == 1


def test_two_administrators_who_take_each_other_away_leave_one(admin: User) -> None:
    other = person("other@kuzey.example", "Öteki", Role.ADMINISTRATOR)

    def demote(whom: User, by: User) -> Callable[[], User]:
        return lambda: edit(
            person=User.objects.get(pk=whom.pk), version=1, name=whom.name, role=Role.KAM, language="en", by=by
        )

    def lock_out(whom: User, by: User) -> Callable[[], User]:
        return lambda: lock(person=User.objects.get(pk=whom.pk), reason="x", by=by)

    results = at_once(demote(admin, other), lock_out(other, admin))
    assert results == ["UnableToLoseLastAdministrator", "done"]
    assert User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).count() == 1


def test_two_invitations_of_one_address_make_one_person(admin: User) -> None:
    def ask() -> User:
        return invite(email="new@kuzey.example", name="New", role=Role.KAM, language="en", by=admin)

    assert at_once(ask, ask, ask) == ["UnableToInvite", "UnableToInvite", "done"]
    assert User.objects.filter(email="new@kuzey.example").count() == 1


def test_twenty_edits_of_one_version_keep_one(admin: User, ana: User) -> None:
    def write(n: int) -> Callable[[], User]:
        return lambda: edit(
            person=User.objects.get(pk=ana.pk), version=1, name=f"Ana {n}", role=Role.KAM, language="en", by=admin
        )

    results = at_once(*(write(n) for n in range(20)))
    assert results == ["EditedMeanwhile"] * 19 + ["done"]
    assert User.objects.get(pk=ana.pk).version == 2


def test_entries_written_at_once_are_still_one_chain(admin: User, ana: User, settings: Any, tmp_path: Any) -> None:
    from anahtar_web.audit.actions import record
    from anahtar_web.audit.chain import broken_links

    at_once(*(lambda n=n: record("person.edited", ana, by=admin, after={"n": n}) for n in range(20)))
    assert Entry.objects.count() == 20
    assert list(broken_links()) == []
