"""The portfolio is taken out from its page, as a document and as a workbook, and subscribed to."""

# ruff: noqa: F811  # fixtures of the insight tests, imported and then asked for by name

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from anahtar_web.ui.templatetags.shown import short_money
from tests.anahtar_web.insight.conftest import data, firm, publish, run  # noqa: F401  # the firm and its analysis
from tests.anahtar_web.reports.papers import sheets_of, text_of
from tests.browser.conftest import LANGUAGES, Visit, check

Axe = Callable[[Page], list[str]]


def taken(page: Page, button: str, folder: Path) -> bytes:
    """Press a button of the menu and give the file that comes."""
    page.get_by_role("button", name="Report").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    page.keyboard.press("Escape")
    return file.read_bytes()


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_document_and_workbook_come_from_the_page_for_its_filter(
    visit: Visit, axe: Axe, director: User, run: Run, tmp_path: Path
) -> None:
    page = visit("/portfolio/", director)
    assert short_money(run.revenue, "TRY") in text_of(taken(page, "As a document (PDF)", tmp_path))
    page.get_by_role("link", name="2024", exact=True).click()
    expect(page.locator(".portfolio-of")).to_contain_text("Jan 24")
    assert "Jan 24 – Dec 24" in text_of(taken(page, "As a document (PDF)", tmp_path))
    summary = sheets_of(taken(page, "As a workbook (Excel)", tmp_path))["Summary"]
    assert any("Jan 24 – Dec 24" in str(cell) for row in summary for cell in row if cell)
    page.get_by_role("button", name="Report").click()
    check(page, axe)


@pytest.mark.long
def test_the_same_button_gives_another_file_a_moment_later(
    visit: Visit, director: User, run: Run, tmp_path: Path
) -> None:
    page = visit("/portfolio/report/", director)
    field = page.locator("form[data-download] input[name=once]").first
    before = field.input_value()
    for _time in range(2):
        with page.expect_download() as download:
            page.get_by_role("button", name="As a document (PDF)").click()
        assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
        expect(field).not_to_have_value(before)
        before = field.input_value()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_monthly_report_is_begun_and_ended_on_its_page(
    visit: Visit, axe: Axe, director: User, run: Run, language: str
) -> None:
    say = {
        "en": ("Send me this every month", "End", "nothing mailed yet"),
        "tr": ("Bunu bana her ay gönder", "Sonlandır", "henüz gönderilmedi"),
    }[language]
    page = visit("/portfolio/report/?period=2024", director, language=language)
    check(page, axe, language)
    page.get_by_role("button", name=say[0]).click()
    expect(page.get_by_text(say[2])).to_be_visible()
    check(page, axe, language)
    page.get_by_role("button", name=say[1], exact=True).click()
    expect(page.get_by_text(say[2])).to_have_count(0)
    expect(page.get_by_role("button", name=say[0])).to_be_visible()
