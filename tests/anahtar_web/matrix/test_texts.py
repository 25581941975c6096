"""Whatever people and files write is shown and taken out as text: scripts and formulas in every field."""

import csv
import io
from collections.abc import Iterator

import openpyxl
import pytest
from django.template import base
from django.utils.html import escape

from anahtar_web.audit.actions import record
from tests.anahtar_web.matrix.addresses import Address, every_address
from tests.anahtar_web.matrix.answers import ZIP, content
from tests.anahtar_web.matrix.firm import Firm
from tests.anahtar_web.matrix.payloads import FORMULAS, PAYLOADS, dress, live
from tests.anahtar_web.matrix.samples import ABSENT_NOW, filled_in
from tests.anahtar_web.matrix.walk import ask, undone

pytestmark = pytest.mark.django_db

READ = [address for address in every_address() if address.answers("GET") and address.name not in ABSENT_NOW]


@pytest.fixture
def dressed(firm: Firm) -> Iterator[dict[str, str]]:
    with undone():
        written = dress(PAYLOADS)
        acme = firm.accounts["acme"]
        for payload in PAYLOADS:
            record(
                "account.edited",
                acme,
                by=firm.people["head"],
                before={"remark": payload},
                after={"remark": payload, payload: payload},
                reason=payload,
                account=acme.pk,
            )
        yield written


def pages(firm: Firm) -> Iterator[tuple[Address, str]]:
    for address in READ:
        for who in ("admin", "kam"):
            answer = ask(firm, who, "GET", filled_in(firm, address)).answer
            assert answer.status_code < 500, address
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                yield address, answer.told  # type: ignore[attr-defined]


@pytest.mark.long
def test_scripts_in_every_field_stay_text_on_every_page(firm: Firm, dressed: dict[str, str]) -> None:
    shown: set[str] = set()
    for address, html in pages(firm):
        assert live(html) == [], address
        assert "11111103" not in html, address  # a template inside a text was run
        shown |= {payload for payload in PAYLOADS if escape(payload) in html}
    assert len(shown) > 12, "the payloads are hardly shown: the test would see nothing"


def test_a_template_that_escapes_nothing_would_be_seen(
    firm: Firm, dressed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "render_value_in_context", lambda value, context: str(value))
    assert any(live(html) for _address, html in pages(firm))


FILES = [address for address in READ if address.name.endswith(("file", "source", "_text", "_workbook", "corrections"))]


@pytest.mark.parametrize("address", FILES, ids=str)
def test_formulas_in_every_field_stay_text_in_every_file(firm: Firm, address: Address) -> None:
    with undone():
        dress(FORMULAS)
        answer = firm.client("admin").get(filled_in(firm, address))
        _check_file(content(answer), answer.headers.get("Content-Type", ""))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_formulas_stay_text_in_the_export_of_accounts(firm: Firm, form: str) -> None:
    with undone():
        dress(FORMULAS)
        sent = ask(firm, "admin", "POST", "/accounts/export/", {"form": form, "reason": FORMULAS[0]})
        assert sent.answer.status_code == 200
        _check_file(content(sent.answer), sent.answer.headers["Content-Type"])


_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹢")


def _check_file(sent: bytes, kind: str) -> None:
    if sent.startswith(ZIP):
        for sheet in openpyxl.load_workbook(io.BytesIO(sent)):
            assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    elif kind.startswith("text/csv"):
        text = sent.decode("utf-8-sig")
        dialect = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=dialect) for cell in row]
        told = [cell for cell in cells if cell.lstrip().startswith(_TRIGGERS) or cell.startswith(_TRIGGERS)]
        assert [cell for cell in told if not _is_number(cell)] == []


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", ".").replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        return False
    return len(text) > 2 or text.isdecimal()
