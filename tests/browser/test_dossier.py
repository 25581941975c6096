"""A dossier as people meet it: built from nothing, confirmed, changed, read back to another day."""

# ruff: noqa: F811  # fixtures of the insight tests, imported and then asked for by name

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from anahtar_web.accounts.actions import hand_over
from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.dossier.actions import keep
from anahtar_web.dossier.models import Contract, Demand, Fact, Permission, Reading
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from tests.anahtar_web.dossier.facts import ago, write
from tests.anahtar_web.insight import sales
from tests.anahtar_web.insight.conftest import data, firm, publish, run  # noqa: F401  # the firm and its analysis
from tests.anahtar_web.stakeholders.people import add, earlier, edit
from tests.browser.conftest import LANGUAGES, Axe, Visit, check


def share(page: Page) -> int:
    """How complete the page says the dossier is, in per cent."""
    return int(page.locator("[data-fullness]").inner_text().replace("%", "").strip())


def fill(account: Account, by: User) -> None:
    """Write one fact of every look: of each form, fresh, ageing, stale, unsure, with another one beside it."""
    then = timezone.now() - timedelta(days=40)
    write(account, by, "description", "## Steel\n\n- **Beams**", on=ago(30))
    write(account, by, "headcount", 1240, on=ago(300))
    write(account, by, "headcount", 1100, "rumour", on=ago(2))
    write(account, by, "turnover", 4_000_000, "document", on=ago(500), at=then)
    write(account, by, "need", 96_000, "assumed", on=ago(20), at=then)
    write(account, by, "second_source", True, "rumour", on=ago(9), at=then)
    write(account, by, "standards", "ISO 9001\nISO 14001", on=ago(9))
    for code in ("goal", "strength", "weakness", "opportunity", "threat"):
        write(account, by, code, f"A {code} of some length that has to be broken somewhere", on=ago(9))
    write(account, by, "event", (ago(9000), "A second factory"), "document", on=ago(9))
    soon = today() + timedelta(days=24)
    fields = {"title": "Frame", "notice_by": soon, "ends_on": soon, "money": 620_000_000_000, "currency": "TRY"}
    keep(model=Contract, account=account, fields=fields, by=by)
    keep(model=Permission, account=account, fields={"what": "logo", "uses": "Website"}, by=by)
    keep(model=Demand, account=account, fields={"demand": "A certificate with each lot"}, by=by)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_readable_and_fits(
    visit: Visit, axe: Axe, head: User, ana: User, run: Run, language: str
) -> None:
    account = Account.objects.get(code=sales.ACME)
    hand_over(account=account, to=ana, by=head, on=today())
    fill(account, ana)
    fact = Fact.objects.get(kind="turnover")
    page = visit(f"/accounts/{account.pk}/profile/", head, language=language)
    for path in (
        *(f"/accounts/{account.pk}/readers/", f"/accounts/{account.pk}/facts/{fact.pk}/"),
        *(f"/accounts/{account.pk}/facts/{fact.pk}/change/", f"/accounts/{account.pk}/facts/write/site/"),
        *(f"/accounts/{account.pk}/sheets/demand/add/", "/facts/", "/settings/dossier/", "/settings/dossier/add/"),
    ):
        check(page, axe, language)
        page.goto(path)
    check(page, axe, language)
    check(visit("/facts/", ana, language=language), axe, language)


def test_a_dossier_is_built_from_nothing(visit: Visit, axe: Axe, head: User, ana: User, run: Run) -> None:
    account = Account.objects.get(code=sales.ACME)
    hand_over(account=account, to=ana, by=head, on=today())
    page = visit(f"/accounts/{account.pk}/profile/", ana)
    expect(page.get_by_text("Nothing is known yet")).to_be_visible()
    assert share(page) == 0
    # By the keyboard alone, from the most important thing to the next one.
    page.get_by_role("link", name="Begin the dossier").click()
    expect(page.get_by_role("textbox", name="What it does")).to_be_focused()
    page.keyboard.type("Makes **steel** beams")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Confirmed")).to_be_checked()
    page.get_by_role("button", name="Save, and the next missing one").press("Enter")
    expect(page.get_by_text("“What it does” is written down.")).to_be_visible()
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator("#company .markdown strong")).to_have_text("steel")
    after_one = share(page)
    assert after_one > 0

    # In place, in the dialog: what is only assumed does not count until somebody confirms it.
    page.get_by_role("link", name="Add: Headcount").click()
    dialog = page.locator("#question")
    dialog.get_by_label("Headcount (people)").fill("1,240")
    check(page, axe, within="#question-dialog")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("1,240 people")).to_be_visible()
    assert share(page) == after_one
    page.get_by_role("button", name="Confirm Headcount: 1,240 people").click()
    expect(page.get_by_role("button", name="Confirm Headcount: 1,240 people")).to_have_count(0)
    expect(page.locator("#fullness")).to_contain_text("2 facts")
    assert share(page) > after_one

    # Changed, and both stand in the history with who said it.
    page.get_by_role("link", name="Change Headcount: 1,240 people").click()
    dialog.get_by_label("Headcount (people)").fill("1300")
    dialog.get_by_text("Source, day and document").click()
    dialog.get_by_label("Source", exact=True).fill("Their annual report")
    dialog.get_by_role("button", name="Save", exact=True).click()
    page.locator(".known-meta", has_text="History of Headcount").click()
    expect(dialog.locator(".versions-list > li")).to_have_count(3)
    expect(dialog.locator(".versions-list > li.holds")).to_contain_text("1,300 people")
    expect(dialog.locator(".versions-list > li.holds")).to_contain_text("Their annual report")
    check(page, axe, within="#question-dialog")
    dialog.get_by_role("button", name="Close").click()

    # A contract with its days, and the group opened where it stands.
    page.get_by_role("link", name="Add a contract").click()
    dialog.get_by_role("textbox", name="Contract", exact=True).fill("Frame")
    dialog.get_by_label("Ends on").fill((today() + timedelta(days=30)).isoformat())
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#contract")).to_contain_text("30 days left")
    page.get_by_text("Group, payer and receivers").click()
    expect(page.locator(".group-card .tree")).to_contain_text("Acme")

    # Who decides, by which rule, and what was said: the account's page says it in small.
    page.goto(f"/accounts/{account.pk}/people/new/")
    page.get_by_label("Name", exact=True).fill("Nermin Uz")
    page.get_by_label("Role in the decision").select_option("decider")
    page.get_by_role("button", name="Save").click()
    page.goto(f"/accounts/{account.pk}/decision/new/")
    page.get_by_label("What is decided").fill("Frame contract")
    page.get_by_label("Consensus").check()
    page.get_by_role("button", name="Save").click()
    page.goto(f"/accounts/{account.pk}/interactions/")
    page.keyboard.press("n")
    page.get_by_label("What it was about").fill("Prices of next year")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Prices of next year")).to_be_visible()
    page.goto(f"/accounts/{account.pk}/")
    expect(page.locator(".rm-mini")).to_contain_text("Nermin Uz")
    expect(page.locator(".rm-mini-verdict")).to_contain_text("Frame contract")
    assert axe(page) == []

    # The day before, nothing of it was known; the head finds who has read it.
    page.goto(f"/accounts/{account.pk}/profile/?on={ago(1)}")
    expect(page.get_by_text("1,300 people")).to_have_count(0)
    page = visit(f"/accounts/{account.pk}/readers/", head)
    expect(page.locator(".readers").get_by_text("Ana Işık")).to_be_visible()
    assert Reading.objects.get(person=ana).times > 1


