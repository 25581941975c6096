"""Strategies as people meet them: one is written anew, held against an account, and deviated from."""

# ruff: noqa: F811  # fixtures of the insight tests, imported and then asked for by name

import pytest
from playwright.sync_api import expect

from anahtar_web.accounts.actions import hand_over
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.insight.models import Run, Standing
from anahtar_web.people.models import User
from anahtar_web.strategies.actions import deviate, write
from anahtar_web.strategies.models import Deviation, Wording
from anahtar_web.strategies.subjects import SUBJECTS
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import data, firm, publish, run  # noqa: F401  # the firm and its analysis
from tests.browser.conftest import LANGUAGES, Axe, Problems, Visit, check


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_readable_and_fits(visit: Visit, axe: Axe, head: User, run: Run, language: str) -> None:
    account = Account.objects.get(code=sales.ACME)
    for number in range(2):
        text = f"## What we do\n\n- Number {number}, [the rules](https://kuzey.example)"
        write(subject=SUBJECTS["AX"], version=number, word=f"Word {number}", text=text, reason="So", by=head)
    deviate(account=account, text="- **Other**", reason="Theirs", until=today(), seen=None, by=head)
    page = visit("/strategies/", head, language=language)
    for path in (
        *("/strategies/AX/", "/strategies/AX/versions/1/", "/strategies/AX/versions/1/restore/"),
        *("/strategies/AX/write/", f"/accounts/{account.pk}/strategy/", f"/accounts/{account.pk}/strategy/deviate/"),
    ):
        check(page, axe, language)
        page.goto(path)
    check(page, axe, language)


def test_a_strategy_is_written_anew_and_a_manager_finds_it_on_the_account_and_deviates(
    visit: Visit, axe: Axe, head: User, ana: User, marketing: User, auditor: User, run: Run, problems: Problems
) -> None:
    account = Account.objects.get(code=sales.ACME)
    hand_over(account=account, to=ana, by=head, on=today())
    cell = Standing.objects.get(account=account).cell
    page = visit("/strategies/", head)
    page.get_by_role("link", name=f"{cell} ").click()
    page.get_by_role("link", name="Write anew").click()
    page.get_by_label("In a word").fill("Guard daily")
    page.locator("[name=text]").fill("## What we do\n\n- Call **daily**")
    page.get_by_role("button", name="Show how it reads").click()
    expect(page.locator("#preview strong")).to_have_text("daily")
    assert not Wording.objects.exists()
    # A look at it has saved nothing, and the form can still be sent; the browser itself asks for the reason.
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.get_by_label("Reason")).to_be_focused()
    page.get_by_label("Reason").fill("Two late deliveries")
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.get_by_text("Two late deliveries")).to_be_visible()
    expect(page.get_by_text("Call daily")).to_be_visible()
    page.get_by_role("link", name="Version 1").click()
    expect(page.locator(".diff ins").first).to_have_text("Guard daily")

    page = visit(f"/accounts/{account.pk}/", ana)
    expect(page.get_by_text(f"It stands in cell {cell}")).to_be_visible()
    expect(page.get_by_text("Guard daily")).to_be_visible()
    page.get_by_role("link", name="Read it").click()
    expect(page.get_by_role("link", name="Write anew")).to_have_count(0)
    page.get_by_role("link", name="We deviate here").click()
    page.get_by_label("What we do instead").fill("- One call **a month**")
    page.get_by_role("button", name="Show how it reads").click()
    expect(page.locator("#preview strong")).to_have_text("a month")
    page.get_by_label("Reason").fill("Their buyer asked for it")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Their buyer asked for it")).to_be_visible()

    for reader in (marketing, auditor):
        page = visit("/strategies/", reader)
        expect(page.get_by_text("Their buyer asked for it")).to_be_visible()
        page.get_by_role("link", name="Acme Çelik A.Ş.").click()
        expect(page.get_by_text("One call a month")).to_be_visible()
        expect(page.get_by_role("link", name="Change the deviation")).to_have_count(0)
        expect(page.get_by_role("link", name="End the deviation")).to_have_count(0)

    page = visit(f"/accounts/{account.pk}/strategy/", ana)
    page.get_by_role("link", name="End the deviation").click()
    question = page.locator("#question")
    expect(question.get_by_role("heading", name="Does Acme Çelik A.Ş. go by its strategy again?")).to_be_visible()
    check(page, axe, within="#question-dialog")
    question.get_by_label("Reason").fill("A new buyer")
    question.get_by_role("button", name="End the deviation").click()
    expect(page.get_by_text("A new buyer")).to_be_visible()
    assert Deviation.objects.get().ended_by == ana
