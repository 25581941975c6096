"""Teams, groups and duplicates as people use them: handed over, merged, undone, written by two at once."""

from datetime import date

import pytest
from playwright.sync_api import expect

from anahtar.rules.duplicates import Kind, Suggestion
from anahtar.words import say
from anahtar_web.accounts.actions import hand_over, keep_suggestions
from anahtar_web.accounts.lineage import rebuild
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import managers_of
from anahtar_web.company.queries import today
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import account
from tests.browser.conftest import LANGUAGES, Axe, Problems, Visit, check


@pytest.fixture
def holding(acme: Account, birch: Account, ana: User, boris: User, chen: User, head: User) -> Account:
    """A group with two companies, a history and a plan; a pair that may be one."""
    group = account("G", "Marmara Holding")
    Account.objects.filter(pk__in=[acme.pk, birch.pk]).update(parent=group)
    rebuild([acme.pk, birch.pk])
    hand_over(account=group, to=ana, by=head, on=date(2024, 1, 1))
    hand_over(account=birch, to=boris, by=head, on=date(2026, 1, 1))
    twin = account("0099", "Birch Ilgaz")
    keep_suggestions([Suggestion(Kind.NAME, (birch.code, twin.code), 0.8, (say("{n} day", "{n} days", n=4),))])
    return group


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_readable_and_fits(
    visit: Visit, axe: Axe, language: str, holding: Account, acme: Account, birch: Account, ana: User, head: User
) -> None:
    twin = Account.objects.get(code="0099")
    page = visit("/accounts/teams/", head, language=language)
    check(page, axe, language)
    for path in (
        *(f"{birch.pk}/{name}/" for name in ("team", "edit", "group", "trail", "merge", "team/hand-over")),
        *("new/", "duplicates/", f"duplicates/{birch.pk}/{twin.pk}/", "merges/", "duplicates/apart/"),
        f"assign/?id={acme.pk}&id={birch.pk}",
    ):
        page.goto(f"/accounts/{path}")
        check(page, axe, language)
    # A long name, which once pushed the page of a person out of a phone.
    Account.objects.filter(pk=acme.pk).update(name="Çelikhan Tarım Makinaları San. ve Dış Tic. Ltd. Şti.")
    for path in ("/people/", f"/people/{ana.pk}/"):
        page.goto(path)
        check(page, axe, language)


def test_an_account_is_handed_over_in_a_dialog(
    visit: Visit, axe: Axe, acme: Account, chen: User, head: User, problems: Problems
) -> None:
    page = visit(f"/accounts/{acme.pk}/team/", head)
    page.get_by_role("link", name="Hand over").click()
    expect(page.get_by_role("heading", name="Hand Acme Çelik A.Ş. over")).to_be_visible()
    check(page, axe, within="#question-dialog")
    page.get_by_label("To whom").select_option(label="Chen Öztürk · Key account manager")
    page.get_by_label("Reason").fill("Ana goes to Ankara")
    page.locator("#question").get_by_role("button", name="Hand over").click()
    expect(page.get_by_text("Chen Öztürk looks after Acme Çelik A.Ş. from")).to_be_visible()
    expect(page.get_by_role("row", name="Ana Işık")).to_be_visible()
    assert managers_of([acme.pk], today()) == {acme.pk: chen}
    problems.expect(422)
    page.get_by_role("link", name="Hand over").click()
    page.get_by_label("To whom").select_option(label="Chen Öztürk · Key account manager")
    page.get_by_label("Reason").fill("Typed again")
    page.locator("#question").get_by_role("button", name="Hand over").click()
    expect(page.get_by_text("looks after Acme Çelik A.Ş. on that day already")).to_be_visible()
    expect(page.get_by_label("Reason")).to_have_value("Typed again")


