"""Reading files of deliveries: every row accepted or refused with its reason, and nothing lost on the way."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from anahtar.ledger.columns.choosing import UnableToMap
from anahtar.ledger.deliveries.reading import read_deliveries
from anahtar.ledger.files import child
from anahtar.ledger.files.sources import open_sheets
from anahtar.ledger.intake.peeking import peek_files
from anahtar.ledger.manifest import Draft
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.roles import FileKind, Role
from anahtar.ledger.values.dates import UnableToTellDateOrder

OPTIONS = ReadOptions(kind=FileKind.DELIVERIES, last_date=date(2026, 6, 1))

HEADER = "Cari Kodu;Sipariş No;Termin;Teslim Tarihi;Sipariş Miktarı;Teslim Miktarı\n"

TURKISH = """\
Cari Kodu;Cari Adı;Sipariş No;Satır No;Söz Verilen Tarih;Yeni Termin;Teslim Tarihi;\
Sipariş Miktarı;Teslim Miktarı;Ürün Kodu;Ürün Grubu
C1;Ege Gıda;S100;1;10.05.2026;;09.05.2026;1.000;1.000;P1;İçecek
C1;Ege Gıda;S100;2;10.05.2026;15.05.2026;08.05.2026;12,5;10;P2;İçecek
C1;Ege Gıda;S100;2;10.05.2026;15.05.2026;14.05.2026;12,5;2,5;P2;İçecek
C2;Marmara;S101;1;31.05.2026;;;40;;P1;Temizlik
"""


def read(tmp_path: Path, text: str, options: ReadOptions = OPTIONS) -> Draft:
    file = tmp_path / "teslimat.csv"
    file.write_text(text, encoding="utf-8")
    staging = tmp_path / "staging"
    staging.mkdir()
    return read_deliveries(open_sheets([file], options, [file.name]), options, staging, lambda *_: None)


def table(tmp_path: Path, name: str = "deliveries") -> list[dict[str, object]]:
    return pq.read_table(tmp_path / "staging" / f"{name}.parquet").to_pylist()


def test_turkish_headings_are_understood(tmp_path: Path) -> None:
    draft = read(tmp_path, TURKISH)

    assert draft.mapping == {
        "customer": "Cari Kodu",
        "customer_name": "Cari Adı",
        "order": "Sipariş No",
        "order_line": "Satır No",
        "promised": "Söz Verilen Tarih",
        "moved_to": "Yeni Termin",
        "delivered_on": "Teslim Tarihi",
        "ordered": "Sipariş Miktarı",
        "delivered": "Teslim Miktarı",
        "product": "Ürün Kodu",
        "direction": "Ürün Grubu",
    }
    assert (draft.tally.rows, draft.tally.accepted, draft.accounts) == (4, 4, 2)
    first, second, *_ = table(tmp_path)
    assert (first["ordered"], first["delivered"], first["promised"]) == (10_000_000, 10_000_000, date(2026, 5, 10))
    assert (second["moved_to"], second["delivered"], second["direction"]) == (date(2026, 5, 15), 100_000, "İçecek")


@pytest.mark.parametrize(
    ("header", "promised", "actual"),
    [
        ("Müşteri Kodu;Sipariş Numarası;Termin;Sevk Tarihi;Sipariş Miktarı;Sevk Miktarı", "Termin", "Sevk Tarihi"),
        ("Cari Kod;Sipariş No;Termin Tarihi;İrsaliye Tarihi;Sipariş Adedi;Teslim Edilen Miktar", "Termin Tarihi", ""),
        ("Customer Code;Order No;Promised Date;Delivery Date;Ordered Quantity;Delivered Qty", "Promised Date", ""),
        ("Customer;Order Number;Due Date;Actual Delivery Date;Order Qty;Qty Delivered", "Due Date", ""),
        ("Cari Kodu;Sipariş No;İstenen Tarih;Fiili Sevk Tarihi;Sipariş Miktarı;Teslim Miktarı", "İstenen Tarih", ""),
        ("Kunde;Auftragsnummer;Liefertermin;Lieferdatum;Auftragsmenge;Liefermenge", "Liefertermin", "Lieferdatum"),
    ],
)
def test_usual_headings_need_no_mapping(tmp_path: Path, header: str, promised: str, actual: str) -> None:
    draft = read(tmp_path, f"{header}\nC1;S1;2026-05-10;2026-05-11;5;5\nC1;S2;2026-05-10;2026-05-11;6;6\n")

    assert draft.mapping["promised"] == promised
    assert draft.mapping["delivered_on"] == (actual or header.split(";")[3])


def test_each_row_that_is_not_understood_is_listed_with_its_cell(tmp_path: Path) -> None:
    draft = read(
        tmp_path,
        HEADER + "C1;S1;2026-05-10;2026-05-11;5;5\n"
        "C1;S2;yarın;2026-05-11;5;5\n"
        "C1;S3;2026-05-10;2026-05-11;beş;5\n"
        ";S4;2026-05-10;2026-05-11;5;5\n"
        "C1;;2026-05-10;2026-05-11;5;5\n"
        "C1;S6;;2026-05-11;5;5\n"
        "C1;S7;2026-05-10;;5;5\n"
        "C1;S8;2026-05-10;2026-05-11;5;\n"
        "C1;S9;2026-05-10;2026-05-11;0;0\n"
        "C1;S10;2026-05-10;2027-05-11;5;5\n"
        "C1;S11;2026-05-10;;5;\n"
        "TOPLAM;;;;55;40\n",
    )

    assert [(p["row"], p["kind"], p["column"], p["text"]) for p in table(tmp_path, "problems")] == [
        (3, "unreadable_date", "Termin", "yarın"),
        (4, "unreadable_number", "Sipariş Miktarı", "beş"),
        (5, "missing_customer", "Cari Kodu", ""),
        (6, "missing_order", "Sipariş No", ""),
        (7, "missing_date", "Termin", ""),
        (8, "missing_date", "Teslim Tarihi", ""),
        (9, "missing_quantity", "Teslim Miktarı", ""),
        (10, "nothing_ordered", "Sipariş Miktarı", "0"),
        (11, "date_out_of_range", "Teslim Tarihi", "2027-05-11"),
        (13, "total_row", "", "TOPLAM"),
    ]
    tally = draft.tally
    assert (tally.rows, tally.accepted, tally.refused, tally.set_aside) == (11, 2, 9, 0)
    assert tally.amount == tally.accepted_amount + tally.refused_amount == 450_000


def test_days_that_can_be_read_in_two_ways_are_never_guessed(tmp_path: Path) -> None:
    with pytest.raises(UnableToTellDateOrder):
        read(
            tmp_path,
            HEADER + "C1;S1;03.04.2026;03.05.2026;5;5\n",
        )


def test_a_column_that_tells_speaks_for_the_other_days(tmp_path: Path) -> None:
    read(
        tmp_path,
        HEADER + "C1;S1;03.04.2026;13.04.2026;5;5\n",
    )

    assert table(tmp_path)[0]["promised"] == date(2026, 4, 3)


def test_a_file_without_promises_is_refused_with_its_columns(tmp_path: Path) -> None:
    with pytest.raises(UnableToMap, match="promised day"):
        read(tmp_path, "Cari Kodu;Sipariş No;Teslim Tarihi;Sipariş Miktarı;Teslim Miktarı\nC1;S1;2026-05-11;5;5\n")


def test_without_numbers_of_lines_the_product_tells_them_apart(tmp_path: Path) -> None:
    read(
        tmp_path,
        "Cari Kodu;Sipariş No;Ürün Kodu;Termin;Teslim Tarihi;Sipariş Miktarı;Teslim Miktarı\n"
        "C1;S1;P1;2026-05-10;2026-05-11;5;5\nC1;S1;P2;2026-05-10;2026-05-11;5;5\n",
    )

    assert [row["line"] for row in table(tmp_path)] == ["P1", "P2"]


def test_the_same_lines_have_the_same_content_whatever_their_order(tmp_path: Path) -> None:
    header, *rows = TURKISH.splitlines(keepends=True)
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()

    assert read(first, header + "".join(rows)).content == read(second, header + "".join(reversed(rows))).content


def test_a_look_tells_what_is_undecided(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Cari Kodu;Sipariş No;Teslim Tarihi;Sipariş Miktarı;Teslim Miktarı\nC1;S1;2026-05-11;5;5\n")

    (sheet,) = peek_files([file], [file.name], OPTIONS, rows=5, progress=lambda *_: None).sheets

    assert sheet.missing == (Role.PROMISED,)
    assert sheet.mapping[Role.ORDERED] == "Sipariş Miktarı"
    assert sheet.rows[0].amount is None or sheet.rows[0].amount == 50_000


def test_the_child_reads_deliveries_behind_walls(tmp_path: Path) -> None:
    file = tmp_path / "teslimat.csv"
    file.write_text(TURKISH, encoding="utf-8")
    staging = tmp_path / "staging"
    staging.mkdir()

    draft = child.read([file], OPTIONS, staging)

    assert draft.tally.accepted == 4
    assert len(table(tmp_path)) == 4


def test_a_sale_is_still_read_by_its_own_words(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Cari Kodu;Fatura Tarihi;Vade Tarihi;Tutar\nC1;2026-05-11;2026-06-11;5,5\n", encoding="utf-8")

    (sheet,) = peek_files([file], [file.name], ReadOptions(), rows=5, progress=lambda *_: None).sheets

    assert sheet.mapping == {Role.CUSTOMER: "Cari Kodu", Role.DATE: "Fatura Tarihi", Role.AMOUNT: "Tutar"}