def test_five_facts_are_dealt_with_by_a_click_each(visit: Visit, axe: Axe, head: User, ana: User, run: Run) -> None:
    account = Account.objects.get(code=sales.ACME)
    hand_over(account=account, to=ana, by=head, on=today())
    fill(account, ana)
    page = visit("/portfolio/", ana)
    page.keyboard.press("g")
    page.keyboard.press("f")
    cards = page.locator(".five-card")
    expect(cards).to_have_count(3)
    cards.filter(has_text="Turnover").get_by_role("button", name="Still true").click()
    expect(page.locator(".five-card.done")).to_contain_text("Confirmed")
    cards.filter(has_text="second supplier").get_by_role("button", name="I do not know").click()
    expect(page.get_by_text("1 to go until")).to_be_visible()
    cards.filter(has_text="Buys a year").get_by_role("link", name="It has changed").click()
    page.locator("#question").get_by_label("Buys a year of what we sell").fill("90,000")
    page.locator("#question").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("All dealt with.")).to_be_visible()
    assert axe(page) == []


def test_the_dossier_is_walked_back_to_last_year(visit: Visit, axe: Axe, head: User, ana: User, run: Run) -> None:
    account = Account.objects.get(code=sales.ACME)
    hand_over(account=account, to=ana, by=head, on=today())
    then = timezone.now() - timedelta(days=400)
    write(account, ana, "headcount", 400, on=ago(400), at=then)
    with earlier(400):
        boss = add(account, ana, "Nermin Uz", role="decider", stance="sceptic", stance_grade="confirmed")
    write(account, ana, "headcount", 520)
    write(account, ana, "ownership", "Family")
    edit(boss, ana, stance="champion")
    add(account, ana, "Kaan Demir", role="buyer")

    page = visit(f"/accounts/{account.pk}/profile/", ana)
    expect(page.get_by_text("520 people")).to_be_visible()
    page.get_by_role("button", name="A year ago").click()
    expect(page.get_by_text("400 people")).to_be_visible()
    expect(page.get_by_text("520 people")).to_have_count(0)
    expect(page.get_by_text("Family")).to_have_count(0)
    expect(page.locator(".note-title", has_text="As known on")).to_be_visible()
    for name in ("^Change .*Headcount", "^Add", "^Next missing"):
        expect(page.locator("main").get_by_role("link", name=re.compile(name))).to_have_count(0)
    expect(page.locator("main").get_by_role("button", name="Confirm")).to_have_count(0)
    check(page, axe)

    # The filter of the map is walked in place, and keeps what else it is narrowed to.
    page.goto(f"/accounts/{account.pk}/people/map/?role=decider")
    expect(page.locator("#map")).to_contain_text("Kaan Demir")
    page.get_by_role("button", name="A year ago").click()
    expect(page.locator("#map")).to_contain_text("Nothing is changed here.")
    expect(page.locator("#map")).not_to_contain_text("Kaan Demir")
    expect(page).to_have_url(re.compile(r"on=\d{4}-\d\d-\d\d.*role=decider|role=decider.*on=\d{4}"))
    page.reload()
    expect(page.get_by_role("link", name="Add a person")).to_have_count(0)
    page.locator("#map").get_by_text("The map as a list").click()
    expect(page.locator("#map")).to_contain_text("Sceptic")
    check(page, axe)
    page.get_by_role("button", name="Today").click()
    expect(page.locator("#map")).to_contain_text("Kaan Demir")
