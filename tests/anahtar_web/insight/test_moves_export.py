"""The list of those who moved leaves the house as the page shows it, on the trail and within the allowance."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from anahtar_web.accounts.models import Account
from anahtar_web.audit import leaving
from anahtar_web.audit.models import Entry
from anahtar_web.insight.models import Run
from anahtar_web.people.models import User
from tests.anahtar_web.insight.matrices import MATRIX, text
from tests.anahtar_web.insight.pages import codes

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
EXPORT = f"{MATRIX}moves/export/"


def taken(client: Client, query: str = "", **fields: str) -> Any:
    return client.post(f"{EXPORT}{query}", {"form": "csv", "once": "a-token-of-this-form", **fields})


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_file_holds_the_list_of_the_page_row_by_row(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    shown = client.get(f"{MATRIX}moves/?way=down")
    assert f'href="{EXPORT}?way=down"' in shown.content.decode()
    answer = taken(client, "?way=down", form="xlsx")
    sheet = load_workbook(io.BytesIO(content(answer)))["Moves"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert rows[0][:5] == ["Account", "Code", "Move", "From", "To"]
    assert [row[1] for row in rows[1:]] == codes(shown)
    assert {row[2] for row in rows[1:]} == {"Moved down"}
    assert all(row[7] == pytest.approx(row[6] - row[5]) for row in rows[1:])
    entry = Entry.objects.get(verb="accounts.moves_exported")
    assert entry.after == {"rows": len(rows) - 1, "format": "xlsx", "filter": "way=down"}
    assert str(entry.pk) in str(sheet["A1"].value)


def test_a_name_that_would_be_a_formula_is_text(director: User, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(director)
    first = codes(client.get(f"{MATRIX}moves/"))[0]
    Account.objects.filter(code=first).update(name="=1+1")
    rows = list(csv.reader(io.StringIO(content(taken(client)).decode("utf-8-sig"))))
    assert rows[1][:2] == ["'=1+1", first]


def test_a_manager_takes_out_the_own_accounts_alone(ana: User, acme: Account, run: Run, signed_in: SignedIn) -> None:
    client = signed_in(ana)
    if codes(client.get(f"{MATRIX}moves/")):
        rows = list(csv.reader(io.StringIO(content(taken(client)).decode("utf-8-sig"))))
        assert {row[1] for row in rows[1:-2]} == {acme.code}
    else:
        assert taken(client).status_code == 422


def test_many_rows_want_a_reason_and_the_day_has_an_end(
    director: User, run: Run, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("actions.exporting", "pages.matrix.moves"):
        monkeypatch.setattr(f"anahtar_web.insight.{module}.WITHOUT_REASON", 0)
    client = signed_in(director)
    assert taken(client).status_code == 422
    assert not Entry.objects.filter(verb="accounts.moves_exported").exists()
    monkeypatch.setattr(leaving, "A_DAY", 1)
    assert "may still take out today" in taken(client, reason="For the board").content.decode()


def test_an_address_that_means_nothing_is_refused(director: User, run: Run, signed_in: SignedIn) -> None:
    assert signed_in(director).get(f"{EXPORT}?way=sideways").status_code == 400
    assert "as you may see" not in text(signed_in(director), f"{EXPORT}?way=down")
