"""Key accounts by hand: read the evidence, decide, see what holds and what held before."""

# ruff: noqa: F811  # fixtures of the insight tests, imported and then asked for by name

import pytest
from playwright.sync_api import expect

from anahtar_web.accounts.models import Account, KeyDecision
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import data, firm, publish, run  # noqa: F401  # the firm and its analysis
from tests.browser.conftest import LANGUAGES, Axe, Problems, Visit, check


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_readable_and_fits(visit: Visit, axe: Axe, head: User, run: Run, language: str) -> None:
    account = Account.objects.get(code=sales.ACME)
    page = visit("/key-accounts/", head, language=language)
    for path in ("/key-accounts/?show=watch", f"/accounts/{account.pk}/key/", f"/accounts/{account.pk}/key/decide/"):
        check(page, axe, language)
        page.goto(path)
    check(page, axe, language)


def test_an_account_is_decided_on_in_a_dialog(
    visit: Visit,
    axe: Axe,
    head: User,
    run: Run,
    problems: Problems,
) -> None:
    page = visit("/key-accounts/", head)
    page.get_by_role("link", name="Decide on Acme Çelik A.Ş.").click()
    expect(page.get_by_role("heading", name="Is Acme Çelik A.Ş. a key account?")).to_be_visible()
    check(page, axe, within="#question-dialog")
    question = page.locator("#question")
    expect(question.get_by_role("radio", name="Key account", exact=True)).to_be_checked()
    question.get_by_role("radio", name="Not a key account").check()
    question.get_by_label("Reason").fill("Sold to a rival")
    problems.expect(422)
    question.get_by_role("button", name="Decide").click()
    # Refused, it comes back as a page of its own, with what was typed.
    form = page.get_by_role("main")
    expect(form.get_by_text("An account that is not key has no type")).to_be_visible()
    expect(form.get_by_label("Reason")).to_have_value("Sold to a rival")
    for box in form.get_by_role("checkbox").all():
        box.uncheck()
    form.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("The ledger says it is a key account.")).to_be_visible()
    assert KeyDecision.objects.get().status == "not_key"
    page.get_by_role("link", name="Decide again").click()
    question.get_by_role("radio", name="Watched").check()
    question.get_by_label("Reason").fill("The rival gave up")
    question.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("The rival gave up")).to_be_visible()
    expect(page.get_by_text("Sold to a rival")).to_be_visible()
    assert KeyDecision.objects.filter(current=True).get().reason == "The rival gave up"
