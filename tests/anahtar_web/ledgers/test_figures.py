"""The page of an import says whether the figures of the accounts count it, whatever became of the analysis."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from anahtar_web.insight.models import Run
from anahtar_web.jobs.models import Job
from anahtar_web.jobs.models import State as JobState
from anahtar_web.ledgers.models import Import, State

BATCH = "0001-abc"
IMPORTED, FIRST, LATER = (datetime(2024, 5, 1, hour, tzinfo=UTC) for hour in (8, 9, 12))


@pytest.fixture
def an_import(analyst: Any) -> Callable[..., Import]:
    def an_import(state: State = State.IMPORTED) -> Import:
        return Import.objects.create(
            by=analyst,
            state=state,
            batch=BATCH,
            accepted=3,
            imported_at=IMPORTED,
            imported_by=analyst,
            taken_back_at=LATER,
            taken_back_by=analyst,
            reason="twice",
        )

    return an_import


def analysed(at: datetime, *batches: str, current: bool = True) -> Run:
    Run.objects.filter(current=True).update(current=False)
    return Run.objects.create(started_at=at, finished_at=at, batches=list(batches), current=current)


def asked_for(state: JobState, **fields: Any) -> Job:
    ended = {"finished_at": LATER} if state in (JobState.FAILED, JobState.CANCELLED, JobState.DONE) else {}
    return Job.objects.create(kind="insight.analyse", state=state, **ended, **fields)


def said(client: Client, of: Import) -> str:
    return " ".join(client.get(f"/imports/{of.pk}/").content.decode().split())


def test_rows_that_are_counted_say_since_when(client: Client, an_import: Callable[..., Import]) -> None:
    analysed(FIRST, BATCH)
    page = said(client, an_import())
    assert "Analysed on 1 May 2024" in page
    assert "later analysis" not in page


def test_a_later_analysis_that_counts_them_too_is_named(client: Client, an_import: Callable[..., Import]) -> None:
    analysed(FIRST, BATCH)
    analysed(LATER, BATCH, "0002-def")
    page = said(client, an_import())
    assert "Analysed on 1 May 2024" in page
    assert "Shown now is the later analysis of 1 May 2024" in page


def test_an_analysis_at_work_is_watched(client: Client, an_import: Callable[..., Import]) -> None:
    job = asked_for(JobState.QUEUED)
    page = said(client, an_import())
    assert "do not count these rows yet" in page
    assert f'id="job-{job.pk}"' in page


@pytest.mark.parametrize(
    ("state", "sentence"),
    [(JobState.FAILED, "The last analysis failed."), (JobState.CANCELLED, "The last analysis was stopped.")],
)
def test_an_analysis_that_did_not_come_to_its_end_is_a_link(
    client: Client, an_import: Callable[..., Import], state: JobState, sentence: str
) -> None:
    analysed(FIRST, "0000-before")
    job = asked_for(state)
    page = said(client, an_import())
    assert sentence in page
    assert f'href="/jobs/{job.pk}/"' in page
    assert "Analysed on" not in page


def test_a_failure_after_the_rows_were_counted_concerns_others(
    client: Client, an_import: Callable[..., Import]
) -> None:
    analysed(FIRST, BATCH)
    asked_for(JobState.FAILED)
    assert "The last analysis failed" not in said(client, an_import())


def test_rows_that_nobody_analysed_lead_to_the_analyses(client: Client, an_import: Callable[..., Import]) -> None:
    page = said(client, an_import())
    assert "No analysis is at work" in page
    assert "at work:" not in page


def test_what_was_taken_back_says_whether_it_still_counts(client: Client, an_import: Callable[..., Import]) -> None:
    of = an_import(State.TAKEN_BACK)
    analysed(FIRST, BATCH)
    assert "still count these rows" in said(client, of)
    analysed(LATER, "0002-def")
    assert "no longer count these rows" in said(client, of)
