"""Who is dead and who only slow: told by what a watcher sees change, not by anybody's clock."""

import os
import subprocess
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from anahtar_web.jobs.actions import enqueue
from anahtar_web.jobs.models import Job, State
from anahtar_web.jobs.processes import myself, surely_gone
from anahtar_web.jobs.running import HERE, run_queued
from anahtar_web.jobs.watching import Watch, take_back
from anahtar_web.people.models import User

ELSEWHERE = "ffffffff-4026531836:77:1234"


class Clock:
    """A steady clock that the test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def look(watch: Watch, clock: Clock, *, seconds: float) -> None:
    """Look every two seconds for a while."""
    for _ in range(int(seconds / 2)):
        clock.now += 2
        take_back(watch)


def running(by: User, *, worker: str, **fields: object) -> Job:
    job = enqueue("tests.do", by=by)
    fields = {"state": State.RUNNING, "attempts": 1, "lease_until": timezone.now(), "worker": worker} | fields
    Job.objects.filter(pk=job.pk).update(**fields)
    DBTaskResult.objects.filter(pk=job.task_id).update(status=TaskResultStatus.RUNNING, worker_ids=[worker])
    return Job.objects.get(pk=job.pk)


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


@pytest.mark.django_db
def test_a_job_of_another_machine_is_taken_when_its_lease_was_not_renewed_for_a_minute(ana: User, clock: Clock) -> None:
    job, watch = running(ana, worker=ELSEWHERE), Watch(clock)
    look(watch, clock, seconds=60)
    assert now(job).state == State.RUNNING
    look(watch, clock, seconds=4)
    assert (now(job).state, now(job).attempts) == (State.QUEUED, 1)
    assert now(job).task_id != job.task_id
    assert [done.state for done in run_queued()] == [State.DONE]


@pytest.mark.django_db
def test_a_job_whose_lease_is_renewed_stays_whatever_the_clocks_say(ana: User, clock: Clock) -> None:
    job, watch = running(ana, worker=ELSEWHERE), Watch(clock)
    for minute in range(5):
        look(watch, clock, seconds=50)
        # Renewed by a machine whose clock is a day behind, and going backwards.
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(days=1, minutes=minute))
    assert now(job).state == State.RUNNING


@pytest.mark.django_db
def test_a_watcher_that_was_halted_for_hours_does_not_take_what_halted_with_it(ana: User, clock: Clock) -> None:
    job, watch = running(ana, worker=ELSEWHERE), Watch(clock)
    take_back(watch)
    clock.now += 7200
    take_back(watch)
    assert now(job).state == State.RUNNING


@pytest.mark.django_db
def test_a_job_of_a_process_that_is_gone_is_taken_at_once(ana: User, clock: Clock) -> None:
    job = running(ana, worker=gone())
    take_back(Watch(clock))
    assert now(job).state == State.QUEUED


@pytest.mark.django_db
def test_a_living_process_that_cannot_renew_is_given_ten_minutes(ana: User, clock: Clock) -> None:
    with subprocess.Popen(["sleep", "60"]) as other:
        job, watch = running(ana, worker=named(other.pid)), Watch(clock)
        look(watch, clock, seconds=598)
        assert now(job).state == State.RUNNING
        look(watch, clock, seconds=6)
        assert now(job).state == State.QUEUED
        other.kill()


@pytest.mark.django_db
def test_a_job_of_this_process_that_nothing_here_is_at_is_taken_and_one_that_runs_is_not(
    ana: User, clock: Clock
) -> None:
    dropped, busy = running(ana, worker=myself()), running(ana, worker=myself())
    HERE.add(busy.task_id)
    take_back(Watch(clock))
    HERE.discard(busy.task_id)
    assert (now(dropped).state, now(busy).state) == (State.QUEUED, State.RUNNING)


@pytest.mark.django_db
def test_a_cancelled_job_of_a_dead_worker_is_not_begun_again(ana: User, clock: Clock) -> None:
    job = running(ana, worker=gone(), cancel_asked=True)
    take_back(Watch(clock))
    assert now(job).state == State.CANCELLED


@pytest.mark.django_db
@pytest.mark.parametrize("status", [None, TaskResultStatus.FAILED, TaskResultStatus.RUNNING])
def test_a_waiting_job_that_no_run_will_reach_is_asked_for_again(
    ana: User, clock: Clock, status: TaskResultStatus | None
) -> None:
    job = enqueue("tests.do", by=ana)
    row = DBTaskResult.objects.filter(pk=job.task_id)
    if status is None:
        row.delete()
    else:
        row.update(status=status, worker_ids=[gone()])
    take_back(Watch(clock))
    assert now(job).task_id != job.task_id
    assert DBTaskResult.objects.get(pk=now(job).task_id).status == TaskResultStatus.READY


@pytest.mark.django_db
def test_a_row_of_the_queue_that_nobody_is_at_is_closed(ana: User, clock: Clock) -> None:
    job = enqueue("tests.do", by=ana)
    DBTaskResult.objects.filter(pk=job.task_id).update(status=TaskResultStatus.RUNNING, worker_ids=[gone()])
    Job.objects.filter(pk=job.pk).update(task_id=uuid4(), state=State.DONE, finished_at=timezone.now())
    take_back(Watch(clock))
    assert DBTaskResult.objects.get(pk=job.task_id).status == TaskResultStatus.FAILED


def named(process: int) -> str:
    """The name a process has."""
    place, _, _own = myself().rpartition(":")[0].rpartition(":")
    with open(f"/proc/{process}/stat", encoding="ascii") as file:
        return f"{place}:{process}:{file.read().rpartition(')')[2].split()[19]}"


def gone() -> str:
    """The name of a process that has ended."""
    with subprocess.Popen(["sleep", "60"]) as process:
        name = named(process.pid)
        process.kill()
    return name


def test_a_process_knows_itself_as_alive_and_its_ended_child_as_gone() -> None:
    assert not surely_gone(myself())
    assert surely_gone(gone())


def test_a_number_that_was_given_to_another_process_does_not_keep_the_dead_alive() -> None:
    place, _, _rest = myself().rpartition(":")[0].rpartition(":")
    assert surely_gone(f"{place}:{os.getpid()}:1")


@pytest.mark.parametrize("worker", ["", "nonsense", ELSEWHERE, "a:b:c"])
def test_what_cannot_be_seen_is_not_surely_gone(worker: str) -> None:
    assert not surely_gone(worker)
