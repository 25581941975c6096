"""Every page that can be read, found by walking the addresses, so that none is forgotten: on a phone, in the dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.anahtar_web.matrix.addresses import Address, every_address
from tests.anahtar_web.matrix.firm import Firm, grow
from tests.anahtar_web.matrix.samples import ABSENT_NOW, filled_in
from tests.anahtar_web.matrix.seeds import data_in
from tests.browser.conftest import Axe, Visit, too_wide

PARTS = 3
"""Walks that take half a minute each."""


def pages(page: Page, firm: Firm) -> Iterator[str]:
    """Paths of the addresses of our own that answer with a whole page."""
    for address in every_address():
        if _is_ours(address):
            path = filled_in(firm, address)
            answer = page.request.get(path)
            kind = answer.headers.get("content-type", "")
            if answer.status == 200 and kind.startswith("text/html") and "<main" in answer.text():
                yield path


def _is_ours(address: Address) -> bool:
    return bool(address.room) and address.answers("GET") and address.name not in ABSENT_NOW


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_readable_on_a_phone_in_the_dark(visit: Visit, axe: Axe, tmp_path: Path, part: int) -> None:
    with data_in(tmp_path / "data"):
        firm = grow()
        page = visit("/people/", firm.people["admin"], width=390, theme="dark")
        found = sorted(set(pages(page, firm)))
        assert len(found) > 80
        wrong = []
        for path in found[part::PARTS]:
            page.goto(path)
            wrong += [(path, fault) for fault in axe(page, "main")]
            wrong += [(path, "scrolls sideways")] * (too_wide(page) > 0)
        assert not wrong, "\n".join(f"{path}: {fault}" for path, fault in wrong)
