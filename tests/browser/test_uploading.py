"""A large file is on its way: the bar shows how far, and can be stopped."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from anahtar_web.ledgers.models import Import
from anahtar_web.people.models import User
from tests.anahtar_web.ledgers.conftest import data  # noqa: F401  # a data folder of its own
from tests.browser.conftest import Axe, Visit, check

pytestmark = pytest.mark.django_db(transaction=True)

SIZE = 6_000_000
A_SECOND = 3_000_000
"""Bytes that the network takes."""

Seen = list[tuple[float, str]]
"""How much of the bar was filled, and what stood beside it, frame by frame."""

WATCH = """
() => {
  const bar = document.querySelector("[data-upload-bar]"), said = document.querySelector("[data-upload-said]");
  const look = () => {
    if (bar.checkVisibility()) saw(bar.value / bar.max, said.textContent);
    requestAnimationFrame(look);
  };
  look();
}
"""


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """An export of an ERP that takes its time."""
    file = tmp_path / "satis.csv"
    line = "0001;Acme Çelik A.Ş.;02.01.2024;1.234,56\r\n".encode("cp1254")
    file.write_bytes(b"Cari Kodu;Cari;Tarih;Net Tutar\r\n" + line * (SIZE // len(line)))
    return file


def slow(page: Page, bytes_a_second: int) -> None:
    """Make the network of a page slow."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second},
    )


def begin(page: Page, file: Path) -> Seen:
    seen: Seen = []
    page.expose_function("saw", lambda filled, text: seen.append((filled, text)))
    page.evaluate(WATCH)
    page.locator("input[name=files]").set_input_files(file)
    page.get_by_role("button", name="Upload", exact=True).click()
    return seen


@pytest.mark.long
def test_the_bar_moves_with_the_bytes(visit: Visit, analyst: User, large: Path) -> None:
    page = visit("/imports/new/", analyst)
    slow(page, A_SECOND)
    seen = begin(page, large)
    page.wait_for_url(re.compile(r"/imports/\d+/file/$"))
    filled = [part for part, _text in seen]
    assert filled == sorted(filled), "it never goes back"
    between = {part for part in filled if 0 < part < 1}
    assert len(between) >= 5, between
    assert min(between) < 0.4
    assert max(between) > 0.6
    assert {text for part, text in seen if part in between} <= {f"{percent} %" for percent in range(100)}
    assert Import.objects.get().files.get().bytes == large.stat().st_size


def test_an_upload_is_stopped_and_leaves_nothing(visit: Visit, axe: Axe, analyst: User, large: Path) -> None:
    page = visit("/imports/new/", analyst)
    slow(page, A_SECOND // 30)
    begin(page, large)
    bar = page.get_by_role("progressbar", name="Uploading")
    expect(page.locator("[data-upload-said]")).to_have_text(re.compile(r"^[1-9]\d? %$"))
    expect(bar).to_be_visible()
    check(page, axe)
    page.get_by_role("button", name="Stop").click()
    expect(bar).to_be_hidden()
    expect(page.get_by_text("The upload was cut off. Nothing was stored")).to_be_visible()
    expect(page.locator(".drop-files")).to_have_text("satis.csv")
    assert not Import.objects.exists()
