"""Rows that were not taken at face value: looked through, taken out, corrected, and brought in."""

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.test import Client

from anahtar.ledger.schema import PROBLEMS
from anahtar_web.ledgers import problem_table, queries
from anahtar_web.ledgers.models import Import, State
from anahtar_web.ledgers.problem_table import Order, Wanted
from tests.anahtar_web.ledgers.conftest import Send, Work, text
from tests.anahtar_web.ledgers.steps import PLAIN, post

FAULTY = text(
    "0001;Acme;21.01.2024;1.234,56",
    "0002;Birch;31.02.2024;99,90",
    "0003;Cedar;22.01.2024;=HYPERLINK(1)",
    ";Nobody;23.01.2024;10,00",
    "0004;Dune;24.01.2024;0,00",
)


@pytest.fixture
def faulty(checked: Callable[..., Import]) -> Import:
    return checked(FAULTY)


def test_every_row_that_was_not_taken_as_it_stands_is_listed(client: Client, faulty: Import) -> None:
    page = client.get(f"/imports/{faulty.pk}/problems/").content.decode()
    for part in ("31.02.2024", "=HYPERLINK(1)", "no customer (unassigned)", "zero amount"):
        assert part in page
    assert "4 rows, worth 109.90" in page


def test_the_list_is_narrowed(client: Client, faulty: Import) -> None:
    for filters, rows in (
        ({"verdict": "refused"}, {3, 4}),
        ({"verdict": "set_aside"}, {5}),
        ({"kind": "zero_amount"}, {6}),
        ({"q": "hyperlink"}, {4}),
        ({"q": "FATURA TARİHİ"}, {3}),
        ({"q": "5"}, {5}),
        ({"file": "other.csv"}, set()),
        ({"kind": "nonsense", "verdict": "x"}, {3, 4, 5, 6}),
    ):
        page = client.get(f"/imports/{faulty.pk}/problems/", filters, headers={"HX-Request": "true"})
        assert {row.row for row in page.context["page"].rows} == rows, filters
        assert "<html" not in page.content.decode()


def test_it_is_sorted_by_row_and_by_amount(client: Client, faulty: Import) -> None:
    def rows(sort: str) -> list[int]:
        return [row.row for row in client.get(f"/imports/{faulty.pk}/problems/", {"sort": sort}).context["page"].rows]

    assert rows("row") == [3, 4, 5, 6]
    assert rows("-row") == [6, 5, 4, 3]
    assert rows("-amount")[:2] == [3, 5]


def test_deep_pages_are_refused(client: Client, faulty: Import) -> None:
    assert client.get(f"/imports/{faulty.pk}/problems/", {"page": "2001"}).status_code == 404
    assert client.get(f"/imports/{faulty.pk}/problems/", {"page": "999999999999"}).status_code == 200


def test_a_long_list_is_paged_in_its_order(tmp_path: Any) -> None:
    count = 200_000
    path = tmp_path / "problems.parquet"
    table = pa.table(
        {
            "file": ["a.csv"] * count,
            "sheet": [""] * count,
            "row": range(count),
            "column": ["Tutar"] * count,
            "text": [f"x{at % 1000}" for at in range(count)],
            "kind": ["missing_amount"] * count,
            "verdict": ["refused"] * count,
            "amount": [None if at % 2 else (at * 7919) % count for at in range(count)],
        },
        schema=PROBLEMS,
    )
    pq.write_table(table, path, row_group_size=30_000)
    page = problem_table.page(path, Wanted(text="x999"), offset=150, limit=50)
    assert page.total == 200
    assert [row["row"] for row in page.rows] == [999 + 1000 * at for at in range(150, 200)]
    last = problem_table.page(path, Wanted(), order=Order.LAST, offset=10, limit=3)
    assert [row["row"] for row in last.rows] == [199_989, 199_988, 199_987]
    largest = problem_table.page(path, Wanted(), order=Order.LARGEST, limit=5)
    assert [row["amount"] for row in largest.rows] == sorted(table["amount"].drop_null().to_pylist())[-5:][::-1]
    (count_of,) = problem_table.counts(path)
    assert (count_of.rows, count_of.amount) == (count, sum(table["amount"].drop_null().to_pylist()))


