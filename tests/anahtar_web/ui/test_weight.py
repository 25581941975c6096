"""What a first visit loads, compressed as it is sent: a page in a hotel, over a phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import brotli
import pytest
from django.test import Client
from django.urls import reverse

from anahtar_web.people.models import User

DIST: Final = Path(__file__).parent.parent.parent.parent / "frontend" / "dist"
FONTS: Final = ("inter-latin-wght-normal.woff2", "inter-latin-ext-wght-normal.woff2")
"""The two a Turkish page uses; the browser leaves the others."""


@pytest.fixture(autouse=True)
def _built() -> None:
    if not (DIST / "app.js").exists():
        pytest.skip("the pages' styles and modules are not built: make setup")


def weight(content: bytes) -> int:
    return len(brotli.compress(content))


def scripts() -> Iterator[bytes]:
    for path in DIST.glob("*.js"):
        if path.name != "charts.js":
            yield path.read_bytes()


def test_the_scripts_weigh_at_most_sixty_kilobytes_without_charts() -> None:
    assert sum(map(weight, scripts())) <= 60_000


def test_the_first_page_weighs_at_most_350_kilobytes(admin: User, client: Client) -> None:
    page = client.get(reverse("account_login")).content
    style = (DIST / "style.css").read_bytes()
    # woff2 is compressed already, with the same method.
    fonts = sum((DIST / name).stat().st_size for name in FONTS)
    assert weight(page) + weight(style) + sum(map(weight, scripts())) + fonts <= 350_000
