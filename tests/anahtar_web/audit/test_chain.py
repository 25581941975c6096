"""The trail cannot be changed from the application, and what is changed behind its back is found."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from anahtar_web.audit.actions import anchor, record
from anahtar_web.audit.anchors import FILE, anchors
from anahtar_web.audit.doctor import run_checks
from anahtar_web.audit.models import Entry
from anahtar_web.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


@contextmanager
def unguarded() -> Iterator[None]:
    """What somebody does who has the database in his hands: take the triggers off, and put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_stays")
            yield
            cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_stays")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


def three_entries(by: User) -> list[Entry]:
    return [record("person.edited", by, by=by, before={"name": "a"}, after={"name": str(n)}) for n in range(3)]


def faults() -> list[str]:
    (outcome,) = run_checks(["audit"])
    return list(outcome.faults)


def test_each_entry_names_the_digest_of_the_one_before(admin: User) -> None:
    first, second, third = three_entries(admin)
    assert (second.previous, third.previous) == (first.digest, second.digest)
    assert faults() == []


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET reason = 'x'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_change_and_to_delete(admin: User, statement: str) -> None:
    three_entries(admin)
    with pytest.raises(DatabaseError, match="entries of the trail cannot be"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Entry.objects.count() == 3


def test_one_flipped_letter_is_found_and_the_entry_named(admin: User) -> None:
    _first, second, _third = three_entries(admin)
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET by_name = 'Ada Yönetiçi' WHERE id = %s", [second.pk])
    assert faults() == [f"Entry {second.pk} of the trail was changed after it was written."]


def test_an_entry_taken_out_of_the_middle_is_found(admin: User) -> None:
    _first, second, third = three_entries(admin)
    with unguarded():
        Entry.objects.filter(pk=second.pk).delete()
    assert faults() == [f"Before entry {third.pk} of the trail an entry is missing or was replaced."]


def test_a_cut_off_end_is_found_by_the_anchor(admin: User, data: Path) -> None:
    *_kept, last = three_entries(admin)
    anchor(data)
    with unguarded():
        Entry.objects.filter(pk=last.pk).delete()
    (fault,) = faults()
    assert fault.startswith(f"The trail ended with entry {last.pk} on ")


def test_a_chain_computed_anew_is_found_by_the_anchor(admin: User, data: Path) -> None:
    from anahtar_web.audit.chain import digest

    first, second, third = three_entries(admin)
    anchor(data)
    with unguarded():
        previous = first.digest
        for entry in (second, third):
            entry.reason, entry.previous = "never happened", previous
            entry.digest = previous = digest(entry)
            Entry.objects.filter(pk=entry.pk).update(reason=entry.reason, previous=entry.previous, digest=entry.digest)
    (fault,) = faults()
    assert f"entry {third.pk}" in fault


def test_missing_triggers_are_found(admin: User) -> None:
    with unguarded():
        assert faults() == ["The database no longer refuses to change entries of the trail: its triggers are gone."]


def test_an_anchor_is_written_once_per_end_and_readable_by_its_owner_only(admin: User, data: Path) -> None:
    assert anchor(data) is None
    three_entries(admin)
    made = anchor(data)
    assert made is not None
    assert anchor(data) is None
    assert anchors(data / FILE) == [made]
    assert (data / FILE).stat().st_mode & 0o777 == 0o600


def test_a_line_that_a_power_cut_left_half_written_is_no_fault_but_a_foreign_one_is(admin: User, data: Path) -> None:
    three_entries(admin)
    anchor(data)
    whole = (data / FILE).read_text()
    (data / FILE).write_text(whole + "2026-11-26T08:00")
    assert faults() == []
    (data / FILE).write_text("nonsense\n" + whole)
    assert faults() == [f"The file {FILE} holds a line that is no anchor: nonsense\n"]


def test_numbers_that_a_database_writes_its_own_way_break_no_link(admin: User) -> None:
    odd = {"big": 1e22, "minus": -0.0, "tiny": 1e-7, "sum": 0.1 + 0.2, "whole": 5.0, "deep": [{"x": -1e300}]}
    record("person.edited", admin, by=admin, before=odd, after=odd | {"text": "İ\u2028\U0001f511"})
    assert faults() == []


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_put_on_the_trail(admin: User, value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        record("person.edited", admin, by=admin, after={"x": value})
