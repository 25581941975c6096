"""Closed months as people meet them: one that changed is read and accepted by keyboard, readable by all."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from anahtar_web.accounts.models import Account
from anahtar_web.closings.models import Change, ClosedMonth, Mover
from anahtar_web.people.models import User
from tests.browser.conftest import LANGUAGES, Axe, Visit, check


@pytest.fixture
def month(acme: Account) -> ClosedMonth:
    """January is closed, and a batch changed it."""
    row = ClosedMonth.objects.create(
        **{"month": date(2024, 1, 1), "lines": 2, "amount": 13_344_600, "accounts": 2, "currency": "TRY"},
        **{"fingerprint": "0" * 64, "closed_at": timezone.now()},
    )
    change = Change.objects.create(
        **{"closed": row, "batch": "0002-x", "at": timezone.now(), "fingerprint": "1" * 64, "moved": 30},
        **{"lines_before": 2, "lines_after": 4, "amount_before": 13_344_600, "amount_after": 18_345_600},
        **{"accounts_before": 2, "accounts_after": 3},
    )
    for code in (acme.code, "GONE-1"):
        Mover.objects.create(change=change, code=code, lines=1, amount=10_000)
    return row


def test_a_changed_month_is_accepted_by_keyboard(visit: Visit, axe: Axe, head: User, month: ClosedMonth) -> None:
    page = visit("/settings/closing/", head)
    page.get_by_role("link", name="January 2024").first.press("Enter")
    expect(page.get_by_text("As it was closed, and as it is now")).to_be_visible()
    assert axe(page) == []
    page.locator("#accept_reason").focus()
    page.keyboard.type("A late invoice")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("settled on")).to_be_visible()
    month.refresh_from_db()
    assert (month.lines, month.amount) == (4, 18_345_600)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_look_of_it_is_readable(visit: Visit, axe: Axe, head: User, month: ClosedMonth, language: str) -> None:
    page = visit("/settings/closing/", head, language=language)
    check(page, axe, language)
    page.goto(f"/settings/closing/{month.pk}/")
    check(page, axe, language)
