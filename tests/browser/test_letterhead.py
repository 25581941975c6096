"""The company's logo on printed pages: not on the screen, and there on paper."""

import io
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from anahtar_web.people.models import User
from tests.anahtar_web.files.conftest import data, picture  # noqa: F401  # the data folder
from tests.anahtar_web.files.test_letterhead import put
from tests.browser.conftest import Visit


def pictures(pdf: bytes) -> list[tuple[int, int]]:
    """The sizes of the pictures on the first page."""
    return [image.image.size for image in PdfReader(io.BytesIO(pdf)).pages[0].images if image.image]


def test_the_logo_is_on_a_printed_page(visit: Visit, admin: User, signed_in: Any, data: Path) -> None:  # noqa: F811  # a fixture, asked for by name
    page = visit("/people/", admin)
    assert pictures(page.pdf()) == []

    assert put(signed_in(admin), "Logo.png", picture("PNG", size=(600, 150))).status_code == 302
    page.goto("/people/")

    assert not page.locator("img.letterhead-print").is_visible()
    assert pictures(page.pdf()) == [(600, 150)]
