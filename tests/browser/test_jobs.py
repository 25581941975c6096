"""Pages of jobs in a browser: they follow what happens by themselves, and everybody can use them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from anahtar_web.jobs.actions import enqueue
from anahtar_web.jobs.models import Job
from anahtar_web.jobs.running import run_queued
from anahtar_web.people.models import User
from tests.anahtar_web.jobs import kinds  # noqa: F401  # what the tests can ask for
from tests.browser.conftest import LANGUAGES, Axe, check

pytestmark = pytest.mark.django_db(transaction=True)


def asked(by: User, *steps: tuple[str, object], label: str = "orders.xlsx") -> Job:
    return enqueue("tests.do", by=by, payload={"steps": steps}, label=label)


def test_a_job_page_follows_its_job_to_the_end(visit: Callable[..., Page], ana: User) -> None:
    job = asked(ana, ("refuse_core", "sales"))
    page = visit(f"/jobs/{job.pk}/", ana)
    expect(page.get_by_text("Waits for its turn")).to_be_visible()
    run_queued()
    expect(page.get_by_text("sales is no ledger.")).to_be_visible()
    # The whole page has followed, not only the bar: what can be done now is another thing.
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Waits for its turn")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped before it was finished")).to_be_visible()


def test_the_list_moves_a_job_from_what_runs_to_what_has_ended(visit: Callable[..., Page], head: User) -> None:
    job = asked(head)
    page = visit("/jobs/", head)
    expect(page.locator("#under-way").get_by_text("orders.xlsx")).to_be_visible()
    expect(page.locator("#history").get_by_text("orders.xlsx")).to_have_count(0)
    run_queued()
    expect(page.locator("#history").get_by_text("orders.xlsx")).to_be_visible()
    expect(page.locator("#under-way").get_by_text("orders.xlsx")).to_have_count(0)
    page.get_by_label("Ended as").select_option("failed")
    expect(page.get_by_text("No job has ended like this")).to_be_visible()
    assert Job.objects.get(pk=job.pk).ended


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_can_use_them(visit: Callable[..., Page], axe: Axe, head: User, language: str) -> None:
    empty = visit("/jobs/", head, language=language)
    assert axe(empty) == []
    failed = asked(head, ("divide", 1), label="a name that is rather long and has no end.xlsx")
    run_queued()
    asked(head)
    for address in ("/jobs/", f"/jobs/{failed.pk}/"):
        page = visit(address, head, language=language)
        check(page, axe, language)
