"""Signals are read, opened to their why, and put off without a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from anahtar_web.accounts.models import Account
from anahtar_web.people.models import User
from anahtar_web.signals.actions import follow
from anahtar_web.signals.models import Signal, State
from tests.anahtar_web.insight.conftest import data  # noqa: F401  # fixtures
from tests.anahtar_web.signals.conftest import new_run, outlook, standing
from tests.browser.conftest import LANGUAGES, Visit, check

Axe = Callable[..., list[str]]


@pytest.fixture
def told(acme: Account) -> Signal:
    """Acme is at risk."""
    run = new_run()
    standing(run, acme)
    outlook(run, acme, "at_risk")
    follow(run)
    Signal.objects.update(figures={"gaps": [30, 28, 31], "silence": 78, "p95": 48.0, "all_gaps": 9, "as_long": 0})
    return Signal.objects.get()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_fit_for_everybody(visit: Visit, axe: Axe, director: User, told: Signal, language: str) -> None:
    for path in ("/signals/", f"/signals/{told.pk}/snooze/", f"/signals/{told.pk}/dismiss/"):
        check(visit(path, director, language=language), axe, language)


def test_a_signal_is_put_off_with_the_keyboard(visit: Visit, director: User, told: Signal) -> None:
    page = visit("/signals/", director)
    page.locator(".signal-why summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The lines behind it")).to_be_visible()
    page.get_by_role("link", name="Put off").last.focus()
    page.keyboard.press("Enter")
    page.get_by_label("What you are waiting for").fill("Their answer")
    page.get_by_role("button", name="Put the signal off").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing needs you now")).to_be_visible()
    told.refresh_from_db()
    assert told.state == State.SNOOZED
