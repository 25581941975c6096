"""Lists that leave the house: what is on the screen, harmless, and on the trail."""

import csv
import io
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from anahtar.report.harmless import unguarded
from anahtar_web.accounts.actions import Verdict, decide_key
from anahtar_web.accounts.models import Account, KeyStatus
from anahtar_web.audit import leaving
from anahtar_web.audit.models import Entry
from anahtar_web.insight.actions import exporting
from anahtar_web.insight.models import Run, Standing
from anahtar_web.people.models import User
from tests.anahtar_web.insight.pages import codes

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]

HOSTILE = (
    *("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '"=1', '=HYPERLINK("http://x")'),
    *("=cmd|' /C calc'!A0", "a;=1", "'=1", "Çelik & Oğulları <b>"),
)


def export(client: Client, query: str = "", *, form: str = "xlsx", reason: str = "") -> Any:
    return client.post(f"/accounts/export/?{query}", {"form": form, "reason": reason, "once": uuid.uuid4().hex})


def workbook(answer: Any) -> list[list[Any]]:
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def text(answer: Any, delimiter: str = ",") -> list[list[str]]:
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content), delimiter=delimiter))


def test_it_holds_the_rows_and_columns_of_the_screen_in_their_order(
    director: User, run: Run, signed_in: SignedIn
) -> None:
    client, query = signed_in(director), "sort=name&class=A&class=B&columns=name,code,revenue,margin,silence"
    shown = codes(client.get(f"/accounts/?{query}"))
    _remark, about, _blank, head, *rows = workbook(export(client, query))
    assert head == ["Account", "Code", "Revenue", "Margin", "Silence"]
    assert [row[1] for row in rows] == shown
    assert "class=A" in about[0]
    for row in rows:
        standing = Standing.objects.get(account__code=row[1])
        assert row[2] == pytest.approx((standing.revenue or 0) / 10_000)
        assert (row[3], row[4]) == (pytest.approx(standing.margin), standing.silence)


def test_what_was_decided_stands_in_list_and_file(director: User, run: Run, signed_in: SignedIn) -> None:
    standings = Standing.objects.filter(abc="A").select_related("account").order_by("account__code")
    key, undecided = (standing.account for standing in standings[:2])
    decide_key(account=key, verdict=Verdict(KeyStatus.KEY, "Half <of> the steel", tier="2"), by=director)
    client, query = signed_in(director), "sort=code&class=A&columns=name,code,decided"
    _remark, _about, _blank, head, *rows = workbook(export(client, query))
    assert head == ["Account", "Code", "Decision on key accounts"]
    by_code = {row[1]: row[2] for row in rows}
    assert by_code[key.code] == "Key account · Tier 2"
    assert by_code[undecided.code] is None
    page = client.get(f"/accounts/?{query}").content.decode()
    assert 'title="Deniz Direktör: Half &lt;of&gt; the steel"' in page
    assert page.count("Key account · Tier 2") == 1


def test_csv_holds_the_same_and_keeps_money_to_the_last_place(director: User, run: Run, signed_in: SignedIn) -> None:
    head, *rows = text(export(signed_in(director), "sort=-revenue&columns=code,revenue,expected_by,last12", form="csv"))
    assert head[:3] == ["Account", "Code", "Revenue"]
    assert head[4:] == [
        f"{run.last_month.year + (m > 11) - 1:04}-{m % 12 + 1:02}"
        for m in range(run.last_month.month, run.last_month.month + 12)
    ]  # type: ignore[union-attr]
    by_code = {row[1]: row for row in rows if len(row) > 1}
    for standing in Standing.objects.exclude(revenue=None).select_related("account"):
        row = by_code[standing.account.code]
        assert row[2] == f"{(standing.revenue or 0) / 10_000:.2f}"
        assert row[3] == (standing.expected_by.isoformat() if standing.expected_by else "")


def test_turkish_readers_get_semicolons_and_decimal_commas(director: User, run: Run, signed_in: SignedIn) -> None:
    User.objects.filter(pk=director.pk).update(language="tr")
    head, first, *_rows = text(export(signed_in(director), "sort=-revenue&columns=code,revenue", form="csv"), ";")
    assert head == ["Müşteri", "Kod", "Ciro"]
    assert "," in first[2]


def test_a_manager_takes_out_the_own_rows_and_marketing_no_profit(
    ana: User, marketing: User, acme: Account, birch: Account, run: Run, signed_in: SignedIn
) -> None:
    own = workbook(export(signed_in(ana), "columns=name,code,revenue,profit,margin"))[4:]
    assert [row[1] for row in own] == ["0001"]
    client = signed_in(marketing)
    assert export(client, "columns=name,profit").status_code == 400
    everything = str(workbook(export(client)))
    for standing in Standing.objects.exclude(profit=None):
        assert str((standing.profit or 0) / 10_000) not in everything
        assert str(standing.margin) not in everything


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_no_name_is_a_formula_and_every_name_comes_back(
    director: User, run: Run, signed_in: SignedIn, form: str
) -> None:
    pks = list(Account.objects.order_by("pk").values_list("pk", flat=True))
    for at, pk in enumerate(pks):
        Account.objects.filter(pk=pk).update(name=HOSTILE[at], sector=HOSTILE[at - len(pks)])
    answer = export(signed_in(director), "sort=code&columns=name,code,sector", form=form)
    if form == "xlsx":
        sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
        cells = [cell for row in sheet.iter_rows(min_row=5) for cell in row]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
        found = {cell.value for cell in cells}
        # XML has no carriage return of its own; it is shown by its picture.
        assert {name.replace("\r", "\N{SYMBOL FOR CARRIAGE RETURN}") for name in HOSTILE} <= found
    else:
        rows = text(answer)[1:-2]
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@\t\r＝") and cell]
        assert set(HOSTILE) <= {unguarded(cell) for cell in cells}


def test_it_is_on_the_trail_and_says_so_in_the_file(director: User, run: Run, signed_in: SignedIn) -> None:
    rows = workbook(export(signed_in(director), "state=active&columns=name,revenue"))
    entry = Entry.objects.get(verb="accounts.exported")
    assert entry.by == director
    assert entry.after == {
        "rows": len(rows) - 4,
        "format": "xlsx",
        "filter": "state=active",
        "columns": ["name", "revenue"],
    }
    assert f"trail {entry.pk}" in rows[0][0]
    assert "Deniz Direktör" in rows[0][0]


def test_many_rows_need_a_reason(
    director: User, run: Run, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "WITHOUT_REASON", 5)
    monkeypatch.setattr("anahtar_web.insight.pages.export.WITHOUT_REASON", 5)
    client = signed_in(director)
    assert 'name="reason"' in client.get("/accounts/export/").content.decode()
    assert export(client).status_code == 422
    assert not Entry.objects.filter(verb="accounts.exported").exists()
    assert export(client, reason="For the yearly review").status_code == 200
    assert Entry.objects.get(verb="accounts.exported").reason == "For the yearly review"


def test_a_day_has_an_allowance(director: User, run: Run, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "A_DAY", 15)
    client = signed_in(director)
    assert export(client).status_code == 200
    refused = export(client)
    assert refused.status_code == 422
    assert "more than the 4 that you may still take out today" in refused.content.decode()
    assert export(client, "class=A").status_code == 200
    assert Entry.objects.filter(verb="accounts.exported").count() == 2


def test_an_empty_list_is_not_taken_out(director: User, run: Run, signed_in: SignedIn) -> None:
    assert export(signed_in(director), "q=nobody").status_code == 422
