"""The people of an account as users meet them: a map is built from nothing, cards are moved, a table is typed into."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from anahtar_web.accounts.models import Account
from anahtar_web.people.models import User
from anahtar_web.stakeholders import actions
from anahtar_web.stakeholders.models import Stakeholder
from tests.browser.conftest import LANGUAGES, Axe, Problems, Visit, check


def drag(page: Page, name: str, onto: str, part: float = 0.5) -> None:
    """Carry one card to a part of another, from its left edge (0) to its right one (1)."""
    start, end = (page.get_by_role("link", name=one).first.bounding_box() for one in (name, onto))
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] * part, end["y"] + end["height"] * 0.6, steps=8)
    page.mouse.up()


def superior(name: str) -> str | None:
    who = Stakeholder.objects.select_related("reports_to").get(name=name)
    return who.reports_to.name if who.reports_to else None


def write_down(page: Page, name: str, role: str = "") -> None:
    page.get_by_label("Name", exact=True).fill(name)
    if role:
        page.get_by_label("Role in the decision").select_option(role)
    page.get_by_role("button", name="Save").click()


def test_a_map_is_built_from_nothing_by_hand_and_by_keyboard(visit: Visit, axe: Axe, acme: Account, ana: User) -> None:
    page = visit(f"/accounts/{acme.pk}/people/map/", ana)
    page.get_by_role("link", name="Add the first person").click()
    write_down(page, "Nermin Arslan")
    # The map opens with the person beside it.
    expect(page.locator("#person h2")).to_have_text("Nermin Arslan")
    page.get_by_role("link", name="Add a person").click()
    write_down(page, "Orhan Er", "decider")
    expect(page.locator("#person h2")).to_have_text("Orhan Er")
    page.keyboard.press("Escape")
    expect(page.locator("#person")).to_be_hidden()
    page.get_by_role("link", name="Add a person").click()
    write_down(page, "", "approver")
    expect(page.locator("#person")).to_contain_text("Who is it?")
    page.locator("#person [data-panel-close]").click()
    map_ = page.locator("#map")
    drag(page, "Orhan Er", "Nermin Arslan")
    expect(map_).to_contain_text("Orhan Er reports to Nermin Arslan now.")
    assert superior("Orhan Er") == "Nermin Arslan"
    # The gap goes below Orhan by keyboard alone.
    page.get_by_role("link", name="Not known: Approver").first.focus()
    page.keyboard.press("m")
    page.get_by_label("Reports to").select_option(label="Orhan Er")
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_text("Not known: Approver reports to Orhan Er now.")).to_be_visible()
    page.keyboard.press("Escape")
    # Arrows walk along the tree, Enter opens.
    page.locator("svg.rm a", has_text="Nermin Arslan").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("svg.rm a", has_text="Orhan Er")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#person h2")).to_have_text("Orhan Er")
    check(page, axe)
    assert Stakeholder.objects.get(name="").reports_to == Stakeholder.objects.get(name="Orhan Er")


def test_a_card_is_put_beside_a_colleague_and_a_stale_one_is_refused(
    visit: Visit, acme: Account, ana: User, head: User, problems: Problems
) -> None:
    top = actions.add(account=acme, fields={"name": "Top"}, by=ana)
    for name in ("Ada", "Bora", "Cem"):
        actions.add(account=acme, fields={"name": name, "reports_to": top}, by=ana)
    page = visit(f"/accounts/{acme.pk}/people/map/", ana)
    drag(page, "Cem", "Ada", 0.05)
    expect(page.locator("#map")).to_contain_text("Cem reports to Top now.")
    order = page.locator(".rm-branches").first.locator("ul a")
    page.get_by_text("The map as a list").click()
    expect(order).to_have_text([f"{name}, stance not known, none of us knows them" for name in ("Cem", "Ada", "Bora")])
    bora = Stakeholder.objects.get(name="Bora")
    actions.edit(who=bora, version=bora.version, fields={"influence": 3}, by=head)
    problems.expect(409)
    drag(page, "Bora", "Cem")
    expect(page.locator("#toaster")).to_contain_text("Somebody else has changed this meanwhile")
    assert superior("Bora") == "Top"
    expect(page.locator("svg.rm a")).to_have_count(4)


def test_the_ground_is_moved_and_enlarged_and_the_picture_is_taken_out(
    visit: Visit, acme: Account, ana: User, problems: Problems
) -> None:
    actions.add(account=acme, fields={"name": "Nermin Işık", "position": "Director"}, by=ana)
    page = visit(f"/accounts/{acme.pk}/people/map/", ana)
    drawing = page.locator("svg.rm")
    whole = drawing.get_attribute("viewBox")
    page.get_by_role("button", name="Larger").click()
    assert drawing.get_attribute("viewBox") != whole
    page.get_by_role("button", name="Show the whole").click()
    assert drawing.get_attribute("viewBox") == whole
    box = drawing.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 60, steps=4)
    page.mouse.up()
    assert drawing.get_attribute("viewBox") != whole
    page.get_by_role("button", name="Download").click()
    for kind, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.expect_download() as coming:
            page.get_by_role("button", name=kind).click()
        assert coming.value.suggested_filename.endswith(kind.lower())
        assert coming.value.path().read_bytes().startswith(begins)


def test_the_table_is_typed_into_without_a_mouse(visit: Visit, axe: Axe, acme: Account, ana: User) -> None:
    for name in ("Ada", "Bora"):
        actions.add(account=acme, fields={"name": name}, by=ana)
    page = visit(f"/accounts/{acme.pk}/people/", ana)
    cell = page.locator("[data-cell]").first
    cell.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    field = page.locator("[data-cell-form] input[name=value]")
    expect(field).to_be_focused()
    page.keyboard.type("Buyer")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr").first).to_contain_text("Buyer")
    expect(page.locator("[data-field=position] [data-cell]").first).to_be_focused()
    # Down, and a list: chosen by its first letter, then Tab saves and goes on.
    page.keyboard.press("ArrowDown")
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("[data-cell-form] select")).to_be_focused()
    page.keyboard.type("Dec")
    page.keyboard.press("Tab")
    expect(page.locator("tbody tr").nth(1)).to_contain_text("Decider")
    expect(page.locator("tbody tr").nth(1).locator("[data-field=influence] [data-cell]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-cell-form] select")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-cell-form]")).to_have_count(0)
    assert list(Stakeholder.objects.order_by("name").values_list("position", "role", "influence")) == [
        ("Buyer", "", None),
        ("", "decider", None),
    ]
    check(page, axe)


def test_a_relation_is_said_in_the_matrix(visit: Visit, axe: Axe, acme: Account, ana: User) -> None:
    actions.add(account=acme, fields={"name": "Nermin"}, by=ana)
    page = visit(f"/accounts/{acme.pk}/people/relations/", ana)
    page.locator("[data-cell]").first.click()
    page.get_by_label("Now", exact=True).select_option(label="know each other")
    page.get_by_label("Wanted", exact=True).select_option(label="stand up for each other")
    check(page, axe, within="dialog[open]")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 on a single thread")).to_be_visible()
    check(page, axe)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("people", [14, 60])
def test_every_page_is_readable_and_fits(
    visit: Visit, axe: Axe, acme: Account, ana: User, head: User, language: str, people: int
) -> None:
    made: list[Stakeholder] = []
    for number in range(people):
        above = made[(number - 1) // 4] if number else None
        stance = ("champion", "supporter", "neutral", "sceptic", "blocker", "")[number % 6]
        fields = {"name": f"Person {number}", "position": "Head of purchasing", "unit": "Finance", "role": "buyer"}
        told = {"reports_to": above, "stance": stance, "influence": 1 + number % 5}
        made.append(actions.add(account=acme, fields=fields | told, by=ana))
    for one, other in pairwise(made[::3]):
        actions.tie(one=one, other=other, kind="influence" if one.pk % 2 else "conflict", note="So", by=ana)
    actions.relate(who=made[0], colleague=ana, level=3, desired=4, seen=None, by=ana)
    page = visit(f"/accounts/{acme.pk}/people/map/", head, language=language)
    check(page, axe, language)
    for path in ("", "relations/", "changes/", "new/", f"{made[1].pk}/", f"{made[1].pk}/edit/", "map/?stance=champion"):
        page.goto(f"/accounts/{acme.pk}/people/{path}")
        check(page, axe, language)
