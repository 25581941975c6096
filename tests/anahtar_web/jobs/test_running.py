"""What becomes of a job: done, refused, at fault, cancelled; and what people read of it."""

import logging

import pytest
from django.utils import translation

from anahtar_web.jobs.actions import UnableToCancel, UnableToTryAgain, cancel, enqueue, try_again
from anahtar_web.jobs.models import Job, State
from anahtar_web.jobs.running import run, run_queued
from anahtar_web.jobs.settling import Outcome, settle
from anahtar_web.people.models import User
from tests.anahtar_web.jobs import kinds

pytestmark = pytest.mark.django_db


def asked(by: User | None, *steps: tuple[str, object], **payload: object) -> Job:
    return enqueue("tests.do", by=by, payload={"steps": steps, **payload}, label="orders.xlsx")


def after_running(job: Job) -> Job:
    assert [ran.pk for ran in run_queued()] == [job.pk]
    return Job.objects.get(pk=job.pk)


def test_a_job_does_its_work_and_keeps_its_result(ana: User) -> None:
    job = after_running(asked(ana, ("progress", ["Reading", 3, 9]), result={"rows": 9}))
    assert (job.state, job.result, job.stage_text, job.done, job.total) == (State.DONE, {"rows": 9}, "Reading", 3, 9)
    assert job.attempts == 1
    assert job.finished_at is not None
    assert (job.pk, State.DONE) in kinds.ENDS


def test_a_refusal_of_the_core_is_read_in_the_readers_language(ana: User) -> None:
    job = after_running(asked(ana, ("refuse_core", "sales")))
    assert job.state == State.FAILED
    with translation.override("en"):
        assert job.message_text == "sales is no ledger."
    with translation.override("tr"):
        assert job.message_text == "sales bir satış defteri değil."


def test_a_fault_shows_a_number_that_the_log_explains(ana: User, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "anahtar.jobs"):
        job = after_running(asked(ana, ("divide", 1)))
    assert job.state == State.FAILED
    assert job.fault in job.message_text
    assert "ZeroDivisionError" not in job.message_text
    assert job.fault in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_result_that_cannot_be_kept_is_a_fault_and_not_an_endless_job(ana: User) -> None:
    assert after_running(asked(ana, result={"rows": 1}, break_at_end=True)).fault


def test_too_little_memory_is_told_as_such(ana: User) -> None:
    assert "memory" in after_running(asked(ana, ("exhaust", 1))).message_text


def test_a_kind_of_another_version_ends_with_a_sentence(ana: User) -> None:
    job = after_running(enqueue("tests.from_tomorrow", by=ana))
    assert "does not know" in job.message_text


def test_a_waiting_job_is_cancelled_at_once_and_not_run(ana: User) -> None:
    job = asked(ana, ("divide", 1))
    cancel(job=job, by=ana)
    assert run_queued() == []
    assert Job.objects.get(pk=job.pk).state == State.CANCELLED
    assert (job.pk, State.CANCELLED) in kinds.ENDS
    with pytest.raises(UnableToCancel):
        cancel(job=job, by=ana)


def test_a_failed_job_is_tried_again_and_a_done_one_is_not(ana: User) -> None:
    job = after_running(asked(ana, ("refuse_core", "sales")))
    Job.objects.filter(pk=job.pk).update(payload={"result": {"rows": 1}})
    try_again(job=job, by=ana)
    job = after_running(job)
    assert (job.state, job.attempts, job.message) == (State.DONE, 1, None)
    with pytest.raises(UnableToTryAgain):
        try_again(job=job, by=ana)


def test_a_run_that_is_not_the_jobs_own_does_nothing(ana: User) -> None:
    first = asked(ana, result={"rows": 1})
    second = asked(ana)
    assert run(first.pk, second.task_id) is None
    assert Job.objects.get(pk=first.pk).state == State.QUEUED


def test_a_run_that_lost_its_job_changes_nothing(ana: User) -> None:
    lost = asked(ana)
    after_running(lost)
    Job.objects.filter(pk=lost.pk).update(state=State.RUNNING, lease_until="2026-01-01T00:00Z")
    lost.task_id = asked(ana).task_id
    assert not settle(lost, Outcome(State.DONE))
    assert Job.objects.get(pk=lost.pk).state == State.RUNNING


def test_what_already_waits_is_not_asked_twice(ana: User) -> None:
    first = enqueue("tests.do", by=ana, payload={"result": 1}, unless_waiting=True)
    assert enqueue("tests.do", by=ana, payload={"result": 1}, unless_waiting=True) == first
    assert enqueue("tests.do", by=ana, payload={"result": 2}, unless_waiting=True) != first
    run_queued()
    assert enqueue("tests.do", by=ana, payload={"result": 1}, unless_waiting=True) != first
