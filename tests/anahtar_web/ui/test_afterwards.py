"""What a page need not wait for is done once the answer is out, by the thread that made it."""

import threading

import pytest
from django.core.signals import request_finished, request_started

from anahtar_web.ui.afterwards import later


def begin() -> None:
    request_started.send(sender=None)


def finish() -> None:
    request_finished.send(sender=None)


@pytest.fixture(autouse=True)
def _no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django closes the connections of a thread with the same signals."""
    monkeypatch.setattr("django.db.connections.all", lambda **_told: [])


def test_while_an_answer_is_made_it_waits_for_its_end() -> None:
    done: list[str] = []
    begin()
    later(lambda: done.append("first"))
    later(lambda: done.append("second"))
    assert done == []
    finish()
    assert done == ["first", "second"]
    finish()
    assert done == ["first", "second"]


def test_outside_of_an_answer_it_is_done_at_once() -> None:
    done: list[str] = []
    later(lambda: done.append("now"))
    assert done == ["now"]


def test_another_thread_that_makes_no_answer_does_not_wait() -> None:
    done: list[str] = []
    begin()
    other = threading.Thread(target=lambda: later(lambda: done.append("other")))
    other.start()
    other.join()
    assert done == ["other"]
    finish()


def test_what_an_answer_that_broke_left_is_not_done_by_the_next() -> None:
    done: list[str] = []
    begin()
    later(lambda: done.append("left"))
    begin()
    finish()
    assert done == []
