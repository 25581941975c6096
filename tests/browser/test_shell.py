"""The shell as people meet it: every frame and overlay, in both languages, light and dark, on a screen and a phone."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from anahtar_web.accounts.models import Account
from anahtar_web.people.models import User
from tests.anahtar_web.conftest import account
from tests.browser.conftest import LANGUAGES, THEMES, Axe, Problems, Visit, check, repaint


def close(page: Page, dialog: str) -> None:
    """Press Esc and wait: the browser closes a dialog a moment later, and the next key would still go into it."""
    page.keyboard.press("Escape")
    expect(page.locator(dialog)).not_to_have_attribute("open", "")
    expect(page.locator(f"{dialog} :focus")).to_have_count(0)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_frame_is_readable_and_fits(
    visit: Visit, axe: Axe, admin: User, problems: Problems, language: str
) -> None:
    problems.expect(404)
    page = visit("/login/", language=language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    check(page, axe, language)
    page = visit("/shortcuts/", admin, language=language)
    check(page, axe, language)
    page.goto("/nothing-here/")
    check(page, axe, language)
    for path in ("/2fa/", "/password/change/", "/sessions/"):
        page.goto(path)
        check(page, axe, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_component_is_readable_and_fits(visit: Visit, axe: Axe, admin: User, language: str) -> None:
    page = visit("/components/", admin, language=language)
    for chart in page.locator("[data-chart]").all():
        expect(chart).to_have_attribute("data-drawn", "")
    check(page, axe, language)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_overlay_is_readable_and_fits(visit: Visit, axe: Axe, admin: User, language: str) -> None:
    account("0007", "Ilgaz Orman Ürünleri")
    page = visit("/shortcuts/", admin, language=language)
    page.keyboard.press("Control+k")
    page.locator("#palette-input").fill("ilgaz")
    expect(page.locator(".palette-found").first).to_contain_text("Ilgaz Orman Ürünleri")
    check(page, axe, language, "#palette")
    close(page, "#palette")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts > div")).to_be_visible()
    check(page, axe, language, "#shortcuts")
    close(page, "#shortcuts")
    page.locator(".person").click()
    assert axe(page, "#sidebar") == []
    page.goto("/components/")
    page.locator("[data-open=a-dialog]").click()
    check(page, axe, language, "#a-dialog")
    close(page, "#a-dialog")
    page.locator("button[data-confirm^=Merge]").click()
    expect(page.locator("#confirm-sentence")).to_be_visible()
    check(page, axe, language, "#confirm")
    close(page, "#confirm")
    page.locator("[aria-controls=more]").click()
    assert axe(page, ".top") == []


def test_the_menu_of_a_phone_covers_the_page_and_goes_away(visit: Visit, axe: Axe, admin: User) -> None:
    page = visit("/shortcuts/", admin, width=390)
    menu, button = page.locator("#sidebar"), page.locator(".top [data-act=sidebar]")
    expect(menu).to_have_attribute("aria-hidden", "true")
    button.click()
    expect(page.locator("#sidebar nav")).to_be_in_viewport()
    for theme in THEMES:
        repaint(page, theme=theme, width=390)
        assert axe(page) == []
    page.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-hidden", "true")
    expect(button).to_be_focused()
    button.click()
    page.locator("#sidebar [data-act=palette]").click()
    expect(page.locator("#palette")).to_be_visible()
    expect(menu).to_have_attribute("aria-hidden", "true")


def test_the_menu_of_a_screen_stays_as_it_was_left(visit: Visit, admin: User) -> None:
    page = visit("/shortcuts/", admin)
    page.keyboard.press("[")
    expect(page.locator("#sidebar")).to_have_attribute("aria-hidden", "true")
    page.reload()
    expect(page.locator("#sidebar")).to_have_attribute("aria-hidden", "true")
    expect(page.locator("#sidebar nav")).not_to_be_in_viewport()
    page.keyboard.press("[")
    expect(page.locator("#sidebar nav")).to_be_in_viewport()


def test_the_palette_is_worked_by_keys_alone(visit: Visit, admin: User) -> None:
    account("0007", "Ilgaz Orman Ürünleri")
    account("0008", "Ilgaz Su")
    page = visit("/shortcuts/", admin)
    page.keyboard.press("Control+k")
    field = page.locator("#palette-input")
    expect(field).to_be_focused()
    page.keyboard.type("ILGAZ")
    expect(page.locator("[aria-selected=true]")).to_contain_text("Ilgaz Orman")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    expect(chosen).to_contain_text("Ilgaz Su")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "none")
    target = Account.objects.get(code="0008").pk
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/accounts/{target}/"))


def test_an_answer_that_comes_late_leaves_one_where_one_went(visit: Visit, admin: User) -> None:
    account("0007", "Ilgaz Orman Ürünleri")
    account("0008", "Ilgaz Su")
    page = visit("/shortcuts/", admin)
    late: list[Route] = []
    page.route(re.compile("ILGAZ"), lambda route: late.append(route))
    page.keyboard.press("Control+k")
    page.keyboard.type("ILGA")
    expect(page.locator("[aria-selected=true]")).to_contain_text("Ilgaz Orman")
    with page.expect_request(re.compile("ILGAZ")):
        page.keyboard.type("Z")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_contain_text("Ilgaz Su")
    page.locator("#palette-list").evaluate("list => list.firstElementChild.setAttribute('data-old', '')")
    late[0].continue_()
    expect(page.locator("[data-old]")).to_have_count(0)
    expect(page.locator("[aria-selected=true]")).to_contain_text("Ilgaz Su")


AT_ONCE = """document.addEventListener("DOMContentLoaded", () => document.dispatchEvent(
    new KeyboardEvent("keydown", {key: "k", ctrlKey: true, bubbles: true})))"""


def test_the_palette_answers_from_the_first_moment_of_a_page(visit: Visit, admin: User) -> None:
    page = visit("/shortcuts/", admin)
    page.add_init_script(AT_ONCE)
    page.reload()
    expect(page.locator("#palette-list [role=option]").first).to_be_visible()


def test_a_shortcut_opens_its_page_but_not_while_somebody_types(visit: Visit, admin: User) -> None:
    page = visit("/components/", admin)
    page.locator("#id_name").focus()
    page.keyboard.type("gt")
    expect(page).to_have_url(re.compile("/components/"))
    page.locator("#id_name").fill("")
    page.locator("form[data-keep]").evaluate("form => delete form.dataset.changed")
    page.locator("main").focus()
    page.keyboard.press("/")
    expect(page.locator("main input[type=search]")).to_be_focused()
    page.locator("main").focus()
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url(re.compile("/audit/"))


def test_light_and_dark_are_remembered_and_there_before_the_first_paint(visit: Visit, admin: User) -> None:
    page = visit("/shortcuts/", admin)
    page.locator("#sidebar [data-act=theme]").click()
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    page.goto("/components/", wait_until="commit")
    expect(page.locator("html")).to_have_class(re.compile("dark"))


def test_a_language_is_changed_from_the_menu_of_the_person(visit: Visit, admin: User) -> None:
    page = visit("/shortcuts/", admin)
    page.locator(".person").click()
    page.get_by_role("button", name="Türkçe").click()
    expect(page.locator("h1")).to_have_text("Klavye kısayolları")
    expect(page).to_have_url(re.compile("/shortcuts/"))


def test_asking_first_does_nothing_until_yes(visit: Visit, admin: User) -> None:
    page = visit("/shortcuts/", admin)
    page.evaluate("document.querySelector('form[action$=\"/logout/\"]').dataset.confirm = 'Really?'")
    page.locator(".person").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#confirm-sentence")).to_have_text("Really?")
    page.locator("#confirm [data-close]").click()
    expect(page).to_have_url(re.compile("/shortcuts/"))
    page.locator(".person").click()
    page.get_by_role("button", name="Sign out").click()
    page.locator("#confirm [data-yes]").click()
    page.wait_for_url(re.compile("/login/"))


def test_a_refused_request_is_told_in_the_corner_and_leaves_the_page_as_it_is(
    visit: Visit, axe: Axe, admin: User, problems: Problems
) -> None:
    """A form without its token, as an htmx request: refused by the gate with 409."""
    problems.expect(409, 404)
    page = visit("/components/", admin)
    # htmx 4 sends from elements it has seen; `htmx.ajax` is the same way in from a script.
    page.evaluate(
        "document.addEventListener('htmx:config:request', e => { delete e.detail.ctx.request.headers['X-Once'] })"
    )
    page.evaluate("htmx.ajax('POST', '/language/', {target: '.lead', source: document.body})")
    toast = page.locator("#toaster .toast")
    expect(toast).to_contain_text("Reload the page")
    expect(page.locator(".lead")).to_contain_text("Templates in")
    assert axe(page) == []
    toast.locator("[data-dismiss]").click()
    expect(toast).to_have_count(0)
    page.evaluate("htmx.ajax('GET', '/nothing-here/', {target: '.lead'})")
    expect(toast).to_contain_text("There is nothing here")
    expect(page.locator(".lead")).to_contain_text("Templates in")


def test_an_answer_that_never_comes_is_told(visit: Visit, admin: User, problems: Problems) -> None:
    page = visit("/shortcuts/", admin)
    page.context.set_offline(True)
    page.keyboard.press("Control+k")
    expect(page.locator("#toaster .toast")).to_contain_text("does not answer")
    problems.forget("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "htmx:error")


def test_a_lost_session_leads_to_the_sign_in_and_back_to_the_page(visit: Visit, admin: User) -> None:
    page = visit("/shortcuts/", admin)
    page.context.clear_cookies()
    page.keyboard.press("Control+k")
    page.wait_for_url(re.compile(r"/login/\?next=.*shortcuts"))


DROP = """names => {
    const given = new DataTransfer();
    for (const name of names) given.items.add(new File(["x"], name));
    const dropped = new DragEvent("drop", {dataTransfer: given, bubbles: true, cancelable: true});
    document.querySelector("[data-drop]").dispatchEvent(dropped);
}"""


def test_dropped_files_are_told_by_name_and_sent_with_the_form(visit: Visit, admin: User) -> None:
    page = visit("/components/", admin)
    page.evaluate(DROP, ["satış.xlsx", "iade.csv"])
    expect(page.locator(".drop-files")).to_have_text("satış.xlsx, iade.csv")
    assert page.evaluate("document.querySelector('#files').files.length") == 2


def test_leaving_with_changes_asks_first(visit: Visit, admin: User) -> None:
    page = visit("/components/", admin)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#id_name").fill("Ilgaz")
    page.goto("/shortcuts/")
    assert asked == ["beforeunload"]


def test_a_button_is_held_down_while_its_form_is_sent(visit: Visit, admin: User) -> None:
    page = visit("/shortcuts/", admin)
    # No content: the browser stays on the page, as while it waits.
    page.route("**/language/", lambda route: route.fulfill(status=204))
    page.locator(".person").click()
    page.get_by_role("button", name="Türkçe").click()
    button = page.locator("button[name=language][value=tr]")
    expect(button).to_be_disabled()
    expect(button).to_have_attribute("aria-busy", "true")


def test_a_chart_is_its_numbers_too_and_goes_onto_paper_light(visit: Visit, admin: User) -> None:
    page = visit("/components/", admin, theme="dark", language="tr")
    chart = page.locator("[data-chart=months]")
    expect(chart.locator("svg")).to_be_visible()
    table = page.locator("#months ~ details table")
    expect(table).to_be_hidden()
    page.get_by_text("Tablo olarak göster").first.click()
    expect(table).to_contain_text("Oca 26")
    expect(table).to_contain_text("5.000.000,00 TRY")
    page.emulate_media(media="print")
    expect(page.locator("#sidebar")).to_be_hidden()
    expect(page.locator(".top-actions")).to_be_hidden()
    expect(chart).to_be_visible()
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 between its margins
    drawing = chart.locator("svg").bounding_box()
    assert drawing is not None
    assert drawing["width"] > 300
    assert drawing["height"] > 100


def test_a_keyboard_reaches_the_content_first(visit: Visit, admin: User) -> None:
    page = visit("/shortcuts/", admin)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
