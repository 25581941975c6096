"""What is done again and again: when due, once, whatever the clock does and whoever fails."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from anahtar_web.jobs.chores import do_chores
from anahtar_web.jobs.models import Round
from anahtar_web.jobs.registry import CHORES, every


@pytest.fixture
def swept(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A chore of every ten minutes, the only one there is; what it did."""
    before, done = dict(CHORES), []
    CHORES.clear()
    every(600, "tests.sweep")(lambda: done.append("swept"))
    yield done
    CHORES.clear()
    CHORES.update(before)


def begun(ago: timedelta) -> None:
    Round.objects.filter(name="tests.sweep").update(begun_at=timezone.now() - ago)


@pytest.mark.django_db
def test_a_chore_is_done_at_first_and_then_when_its_time_has_passed(swept: list[str]) -> None:
    assert do_chores() == ["tests.sweep"]
    assert do_chores() == []
    begun(timedelta(minutes=9))
    assert do_chores() == []
    begun(timedelta(minutes=11))
    assert do_chores() == ["tests.sweep"]
    assert len(swept) == 2


@pytest.mark.django_db
def test_a_clock_that_was_set_back_does_not_keep_a_chore_from_being_done(swept: list[str]) -> None:
    do_chores()
    begun(timedelta(days=-1))
    assert do_chores() == ["tests.sweep"]


@pytest.mark.django_db
def test_a_chore_that_fails_neither_stops_the_others_nor_is_tried_in_a_hurry(
    swept: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    every(600, "tests.broken")(lambda: 1 / 0)
    every(600, "tests.last")(lambda: None)
    assert do_chores() == ["tests.sweep", "tests.last"]
    assert "tests.broken failed" in caplog.text
    assert do_chores() == []


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_does_a_chore(swept: list[str]) -> None:
    do_chores()
    begun(timedelta(minutes=11))
    together = threading.Barrier(6)

    def work() -> None:
        together.wait()
        do_chores()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert swept == ["swept", "swept"]
