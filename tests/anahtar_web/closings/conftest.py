"""A ledger made by real imports, and the worker inside the test."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from anahtar_web.closings.models import ClosedMonth
from anahtar_web.jobs.models import Job, State
from anahtar_web.jobs.registry import CHORES
from anahtar_web.jobs.running import run
from tests.anahtar_web.ledgers.conftest import checked, client, data, heard_once, imported, opened, send, work

__all__ = ["checked", "client", "data", "heard_once", "imported", "opened", "send", "work"]

JANUARY, FEBRUARY = date(2024, 1, 1), date(2024, 2, 1)
ADDED = ("0002;Birch Ilgaz Ltd.;20.01.2024;500,00", "0009;Nine;21.01.2024;0,10")
"""600.10 less a hundred: lines of January that come later."""

Follow = Callable[[], None]


@pytest.fixture
def follow(django_capture_on_commit_callbacks: Any) -> Follow:
    """Do what the worker does every five minutes, and the jobs that come of it."""

    def follow() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            CHORES["closings.follow"].run()
            while (job := _of_ours()) is not None:
                run(job.pk, job.task_id)  # type: ignore[arg-type]  # a waiting job has a task

    return follow


def _of_ours() -> Job | None:
    return Job.objects.filter(state=State.QUEUED, kind__startswith="closings.").order_by("pk").first()


def say(client: Client, address: str, **fields: Any) -> Any:
    """Send a form of ours."""
    return client.post(f"/settings/closing/{address}", {"once": str(uuid4()), **fields})


def closed(month: date) -> ClosedMonth:
    """A month as it is kept."""
    with transaction.atomic():
        return ClosedMonth.objects.get(month=month)


def text_of(client: Client, path: str = "/settings/closing/") -> str:
    """What a page says."""
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())