def test_two_accounts_become_one_and_two_again(
    visit: Visit, axe: Axe, holding: Account, birch: Account, head: User
) -> None:
    page = visit("/accounts/duplicates/", head)
    page.get_by_role("link", name="Compare").click()
    expect(page.get_by_role("heading", name="One account or two?")).to_be_visible()
    page.get_by_role("radio", name="Birch Ilgaz 0099").check()
    expect(page.get_by_text("Boris Çağlar comes along: Key account manager.")).to_be_visible()
    check(page, axe)
    page.get_by_label("Reason").fill("Two codes of one firm")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_text("Birch Ilgaz Ltd. Şti. goes on under Birch Ilgaz.")).to_be_visible()
    expect(page.get_by_text("No pair waits for a decision")).to_be_visible()
    birch.refresh_from_db()
    assert birch.merged_into == Account.objects.get(code="0099")
    page.get_by_role("link", name="Merged").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#confirm-sentence")).to_contain_text("two again?")
    check(page, axe, within="#confirm")
    page.locator("#confirm [data-yes]").click()
    expect(page.get_by_text("are two again. The figures follow.")).to_be_visible()
    expect(page.get_by_text("undone by Hale Şef")).to_be_visible()
    birch.refresh_from_db()
    assert birch.merged_into is None


@pytest.mark.long
def test_of_two_who_write_at_once_the_second_sees_both_versions(
    visit: Visit, axe: Axe, acme: Account, ana: User, boris: User, problems: Problems
) -> None:
    first, second = (visit(f"/accounts/{acme.pk}/edit/", who) for who in (ana, boris))
    first.get_by_label("City").fill("Bursa")
    second.get_by_label("City").fill("İzmir")
    second.get_by_label("Remark").fill("Boris's remark")
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_text("Saved.")).to_be_visible()
    problems.expect(409)
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_text("Somebody else has changed this meanwhile")).to_be_visible()
    expect(second.get_by_text("Saved by Ana Işık.")).to_be_visible()
    row = second.get_by_role("row", name="City")
    expect(row).to_contain_text("Bursa")
    expect(row).to_contain_text("İzmir")
    expect(second.get_by_label("Remark")).to_have_value("Boris's remark")
    check(second, axe)
    second.get_by_role("button", name="Save over the other version").click()
    expect(second.get_by_text("Saved.")).to_be_visible()
    acme.refresh_from_db()
    assert (acme.city, acme.remark, acme.version) == ("İzmir", "Boris's remark", 3)


def test_the_tree_opens_level_by_level_and_a_payer_is_found_while_typing(
    visit: Visit, holding: Account, acme: Account, head: User
) -> None:
    works = account("0300", "Acme Döküm", parent=acme)
    rebuild([works.pk])
    page = visit(f"/accounts/{holding.pk}/group/", head)
    expect(page.get_by_role("link", name="Acme Döküm")).to_have_count(0)
    page.locator("summary[aria-label='Companies of Acme Çelik A.Ş.']").click()
    expect(page.get_by_role("link", name="Acme Döküm")).to_be_visible()
    page.goto(f"/accounts/{acme.pk}/edit/")
    page.get_by_label("Payer").press_sequentially("ILGAZ")
    expect(page.locator("#payer-offered option[value^='0002']")).to_have_count(1)
    page.get_by_label("Payer").fill("0002 · Birch Ilgaz Ltd. Şti.")
    page.get_by_role("button", name="Save").click()
    acme.refresh_from_db()
    assert acme.payer is not None
    assert acme.payer.code == "0002"


def test_several_accounts_are_assigned_from_the_page_of_coverage(
    visit: Visit, holding: Account, chen: User, head: User
) -> None:
    page = visit("/accounts/teams/", head)
    page.get_by_role("checkbox", name="Birch Ilgaz", exact=True).check()
    page.get_by_role("button", name="Assign the chosen ones").click()
    page.locator("#id_person").select_option(label="Chen Öztürk · Key account manager")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.get_by_text("1 account was assigned.")).to_be_visible()
    expect(page.get_by_text("Every account is looked after")).to_be_visible()
