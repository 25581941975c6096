"""A job that is killed, refused or stopped: no half batch, nothing twice, the import back in somebody's hands."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from anahtar.ledger.store.store import Ledger
from anahtar_web.jobs.actions import cancel as cancel_job
from anahtar_web.jobs.models import Job
from anahtar_web.jobs.models import State as JobState
from anahtar_web.jobs.running import run
from anahtar_web.ledgers import jobs, queries, storage
from anahtar_web.ledgers.actions import importing
from anahtar_web.ledgers.models import Import, State
from tests.anahtar_web.ledgers.conftest import Send, Work, only, text
from tests.anahtar_web.ledgers.steps import PLAIN, post

pytestmark = pytest.mark.long

Checked = Callable[..., Import]


class Killed(BaseException):
    """What `kill -9` does to a worker: nothing below it runs."""


def killed(job: Job, monkeypatch: pytest.MonkeyPatch, target: Any, name: str) -> None:
    """Run a job and kill its worker where it would call something; then let the next worker take the job over."""
    with monkeypatch.context() as patched:

        def kill(*args: Any, **kwargs: Any) -> Any:
            raise Killed

        patched.setattr(target, name, kill)
        with pytest.raises(Killed):
            run(job.pk, job.task_id)  # type: ignore[arg-type]
    from anahtar_web.jobs.settling import cut_off

    cut_off(Job.objects.get(pk=job.pk))


def test_killed_after_the_batch_was_made_it_is_found_and_not_made_again(
    client: Client, checked: Checked, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = checked()
    post(client, "confirm", of)
    killed(only().job, monkeypatch, jobs, "finish")
    assert only().state == State.IMPORTING
    assert len(queries.live_batches()) == 1
    work()
    assert only().state == State.IMPORTED
    assert [manifest.batch for _folder, manifest in queries.live_batches()] == [only().batch]
    assert Job.objects.get(kind="ledgers.import").attempts == 2


def test_killed_before_the_batch_was_made_it_is_made_once(
    client: Client, checked: Checked, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = checked()
    post(client, "confirm", of)
    killed(only().job, monkeypatch, Ledger, "add")
    assert queries.live_batches() == []
    work()
    assert only().state == State.IMPORTED
    assert len(queries.live_batches()) == 1


def test_killed_three_times_after_the_batch_was_made_the_import_still_counts(
    client: Client, checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = checked()
    post(client, "confirm", of)
    for _ in range(3):
        killed(Job.objects.get(kind="ledgers.import"), monkeypatch, jobs, "finish")
    assert Job.objects.get(kind="ledgers.import").state == JobState.FAILED
    assert only().state == State.IMPORTED
    assert [manifest.batch for _folder, manifest in queries.live_batches()] == [only().batch]


def test_killed_while_reading_it_is_read_anew_from_the_start(
    client: Client, opened: Checked, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = opened()
    post(client, "mapping", of, **PLAIN)
    killed(only().job, monkeypatch, jobs.reading, "checked")
    work()
    assert (only().state, only().accepted) == (State.CHECKED, 3)


def test_killed_while_it_was_taken_back_it_is_gone_once(
    client: Client, imported: Checked, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = imported()
    post(client, "take-back", of, reason="Wrong year")
    killed(only().job, monkeypatch, jobs, "finish_taking_back")
    assert queries.live_batches() == []
    work()
    assert only().state == State.TAKEN_BACK


def test_two_imports_of_the_same_lines_make_one_batch(
    client: Client, send: Send, analyst: Any, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.csv", "b.csv"):
        send(analyst, (name, text()), again="on")
        work()
        post(client, "mapping", Import.objects.order_by("-pk")[0], **PLAIN)
        work()
    first, second = Import.objects.order_by("pk")
    post(client, "confirm", first)
    post(client, "confirm", second)
    killed(Job.objects.filter(kind="ledgers.import").order_by("pk")[0], monkeypatch, jobs, "finish")
    work()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.IMPORTED, State.CHECKED)
    assert len(queries.live_batches()) == 1
    assert "already in the ledger" in client.get(f"/imports/{second.pk}/checks/").content.decode()


def test_what_was_read_and_is_gone_is_told(client: Client, checked: Checked, work: Work, data: Path) -> None:
    of = checked()
    shutil.rmtree(data / "staging")
    post(client, "confirm", of)
    work()
    assert only().state == State.CHECKED
    assert "no longer on the disk" in client.get(f"/imports/{of.pk}/checks/").content.decode()
    assert queries.live_batches() == []


def test_what_was_read_and_was_changed_meanwhile_is_refused(
    client: Client, checked: Checked, work: Work, data: Path
) -> None:
    of = checked()
    part = next((data / "staging").rglob("2024-01.parquet"))
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    post(client, "confirm", of)
    work()
    assert only().state == State.CHECKED
    assert "damaged" in client.get(f"/imports/{of.pk}/checks/").content.decode()
    assert queries.live_batches() == []


def test_a_fault_of_the_program_gives_the_import_back(
    client: Client, opened: Checked, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = opened()
    post(client, "mapping", of, **PLAIN)

    def broken(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("of all things")

    monkeypatch.setattr(jobs.reading, "read_whole", broken)
    work()
    assert only().state == State.STOPPED
    page = client.get(f"/imports/{of.pk}/checks/").content.decode()
    assert "A fault in the program ended this" in page
    assert "of all things" not in page


@pytest.mark.parametrize(
    ("step", "state"),
    [("looking", State.UNREADABLE), ("checking", State.STOPPED), ("importing", State.CHECKED)],
)
def test_a_job_stopped_on_the_page_of_jobs_gives_the_import_back(
    client: Client, send: Send, opened: Checked, checked: Checked, analyst: Any, step: str, state: State
) -> None:
    if step == "looking":
        send(analyst, ("a.csv", text()))
    elif step == "checking":
        post(client, "mapping", opened(), **PLAIN)
    else:
        post(client, "confirm", checked())
    cancel_job(job=only().job, by=analyst)
    assert only().state == state
    assert queries.live_batches() == []


def test_a_job_tried_again_after_the_import_moved_on_changes_nothing(
    client: Client, opened: Checked, analyst: Any, work: Work
) -> None:
    from anahtar_web.jobs.actions import try_again

    post(client, "mapping", opened(), **PLAIN)
    job = only().job
    cancel_job(job=job, by=analyst)
    try_again(job=Job.objects.get(pk=job.pk), by=analyst)
    work()
    assert Job.objects.get(pk=job.pk).state == JobState.FAILED
    assert "moved on" in Job.objects.get(pk=job.pk).message_text
    assert only().state == State.STOPPED


def test_readings_nobody_waits_for_are_swept(checked: Checked, data: Path) -> None:
    of = checked()
    storage.fresh_staging(999, 1)
    jobs.sweep()
    assert storage.staged() == [of.pk]
    assert Path(storage.staging_of(of.pk, of.draft_version)).is_dir()


def test_the_moment_of_an_import_finds_its_batch_in_any_time_zone(client: Client, imported: Checked) -> None:
    from zoneinfo import ZoneInfo

    from django.utils import timezone

    of = imported()
    live = queries.ledger().batches()
    with timezone.override(ZoneInfo("Pacific/Auckland")):
        assert importing.batch_of(of, live) is not None
    other = Import(asked_at=of.asked_at.replace(microsecond=(of.asked_at.microsecond + 1) % 1_000_000))
    assert importing.batch_of(other, live) is None
