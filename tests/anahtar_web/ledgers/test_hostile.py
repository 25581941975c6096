"""Hostile files through the upload page: each ends as a sentence or as an exact reading, and the house stands."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from anahtar_web.ledgers.models import Import, State
from anahtar_web.ledgers.pages.file import peek_of
from anahtar_web.ledgers.pages.mapping import chosen_columns
from tests.anahtar.hostile.seeds import SECRET, SEEDS, Read
from tests.anahtar_web.ledgers.conftest import Send, Work, only, stored
from tests.anahtar_web.ledgers.steps import post

FEW = (
    "ok",
    "corner",
    "unique_count",
    "billion_laughs",
    "traversal",
    "web_page",
    "huge_line",
    "nul_bytes",
    "late_value",
)
"""One of every sort, in every run; all of them in the slow one."""


def through_the_pages(client: Client, work: Work) -> Import:
    """Go on with what is recognised, as somebody does who clicks the next button three times."""
    work()
    of = only()
    if of.state == State.OPEN:
        peek = peek_of(of)
        assert peek is not None
        post(client, "mapping", of, **{name: value for name, value in chosen_columns(of, peek).items() if value})
        work()
    return only()


def judged(seed: str, send: Send, client: Client, analyst: Any, work: Work, data: Path) -> None:
    hostile = SEEDS[seed]
    process = os.getpid()
    send(analyst, (hostile.file_name, hostile.content()))
    of = through_the_pages(client, work)
    pages = [client.get(f"/imports/{of.pk}/{step}") for step in ("", "file/", "mapping/", "checks/", "problems/")]
    shown = "".join(page.content.decode() for page in pages if page.status_code == 200)
    assert SECRET not in shown
    assert os.getpid() == process
    assert {path.parent for path in stored(data) if path.parent.name != "picked"} == {data / "uploads" / str(of.pk)}
    if isinstance(hostile.outcome, Read):
        assert of.state == State.CHECKED, (of.refusal, of.peek)
        assert (of.rows, of.accepted, of.amount) == (
            hostile.outcome.rows, hostile.outcome.accepted, hostile.outcome.amount,
        )  # fmt: skip
    else:
        assert of.state in (State.UNREADABLE, State.STOPPED, State.OPEN)
        assert of.refusal or _asks(of), "neither a sentence nor a question"


def _asks(of: Import) -> bool:
    peek = peek_of(of)
    return peek is not None and not peek.ready


Judge = Callable[[str], None]


@pytest.fixture
def judge(send: Send, client: Client, analyst: Any, work: Work, data: Path) -> Judge:
    return lambda seed: judged(seed, send, client, analyst, work, data)


@pytest.mark.long
@pytest.mark.parametrize("seed", FEW)
def test_one_of_every_sort_of_hostile_file_ends_well(seed: str, judge: Judge) -> None:
    judge(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", sorted(set(SEEDS) - set(FEW)))
def test_every_hostile_file_ends_well(seed: str, judge: Judge) -> None:
    judge(seed)
