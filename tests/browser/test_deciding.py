"""How an account decides, and who attacks it, as people meet it in a browser."""

import pytest
from playwright.sync_api import expect

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.competitors.actions import add as add_competitor
from anahtar_web.competitors.actions import enter, see
from anahtar_web.competitors.models import Grade, Presence, Sighting
from anahtar_web.people.models import User
from anahtar_web.stakeholders.actions import add, edit, state
from anahtar_web.stakeholders.actions.deciding import Say
from anahtar_web.stakeholders.models import Decision, Stakeholder
from tests.browser.conftest import LANGUAGES, Axe, Problems, Visit, check


def board(at: Account, by: User) -> dict[str, Stakeholder]:
    """Four people, of whom one supporter is only assumed."""
    stances = {
        "Orhan Bey": ("champion", "confirmed", 5),
        "Sibel Hanım": ("supporter", "assumed", 4),
        "Tuncay Bey": ("sceptic", "confirmed", 3),
        "Deniz Hanım": ("neutral", "confirmed", 2),
    }
    return {
        name: add(
            account=at,
            fields={"name": name, "role": "decider", "stance": stance, "stance_grade": grade, "influence": influence},
            by=by,
        )
        for name, (stance, grade, influence) in stances.items()
    }


def test_a_weighted_committee_is_carried_once_one_assumed_stance_is_confirmed(
    visit: Visit, axe: Axe, acme: Account, ana: User
) -> None:
    people = board(acme, ana)
    page = visit(f"/accounts/{acme.pk}/decision/", ana)
    page.get_by_role("link", name="State the rule").click()
    page.get_by_label("What is decided").fill("Frame contract 2027")
    page.get_by_label("Majority with weights").check()
    expect(page.get_by_text("The weights of those who agree reach the quota.")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Veto")).to_be_hidden()
    page.get_by_label("Quota").fill("60")
    for name, weight in (("Orhan Bey", "40"), ("Sibel Hanım", "25"), ("Tuncay Bey", "20"), ("Deniz Hanım", "15")):
        expect(page.get_by_label(f"{name} has a seat")).to_be_checked()
        page.get_by_label(f"Weight of {name}").fill(weight)
    check(page, axe)
    page.get_by_role("button", name="Save").click()

    verdict = page.locator("#verdict")
    expect(verdict.locator(".chip")).to_have_text("Carried only on assumptions")
    expect(verdict.get_by_text("It is carried for sure once Sibel Hanım has confirmed.")).to_be_visible()
    check(page, axe)
    # Supposed, not saved: the verdict changes on the page and nowhere else.
    page.get_by_label("What if, of Sibel Hanım").select_option("the stance is confirmed")
    expect(verdict.locator(".chip")).to_have_text("Carried")
    expect(verdict.get_by_text("without what you suppose: carried only on assumptions")).to_be_visible()
    page.get_by_label("What if, of Orhan Bey").select_option("they leave")
    expect(verdict.locator(".chip")).to_have_text("Open")
    assert not Stakeholder.objects.get(name="Sibel Hanım").is_confirmed
    verdict.get_by_role("link", name="Suppose nothing").click()
    expect(page.locator("#verdict .chip")).to_have_text("Carried only on assumptions")
    # Somebody heard it from her: now it is carried.
    edit(who=people["Sibel Hanım"], version=1, fields={"stance_grade": "confirmed"}, by=ana)
    page.reload()
    expect(page.locator("#verdict .chip")).to_have_text("Carried")
    assert Decision.objects.get().versions.count() == 1


def test_a_manager_writes_a_competitor_down_and_the_head_finds_it_across_the_portfolio(
    visit: Visit, axe: Axe, acme: Account, ana: User, head: User
) -> None:
    page = visit(f"/accounts/{acme.pk}/competitors/", ana)
    check(page, axe)
    page.get_by_role("link", name="Write down a competitor").first.click()
    page.get_by_label("Competitor").fill("Omega Dişli")
    page.get_by_label("With what").fill("Gears")
    page.get_by_label("How strong").select_option("4: strong")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Seen", exact=True).click()
    question = page.locator("#question")
    question.get_by_label("What was seen").fill("Two pallets in the store")
    check(page, axe, within="#question-dialog")
    question.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Two pallets in the store")).to_be_visible()
    page.get_by_role("link", name="Tell a share").click()
    question.get_by_label("Whose share").select_option("Omega Dişli")
    question.get_by_label("Share of the wallet, in percent").fill("30")
    question.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("strength 4 of 5; 30 % of the wallet", exact=False)).to_be_visible()
    check(page, axe)
    assert (Presence.objects.count(), Sighting.objects.count()) == (1, 1)

    page = visit("/competitors/attacks/", head)
    expect(page.get_by_role("link", name="Acme Çelik A.Ş.")).to_be_visible()
    check(page, axe)
    page.get_by_label("Threat", exact=True).select_option("High")
    page.get_by_role("button", name="Narrow").click()
    page.get_by_role("link", name="Omega Dişli").click()
    expect(page.get_by_role("heading", name="Omega Dişli")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_competitors_and_rules_is_readable_and_fits(
    visit: Visit, axe: Axe, acme: Account, ana: User, head: User, problems: Problems, language: str
) -> None:
    people = board(acme, ana)
    seats = [Say(who, 2, has_veto=name == "Orhan Bey") for name, who in people.items()]
    made = state(account=acme, fields={"name": "Frame", "rule": "veto", "quota": 5}, seats=seats, by=ana)
    state(account=acme, fields={"name": "Trial", "rule": "consensus"}, seats=[Say(seats[0].who)], by=ana)
    rival = add_competitor(fields={"name": "Omega", "remark": "They are quick."}, by=head)
    presence = enter(
        account=acme, competitor=rival, fields={"site": "Bursa", "strength": 3, "notes": "- **Ask**"}, by=ana
    )
    see(presence=presence, seen_on=today(), words="A van", source="the gate", grade=Grade.RUMOUR, by=ana)
    page = visit("/competitors/", head, language=language)
    here = f"/accounts/{acme.pk}"
    for path in (
        *("/competitors/new/", f"/competitors/{rival.pk}/", f"/competitors/{rival.pk}/merge/", "/competitors/attacks/"),
        *(f"{here}/competitors/", f"{here}/competitors/{presence.pk}/", f"{here}/competitors/{presence.pk}/edit/"),
        *(f"{here}/decision/", f"{here}/decision/{made.pk}/edit/", f"{here}/decision/new/"),
    ):
        check(page, axe, language)
        page.goto(path)
    check(page, axe, language)
