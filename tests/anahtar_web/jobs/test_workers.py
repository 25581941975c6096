"""Workers as processes: they are killed, stopped, many, and a job is still done once."""

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from anahtar_web.jobs.actions import cancel, enqueue
from anahtar_web.jobs.models import Job, State
from anahtar_web.people.models import User

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def worker(transactional_db: None) -> Iterator[Start]:
    """Start a worker; whatever is left of them is killed at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*args: str) -> subprocess.Popen[bytes]:
        database = str(connection.settings_dict["NAME"])
        program = [sys.executable, "-m", "tests.anahtar_web.jobs.worker_process", database, *args]
        started.append(subprocess.Popen(program, stderr=subprocess.DEVNULL))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def until(true: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, [(job.pk, job.state, job.message_text) for job in Job.objects.all()]
        time.sleep(0.05)


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_a_job_whose_worker_is_killed_is_begun_again_by_the_next_worker(
    ana: User, worker: Start, tmp_path: Path
) -> None:
    job = enqueue("tests.do", by=ana, payload={"steps": [("kill_once", str(tmp_path / "killed"))], "result": {"n": 1}})
    assert worker().wait(40) == -signal.SIGKILL
    assert now(job).state == State.RUNNING
    worker()
    until(lambda: now(job).ended)
    assert (now(job).state, now(job).attempts, now(job).result) == (State.DONE, 2, {"n": 1})
    # The library's row of the killed run does not say "running" for ever.
    until(lambda: not DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).exists())


def test_a_job_that_takes_every_worker_with_it_ends_and_says_so(ana: User, worker: Start) -> None:
    job = enqueue("tests.do", by=ana, payload={"steps": [("kill", None)]})
    for _attempt in range(3):
        assert worker().wait(40) == -signal.SIGKILL
    worker()
    until(lambda: now(job).ended)
    assert now(job).state == State.FAILED
    assert "3 times" in now(job).message_text


def test_two_workers_do_each_of_two_hundred_jobs_once(ana: User, worker: Start, tmp_path: Path) -> None:
    done = tmp_path / "done"
    jobs = [enqueue("tests.do", by=ana, payload={"steps": [("write", str(done))]}) for _ in range(200)]
    workers = [worker("batch"), worker("batch")]
    until(lambda: not Job.objects.under_way().exists(), 120)
    counted = Counter(line.split()[0] for line in done.read_text().splitlines())
    assert counted == Counter({str(job.pk): 1 for job in jobs})
    assert {process.wait(20) for process in workers} == {0}
    assert len({line.split()[1] for line in done.read_text().splitlines()}) == 2


def test_a_running_job_is_cancelled_at_its_next_progress(ana: User, worker: Start) -> None:
    job = enqueue("tests.do", by=ana, payload={"steps": [("wait", 60)]})
    worker()
    until(lambda: now(job).done == 1)
    assert now(job).stage_text == "Waiting"
    cancel(job=job, by=ana)
    until(lambda: now(job).ended)
    assert now(job).state == State.CANCELLED


def test_a_worker_that_is_asked_to_end_puts_its_job_back_uncounted(ana: User, worker: Start) -> None:
    job = enqueue("tests.do", by=ana, payload={"steps": [("wait", 60)]})
    process = worker()
    until(lambda: now(job).done == 1)
    process.terminate()
    assert process.wait(20) == 0
    assert (now(job).state, now(job).attempts) == (State.QUEUED, 0)


def test_a_long_step_that_reports_nothing_keeps_its_lease(ana: User, worker: Start) -> None:
    job = enqueue("tests.do", by=ana, payload={"steps": [("sleep", 12)]})
    worker()
    until(lambda: now(job).state == State.RUNNING)
    first = now(job).lease_until
    assert first is not None
    until(lambda: now(job).ended or now(job).lease_until > first)
    assert now(job).state == State.RUNNING