def test_an_amount_nobody_could_read_is_unknown_not_zero(faulty: Import, client: Client) -> None:
    assert ["unreadable_number", "refused", 1, None] in faulty.problems
    page = client.get(f"/imports/{faulty.pk}/checks/").content.decode()
    assert "0.00" not in page.split("number cannot be read")[1].split("</tr>")[0]


def test_the_workbook_holds_text_as_text(client: Client, faulty: Import) -> None:
    answer = client.get(f"/imports/{faulty.pk}/problems.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[2].value for row in rows] == [3, 4, 5, 6]
    formula = rows[1][4]
    assert (formula.value, formula.data_type) == ("=HYPERLINK(1)", "s")
    assert rows[0][7].value == 99.9


def test_the_text_file_is_guarded(client: Client, faulty: Import) -> None:
    answer = client.get(f"/imports/{faulty.pk}/problems.csv", {"verdict": "refused"})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    told = b"".join(answer.streaming_content).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(told))
    assert header[4] == "As it stands"
    assert [row[4] for row in rows] == ["31.02.2024", "'=HYPERLINK(1)"]


def test_an_import_that_was_not_read_has_no_problems_yet(client: Client, opened: Callable[..., Import]) -> None:
    of = opened()
    assert "Not checked yet" in client.get(f"/imports/{of.pk}/problems/").content.decode()
    assert client.get(f"/imports/{of.pk}/problems.xlsx").status_code == 404
    assert client.get(f"/imports/{of.pk}/corrections.xlsx").status_code == 404


def test_refused_rows_come_out_with_their_own_columns_and_back_in_corrected(
    client: Client, faulty: Import, send: Send, analyst: Any, work: Work
) -> None:
    post(client, "confirm", faulty)
    work()
    answer = client.get(f"/imports/{faulty.pk}/corrections.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.active
    assert [cell.value for cell in sheet[1]][:4] == ["Cari Kodu", "Cari Ünvanı", "Fatura Tarihi", "Net Tutar"]
    assert [cell.value for cell in sheet[2]] == [
        "0002", "Birch", "31.02.2024", "99,90", "3", "Fatura Tarihi", "date cannot be read",
    ]  # fmt: skip
    assert sheet["D3"].data_type == "s"

    sheet["C2"], sheet["D3"] = "28.02.2024", 50
    corrected = io.BytesIO()
    book.save(corrected)
    send(analyst, ("corrected.xlsx", corrected.getvalue()), path=f"/imports/new/?corrects={faulty.pk}")
    work()
    second = Import.objects.order_by("-pk")[0]
    assert (second.corrects, second.state) == (faulty, State.OPEN)
    post(client, "mapping", second, **PLAIN)
    work()
    second.refresh_from_db()
    assert (second.state, second.accepted, second.refused) == (State.CHECKED, 2, 0)
    post(client, "confirm", second)
    work()
    page = client.get(f"/imports/{faulty.pk}/").content.decode()
    assert "2 of 2 came in" in page
    assert f"/imports/{second.pk}/" in page
    assert f"Import #{faulty.pk}" in client.get(f"/imports/{second.pk}/").content.decode()
    assert sum(manifest.tally.accepted for _folder, manifest in queries.live_batches()) == 4


def test_a_correction_with_more_rows_than_were_refused_is_warned_of(
    client: Client, faulty: Import, send: Send, analyst: Any, work: Work
) -> None:
    post(client, "confirm", faulty)
    work()
    whole = FAULTY.replace(b"31.02.2024", b"28.02.2024").replace(b"=HYPERLINK(1)", b"50,00")
    send(analyst, ("whole.csv", whole), path=f"/imports/new/?corrects={faulty.pk}")
    work()
    second = Import.objects.order_by("-pk")[0]
    post(client, "mapping", second, **PLAIN)
    work()
    page = client.get(f"/imports/{second.pk}/checks/").content.decode()
    assert f"2 rows more than import #{faulty.pk} refused" in page


def test_a_correction_of_nothing_is_not_found(client: Client) -> None:
    for text_ in ("999", "x", "-1", "9" * 30):
        assert client.get("/imports/new/", {"corrects": text_}).status_code in (400, 404)
