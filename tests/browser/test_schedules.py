"""The schedule as people meet it: set by keyboard alone, wrong days refused beside their field, readable by all."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from anahtar_web.people.models import User
from anahtar_web.schedules.models import Due, Every, Outcome, Schedule
from tests.browser.conftest import LANGUAGES, Axe, Problems, Visit, check

PAGE = "/settings/schedule/"


def test_it_is_set_by_keyboard_alone(visit: Visit, axe: Axe, analyst: User, problems: Problems) -> None:
    problems.expect(422)
    page = visit(PAGE, analyst)
    page.get_by_role("radio", name="never").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="once a month")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("05")
    page.keyboard.press("Tab")
    page.keyboard.type("31")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.type("The books close then")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Once a month, on day 31")).to_be_visible()
    row = Schedule.objects.get()
    assert (row.every, row.hour, row.day) == (Every.MONTH, 5, 31)
    # What is no day of a month is said beside the field, and nothing that was typed is lost.
    page.evaluate("document.querySelector('[name=day]').removeAttribute('max')")
    page.get_by_label("Day of the month").fill("32")
    page.get_by_label("Reason").fill("Later")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_label("Day of the month")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Reason")).to_have_value("Later")
    assert axe(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_look_of_it_is_readable(visit: Visit, axe: Axe, analyst: User, language: str) -> None:
    for day, outcome in enumerate((Outcome.UNCHANGED, Outcome.ASKED, Outcome.WAITING), start=1):
        Due.objects.create(due_at=datetime(2026, 7, day, tzinfo=UTC), outcome=outcome)
    check(visit(PAGE, analyst, language=language), axe, language)
