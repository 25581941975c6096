"""Pages of jobs: who sees which, what may be done, and how a page hears that a job has ended."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anahtar_web.audit.models import Entry
from anahtar_web.jobs.actions import cancel, enqueue
from anahtar_web.jobs.models import Job, State
from anahtar_web.jobs.running import run_queued
from anahtar_web.people.models import User
from tests.anahtar_web.jobs import kinds  # noqa: F401  # registers the kinds these tests ask for

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


@pytest.fixture
def job(ana: User) -> Job:
    """Asked by Ana, who does not see imports."""
    return enqueue("tests.do", by=ana, payload={"steps": [("refuse_core", "sales")]}, label="orders.xlsx")


def post(client: Client, path: str, **said: str) -> int:
    return client.post(path, {"once": str(uuid4()), **said}).status_code


def test_who_asked_sees_the_progress_and_a_stranger_learns_nothing(
    signed_in: SignedIn, ana: User, chen: User, analyst: User, job: Job
) -> None:
    for page in (f"/jobs/{job.pk}/", f"/jobs/{job.pk}/progress/"):
        assert "orders.xlsx" in signed_in(ana).get(page).text
        assert "orders.xlsx" in signed_in(analyst).get(page).text
        stranger = signed_in(chen).get(page)
        assert stranger.status_code == 404
        assert "orders.xlsx" not in stranger.text


def test_the_list_is_for_who_sees_imports(signed_in: SignedIn, ana: User, auditor: User, job: Job) -> None:
    assert signed_in(ana).get("/jobs/").status_code == 403
    assert "orders.xlsx" in signed_in(auditor).get("/jobs/").text


def test_an_empty_list_says_what_jobs_are(signed_in: SignedIn, auditor: User) -> None:
    assert "begins again by itself" in signed_in(auditor).get("/jobs/").text


def test_progress_asks_again_until_the_job_has_ended_and_then_goes_on(signed_in: SignedIn, ana: User, job: Job) -> None:
    address = f"/jobs/{job.pk}/progress/?then=/imports/7/"
    waiting = signed_in(ana).get(address)
    assert "every 1s" in waiting.text
    assert "then=%2Fimports%2F7%2F" in waiting.text
    assert "HX-Redirect" not in waiting.headers
    run_queued()
    ended = signed_in(ana).get(address)
    assert "every 1s" not in ended.text
    assert "sales is no ledger." in ended.text
    assert (ended.headers["HX-Trigger"], ended.headers["HX-Redirect"]) == ("job-finished", "/imports/7/")


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_a_page_goes_on_to_no_other_site(signed_in: SignedIn, ana: User, job: Job, evil: str) -> None:
    run_queued()
    assert "HX-Redirect" not in signed_in(ana).get(f"/jobs/{job.pk}/progress/", {"then": evil}).headers


def test_who_asked_or_imports_may_stop_a_job_and_it_is_on_the_trail(
    signed_in: SignedIn, ana: User, auditor: User, head: User, job: Job
) -> None:
    stop = f"/jobs/{job.pk}/cancel/"
    assert post(signed_in(auditor), stop) == 403
    assert Job.objects.get().state == State.QUEUED
    assert post(signed_in(head), stop) == 302
    assert Job.objects.get().state == State.CANCELLED
    assert Entry.objects.filter(verb="job.cancelled", by=head, target_id=str(job.pk)).count() == 1


def test_buttons_are_there_for_who_may_press_them(signed_in: SignedIn, ana: User, auditor: User, job: Job) -> None:
    page = f"/jobs/{job.pk}/"
    assert "/cancel/" in signed_in(ana).get(page).text
    assert "/cancel/" not in signed_in(auditor).get(page).text
    run_queued()
    assert "/again/" in signed_in(ana).get(page).text
    assert "/again/" not in signed_in(auditor).get(page).text
    assert post(signed_in(ana), f"/jobs/{job.pk}/again/") == 302
    assert Job.objects.get().state == State.QUEUED


def test_the_history_is_narrowed_by_state_and_kind_and_by_nothing_unknown(
    signed_in: SignedIn, ana: User, head: User, job: Job
) -> None:
    run_queued()
    cancel(job=enqueue("tests.do", by=ana, label="stock.csv"), by=ana)
    client = signed_in(head)
    failed = client.get("/jobs/", {"state": "failed", "kind": "tests.do"}).text
    assert "orders.xlsx" in failed
    assert "stock.csv" not in failed
    assert client.get("/jobs/", {"state": "payload"}).status_code == 400


def test_what_runs_hears_when_one_it_showed_has_ended(signed_in: SignedIn, head: User, job: Job) -> None:
    client = signed_in(head)
    shown = client.get(f"/jobs/now/?seen={job.pk},")
    assert "HX-Trigger" not in shown.headers
    run_queued()
    assert client.get(f"/jobs/now/?seen={job.pk},").headers["HX-Trigger"] == "jobs-ended"


def test_a_long_list_costs_as_many_queries_as_a_short_one(signed_in: SignedIn, head: User, ana: User) -> None:
    client, counts = signed_in(head), []
    client.get("/jobs/")  # notes the visit
    for more in (2, 30):
        for number in range(more):
            enqueue("tests.do", by=ana, label=str(number))
        run_queued()
        enqueue("tests.do", by=ana)
        with CaptureQueriesContext(connection) as queries:
            client.get("/jobs/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
