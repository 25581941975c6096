import gzip
import random
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anahtar.ledger.intake.checks import UnableToAcceptSoMany, UnableToFindLines
from anahtar.ledger.intake.conversion import UnableToAddCurrencies
from anahtar.ledger.intake.learning import UnableToFindRows, UnableToJoinSheets
from anahtar.ledger.intake.notes import notes_on
from anahtar.ledger.intake.reading import read_sheets
from anahtar.ledger.intake.total_rows import UnableToReconcileTotal
from anahtar.ledger.options import ReadOptions
from anahtar.ledger.roles import Role
from anahtar.ledger.text.delimited import open_text
from anahtar.ledger.values.dates import UnableToTellDateOrder
from anahtar.ledger.values.numbers import UnableToTellSigns
from anahtar.words import Words
from tests.anahtar.ledger.sheets import Written, read, written

SHARED = Path(__file__).parents[3] / "../shared"


def table(folder, name):
    return pq.read_table(folder / "batch" / name).to_pylist()


def lines(folder):
    files = sorted((folder / "batch" / "lines").glob("*.parquet"))
    return [line for file in files for line in pq.read_table(file).to_pylist()]


def problems(folder):
    return [(p["row"], p["column"], p["text"], p["kind"], p["verdict"]) for p in table(folder, "problems.parquet")]


# Lines ------------------------------------------------------------------------------------------------------------


def test_every_line_is_kept_exactly_under_the_key_of_its_customer(tmp_path):
    sheet = written(
        tmp_path,
        """
        Cari Kodu | Ünvan | Fatura Tarihi | Net Tutar | Maliyet | Fatura No
        007       | Ay    | 31.12.2025    | 1.234,5678| 1.000   | F1
        7         | Güneş | 01.01.2026    | -0,01     |         | F2
        """,
    )
    draft = read(sheet, tmp_path)
    assert [a["code"] for a in table(tmp_path, "dictionaries/accounts.parquet")] == ["007", "7"]
    kept = [
        (line["account_id"], line["sold_on"], line["amount"], line["cost"], line["row"]) for line in lines(tmp_path)
    ]
    assert kept == [
        (0, date(2025, 12, 31), 12345678, 10000000, 2),
        (1, date(2026, 1, 1), -100, None, 3),
    ]
    assert sorted(p.path for p in draft.parts if p.path.startswith("lines")) == [
        "lines/2025-12.parquet",
        "lines/2026-01.parquet",
    ]
    assert (draft.tally.rows, draft.tally.accepted, draft.tally.amount) == (2, 2, 12345578)
    assert (draft.first_date, draft.last_date, draft.accounts) == (date(2025, 12, 31), date(2026, 1, 1), 2)


def test_an_amount_is_quantity_times_price_less_discount_where_no_column_holds_it(tmp_path):
    sheet = written(
        tmp_path,
        """
        CustomerID | InvoiceDate | Quantity | UnitPrice | Discount
        a          | 2025-01-31  | 12       | 14.95     | 0.05
        b          | 2025-01-31  | 3        | 1.10      |
        c          | 2025-01-31  |          | 1.10      |
        """,
    )
    draft = read(sheet, tmp_path)
    # 12 x 14.95 x 0.95 = 170.43; 3 x 1.10 = 3.30
    assert [line["amount"] for line in lines(tmp_path)] == [1704300, 33000]
    assert problems(tmp_path) == [(4, "Quantity", "", "missing_amount", "refused")]
    assert draft.tally.refused == 1


def test_cost_is_the_amount_less_the_margin_where_the_file_tells_the_margin(tmp_path):
    sheet = written(
        tmp_path,
        """
        customer | date       | amount | margin
        a        | 2025-01-31 | 10.50  | 2.25
        b        | 2025-01-31 | 10.50  |
        """,
    )
    read(sheet, tmp_path)
    assert [line["cost"] for line in lines(tmp_path)] == [82500, None]


def test_the_latest_name_wins_and_two_names_are_counted(tmp_path):
    sheet = written(
        tmp_path,
        """
        Cari Kodu | Ünvan    | Tarih      | Tutar  | Bölge
        a         | New Ltd  | 02.03.2025 | 1,50   | North
        a         | Old Ltd  | 28.02.2025 | 2,50   | South
        b         | New Ltd  | 28.02.2025 | 2,50   | South
        """,
    )
    draft = read(sheet, tmp_path)
    accounts = table(tmp_path, "dictionaries/accounts.parquet")
    assert [(a["code"], a["name"]) for a in accounts] == [("a", "New Ltd"), ("b", "New Ltd")]
    assert draft.oddities["accounts_with_several_names"] == 1
    assert draft.oddities["accounts_with_several_regions"] == 1
    assert draft.oddities["accounts_sharing_a_name"] == 1


def test_an_invoice_with_two_dates_is_counted(tmp_path):
    sheet = written(
        tmp_path,
        """
        customer | date       | amount | invoice
        a        | 2025-01-30 | 1.50   | 1
        a        | 2025-01-31 | 2.50   | 1
        b        | 2025-01-31 | 2.50   | 2
        """,
    )
    assert read(sheet, tmp_path).oddities["invoices_with_several_dates"] == 1


def test_two_files_are_one_ledger_and_their_headers_may_differ(tmp_path):
    first = written(tmp_path, "customer | date | amount\n a | 2025-01-31 | 1.50", name="a.csv")
    second = written(
        tmp_path, "Cari Kodu | Tarih | Tutar\n a | 01.02.2025 | 2,50\n b | 28.02.2025 | 1,00", name="b.csv"
    )
    draft = read([first, second], tmp_path)
    assert (draft.accounts, draft.tally.amount) == (2, 50000)
    assert [(line["file_id"], line["row"]) for line in lines(tmp_path)] == [(0, 2), (1, 2), (1, 3)]
    assert [file.name for file in draft.files] == ["a.csv", "b.csv"]


def test_files_that_tell_different_things_are_not_one_ledger(tmp_path):
    first = written(tmp_path, "customer | date | amount | region\n a | 2025-01-31 | 1.50 | x", name="a.csv")
    second = written(tmp_path, "customer | date | amount\n a | 2025-01-31 | 1.50", name="b.csv")
    with pytest.raises(UnableToJoinSheets, match=r"a\.csv and b\.csv .* region"):
        read([first, second], tmp_path)


def test_a_sheet_without_rows_is_refused(tmp_path):
    empty = Written(tmp_path, ["customer", "date", "amount"], [pa.array([], pa.string())] * 3)
    with pytest.raises(UnableToFindRows, match="no row below the header"):
        read(empty, tmp_path)


# Evidence ---------------------------------------------------------------------------------------------------------


def test_the_order_of_dates_is_decided_by_the_last_row_if_need_be(tmp_path):
    rows = [
        "customer | date | amount",
        *["a | 03.04.2025 | 1,50"] * 9,
        "a | 31.04.2025 | 1,50",
        "a | 30.04.2025 | 1,50",
    ]
    draft = read(written(tmp_path, "\n".join(rows), size=2), tmp_path)
    assert {line["sold_on"] for line in lines(tmp_path)} == {date(2025, 4, 3), date(2025, 4, 30)}
    assert draft.kinds["unreadable_date"] == (1, 15000)


def test_a_column_that_fits_both_readings_to_the_end_stops_the_run(tmp_path):
    dates = "customer | date | amount\n" + "a | 03.04.2025 | 1,50\n" * 5
    with pytest.raises(UnableToTellDateOrder, match="--date-order"):
        read(written(tmp_path, dates, size=2), tmp_path)
    amounts = "customer | date | amount\n" + "a | 31.04.2025 | 1.500\n" * 5
    with pytest.raises(UnableToTellSigns, match="--decimal"):
        read(written(tmp_path, amounts, size=2), tmp_path)


def test_a_sign_that_turns_up_late_is_heeded_from_the_first_row_on(tmp_path):
    # Whole numbers prove no sign; 2,50 in the last chunk does. Nothing read before it may stay as it was.
    rows = ["customer | date | amount", *["a | 2025-01-31 | 100"] * 6, "b | 2025-01-31 | 2,50"]
    draft = read(written(tmp_path, "\n".join(rows), size=2), tmp_path)
    assert (draft.tally.accepted, draft.tally.amount) == (7, 6025000)


def test_a_sign_that_turns_up_late_and_fits_both_ways_stops_the_run(tmp_path):
    rows = ["customer | date | amount", *["a | 2025-01-31 | 100"] * 6, "b | 2025-01-31 | 2.500"]
    with pytest.raises(UnableToTellSigns):
        read(written(tmp_path, "\n".join(rows), size=2), tmp_path)


def test_a_quantity_that_does_not_tell_is_read_as_the_amount_beside_it(tmp_path):
    sheet = written(tmp_path, "customer | date | amount | quantity\n a | 2025-01-31 | 10,50 | 1.500")
    read(sheet, tmp_path)
    assert lines(tmp_path)[0]["quantity"] == 1500 * 10000


# Rows that are no lines -------------------------------------------------------------------------------------------


def test_a_row_without_customer_is_set_aside_with_its_money(tmp_path):
    sheet = written(
        tmp_path,
        """
        customer | date       | amount | product | invoice
        a        | 2025-01-30 | 1.50   | P1      | 1
                 | 2025-01-31 | 2.50   | P2      | 2
        """,
    )
    draft = read(sheet, tmp_path)
    assert (draft.tally.rows, draft.tally.accepted, draft.tally.set_aside) == (2, 1, 1)
    assert (draft.tally.amount, draft.tally.accepted_amount, draft.tally.set_aside_amount) == (40000, 15000, 25000)
    aside = table(tmp_path, "aside.parquet")
    assert [(row["kind"], row["amount"], row["product"], row["invoice"]) for row in aside] == [
        ("missing_customer", 25000, "P2", "2")
    ]
    assert problems(tmp_path) == [(3, "customer", "", "missing_customer", "set_aside")]


def test_unreadable_cells_refuse_their_rows_and_are_listed_in_file_order(tmp_path):
    sheet = written(
        tmp_path,
        """
        customer | date       | amount
        a        | 2025-02-30 | 1.50
        a        | 2025-01-31 | 2.50
        a        | 2025-01-31 | n/a?
        a        |            | 4.00
        a        | 2025-01-31 |
        """,
    )
    draft = read(sheet, tmp_path)
    assert problems(tmp_path) == [
        (2, "date", "2025-02-30", "unreadable_date", "refused"),
        (4, "amount", "n/a?", "unreadable_number", "refused"),
        (5, "date", "", "missing_date", "refused"),
        (6, "amount", "", "missing_amount", "refused"),
    ]
    assert (draft.tally.refused, draft.tally.refused_amount) == (4, 55000)
    assert (draft.tally.accepted, draft.tally.amount) == (1, 80000)


def test_an_unreadable_cost_is_unknown_and_its_line_counts(tmp_path):
    sheet = written(
        tmp_path, "customer | date | amount | cost\n a | 2025-01-31 | 1.50 | NULL\n a | 2025-01-31 | 1.50 | 1.20"
    )
    draft = read(sheet, tmp_path)
    assert draft.tally.accepted == 2
    assert [line["cost"] for line in lines(tmp_path)] == [None, 12000]
    assert problems(tmp_path) == [(2, "cost", "NULL", "unreadable_number", "accepted")]


def test_dates_outside_the_range_and_products_left_out_are_set_aside(tmp_path):
    sheet = written(
        tmp_path,
        """
        customer | date       | amount | product
        a        | 2205-01-30 | 1.50   | P1
        a        | 2025-01-30 | 2.50   | POST
        a        | 2025-01-30 | 4.50   | P1
        """,
    )
    draft = read(sheet, tmp_path, leave_out_products=frozenset({"POST"}), last_date=date(2026, 1, 1))
    assert draft.kinds == {"date_out_of_range": (1, 15000), "left_out_product": (1, 25000)}
    assert draft.tally.accepted_amount == 45000


def test_zero_amounts_and_service_codes_are_accepted_and_noted(tmp_path):
    sheet = written(
        tmp_path,
        """
        customer | date       | amount | product
        a        | 2025-01-30 | 0.00   | P1
        a        | 2025-01-30 | 2.50   | POST
        """,
    )
    draft = read(sheet, tmp_path)
    assert draft.tally.accepted == 2
    assert draft.kinds == {"zero_amount": (1, 0), "service_code": (1, 25000)}
    assert [(p[0], p[4]) for p in problems(tmp_path)] == [(2, "accepted"), (3, "accepted")]


def test_more_refused_rows_than_allowed_stop_the_run(tmp_path):
    sheet = written(tmp_path, "customer | date | amount\n a | 2025-01-31 | 1.50\n a | 2025-01-31 | ?\n a | | 2.50")
    assert read(sheet, tmp_path, refuse_above=2).tally.refused == 2
    with pytest.raises(UnableToAcceptSoMany, match="2 rows"):
        read(sheet, tmp_path, refuse_above=1)


def test_a_file_of_which_nothing_is_accepted_is_no_success(tmp_path):
    sheet = written(tmp_path, "customer | date | amount\n | 2025-01-31 | 1.50\n | 2025-01-31 | 1.60")
    with pytest.raises(UnableToFindLines):
        read(sheet, tmp_path, columns={Role.CUSTOMER: "customer"})


# Total rows -------------------------------------------------------------------------------------------------------


def test_a_total_row_is_in_no_count_and_fits_the_rows_above(tmp_path):
    sheet = written(
        tmp_path,
        """
        customer     | date       | amount
        a            | 30.01.2025 | 1.000,50
                     | 31.01.2025 | 2,50
        Genel Toplam |            | 1.003,00
        """,
    )
    draft = read(sheet, tmp_path)
    assert (draft.tally.rows, draft.tally.amount) == (2, 10030000)
    assert draft.kinds["total_row"] == (1, 10030000)


def test_a_total_that_is_not_the_sum_of_the_rows_stops_the_run(tmp_path):
    sheet = written(tmp_path, "customer | date | amount\n a | 30.01.2025 | 1,50\n TOPLAM | | 2,50")
    with pytest.raises(UnableToReconcileTotal, match=r"row 3: “TOPLAM” states 2\.50.* add up to 1\.50 .*1\.00"):
        read(sheet, tmp_path)


def test_subtotals_inside_are_left_out_and_one_that_fits_nothing_is_listed(tmp_path):
    sheet = written(
        tmp_path,
        """
        customer   | date       | amount
        a          | 30.01.2025 | 1,50
        Ara Toplam |            | 1,50
        b          | 30.01.2025 | 2,50
        b          | 31.01.2025 | 2,50
        Ara Toplam |            | 5,00
        c          | 31.01.2025 | 1,00
        Ara Toplam |            | 9,99
        TOPLAM     |            | 7,50
        """,
        size=3,
    )
    draft = read(sheet, tmp_path)
    assert (draft.tally.rows, draft.tally.amount) == (4, 75000)
    assert (draft.oddities["total_rows"], draft.oddities["total_rows_that_fit_nothing"]) == (4, 1)
    assert [p[0] for p in problems(tmp_path)] == [3, 6, 8, 9]


# Duplicates and reversals -----------------------------------------------------------------------------------------

TWICE = """
    customer | date             | amount | remark
    a        | 2025-01-30 10:00 | 1.50   | x
    a        | 2025-01-30 10:00 | 1.50   | x
    a        | 2025-01-30 10:01 | 1.50   | x
    a        | 2025-01-30 10:00 | 1.50   | y
    a        | 2025-01-30 10:00 | 1.50   | x
    b        | 2025-01-30 10:00 | 1.50   | x
"""


def test_rows_equal_in_every_cell_are_counted_and_kept(tmp_path):
    draft = read(written(tmp_path, TWICE, size=2), tmp_path)
    assert draft.tally.accepted == 6
    assert draft.kinds == {"duplicate": (2, 30000)}
    assert [p[0] for p in problems(tmp_path)] == [3, 6]


def test_looking_for_duplicates_tells_how_many_rows_were_seen(tmp_path):
    told = []
    options = ReadOptions(duplicates="drop")
    sheet = written(tmp_path, TWICE, size=2)
    read_sheets([sheet], options, tmp_path / "batch", lambda stage, rows, _: told.append((stage, rows)))
    assert [rows for stage, rows in told if stage == "comparing"] == [2, 4, 6]


def test_duplicates_are_dropped_after_the_first_on_request(tmp_path):
    draft = read(written(tmp_path, TWICE, size=2), tmp_path, duplicates="drop")
    assert (draft.tally.accepted, draft.tally.set_aside) == (4, 2)
    assert [line["row"] for line in lines(tmp_path)] == [2, 4, 5, 7]
    assert [row["kind"] for row in table(tmp_path, "aside.parquet")] == ["dropped_duplicate"] * 2


def test_a_giant_order_reversed_within_a_week_is_noted(tmp_path):
    sheet = written(
        tmp_path,
        """
        customer | date       | amount
        a        | 2025-01-30 | 77183.60
        a        | 2025-02-01 | -77183.60
        b        | 2025-01-30 | 5000.00
        b        | 2025-02-10 | -5000.00
        """,
    )
    draft = read(sheet, tmp_path)
    assert draft.kinds == {"reversed": (2, 0)}
    assert [(p[0], p[2]) for p in problems(tmp_path)] == [(2, "a"), (3, "a")]


# Currencies -------------------------------------------------------------------------------------------------------

FOREIGN = """
    customer | date       | amount  | currency
    a        | 2025-01-30 | 100.00  | TL
    b        | 2025-01-31 | 10.00   | USD
    b        | 2025-01-31 | 20.50   | USD
    c        | 2025-01-31 | 1.00    |
"""


def test_one_currency_is_the_ledgers(tmp_path):
    sheet = written(
        tmp_path, "customer | date | amount | currency\n a | 2025-01-31 | 1.50 | TL\n a | 2025-01-31 | 2.50 | TRY"
    )
    assert read(sheet, tmp_path).currency == "TRY"


@pytest.mark.parametrize("currency", [None, "TRY"])
def test_several_currencies_are_not_added_one_to_one(tmp_path, currency):
    with pytest.raises(UnableToAddCurrencies, match=r"2 rows, 30\.50 USD; 1 row, 100\.00 TRY.*--rates"):
        read(written(tmp_path, FOREIGN), tmp_path, currency=currency)


def test_the_currencies_of_a_refusal_are_said_in_the_readers_language(tmp_path):
    with pytest.raises(UnableToAddCurrencies) as refused:
        read(written(tmp_path, FOREIGN), tmp_path)
    assert "2 satır, 30,50" in Words("tr")(refused.value.message)


def test_a_column_of_currencies_that_holds_other_things_is_refused_in_one_short_sentence():
    found = {f"X{number}": (1, 10000) for number in range(3000)}
    sentence = str(UnableToAddCurrencies(found, "TRY"))
    assert sentence.count("1 row, 1.00") == 12
    assert "; 2,988 more currencies" in sentence


def test_a_single_currency_other_than_the_ledgers_is_not_taken_for_it(tmp_path):
    sheet = written(tmp_path, "customer | date | amount | currency\n a | 2025-01-31 | 1.50 | USD")
    with pytest.raises(UnableToAddCurrencies):
        read(sheet, tmp_path, currency="TRY")


def test_rates_convert_by_the_day_and_keep_the_amount_in_its_own_currency(tmp_path):
    rates = tmp_path / "rates.csv"
    rates.write_text("currency,date,rate\nUSD,2025-01-31,36.5\n", encoding="utf-8")
    draft = read(written(tmp_path, FOREIGN), tmp_path, currency="TRY", rates=str(rates))
    # 100 + 10 x 36.5 + 20.5 x 36.5 + 1
    assert draft.tally.accepted_amount == 12142500
    assert [(line["amount"], line["own_amount"], line["currency_id"]) for line in lines(tmp_path)] == [
        (1000000, None, None),
        (3650000, 100000, 0),
        (7482500, 205000, 0),
        (10000, None, None),
    ]
    assert table(tmp_path, "dictionaries/currencies.parquet")[0]["code"] == "USD"


def test_the_sum_of_the_file_is_the_same_whatever_range_of_dates_is_asked_for(tmp_path):
    rates = tmp_path / "rates.csv"
    rates.write_text("currency,date,rate\nUSD,2024-05-02,30\nUSD,2025-01-31,36.5\n", encoding="utf-8")
    text = """customer | date | amount | currency
        a | 2025-01-31 |  10.00 | USD
        a | 2024-05-03 |   2.00 | USD
        a | 2062-01-31 |   7.00 | USD
        a | 2062-01-31 |   1.00 | TRY"""
    for first, accepted in ((date(2024, 1, 1), 425_0000), (date(2025, 1, 1), 365_0000)):
        draft = read(
            written(tmp_path, text),
            tmp_path,
            currency="TRY",
            rates=str(rates),
            first_date=first,
            last_date=date(2025, 12, 31),
        )
        # 10 x 36.5 + 2 x 30 + 1; the 7 USD of 2062 are worth nothing anybody knows.
        assert (draft.tally.rows, draft.tally.amount) == (4, 426_0000)
        assert (draft.tally.accepted_amount, draft.tally.set_aside_amount) == (accepted, 426_0000 - accepted)
        assert draft.oddities["amounts_not_convertible"] == 1
        assert [str(note) for note in notes_on(draft)] == [
            "1 row in a foreign currency has no rate for its day, or no day: its amount is in no sum."
        ]
    assert [problem["amount"] for problem in table(tmp_path, "problems.parquet")] == [60_0000, None, 1_0000]


def test_codes_to_leave_out_that_no_line_has_are_told_with_the_one_they_may_mean(tmp_path):
    text = """customer | date | amount | product
        a | 2025-01-31 | 10.00 | NAKLİYE
        a | 2025-01-31 |  2.00 | KARGO
        a | 2025-01-31 |  7.00 | 10"""
    draft = read(written(tmp_path, text), tmp_path, leave_out_products=frozenset({"nakliye", "YOKBÖYLE", "KARGO"}))
    assert draft.kinds["left_out_product"] == (1, 2_0000)
    (note,) = notes_on(draft)
    assert "left out: YOKBÖYLE, nakliye (NAKLİYE?). Codes" in str(note)


# Content ----------------------------------------------------------------------------------------------------------

ROW = st.tuples(
    st.sampled_from(["a", "b", "007", "7"]),
    st.dates(date(2024, 1, 1), date(2025, 12, 31)),
    st.integers(-(10**9), 10**9),
    st.sampled_from(["", "10", "20"]),
)


def as_text(folder, rows, size=1000):
    columns = [
        pa.array([row[0] for row in rows]),
        pa.array([row[1].isoformat() for row in rows]),
        pa.array([f"{row[2] / 10000:.4f}" for row in rows]),
        pa.array([row[3] or None for row in rows], pa.string()),
    ]
    return Written(folder, ["customer", "date", "amount", "product"], columns, size=size, name="text.csv")


def as_cells(folder, rows):
    columns = [
        pa.array([row[0] for row in rows]),
        pa.array([row[1] for row in rows]),
        pa.array([row[2] / 10000 for row in rows]),
        pa.array([float(row[3]) if row[3] else None for row in rows]),
    ]
    return Written(folder, ["Cari Kodu", "Tarih", "Tutar", "Stok Kodu"], columns, name="cells.xlsx")


@settings(max_examples=8, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=12), seed=st.integers(0, 9))
def test_content_is_the_same_in_any_order_chunking_and_format(tmp_path_factory, rows, seed):
    folder = tmp_path_factory.mktemp("content")
    shuffled = rows.copy()
    random.Random(seed).shuffle(shuffled)
    columns = {Role.CUSTOMER: "customer", Role.PRODUCT: "product"}
    content = read(as_text(folder, rows), folder, columns=columns, decimal=".").content
    assert read(as_text(folder, shuffled, size=2), folder, columns=columns, decimal=".").content == content
    assert (
        read(as_cells(folder, rows), folder, columns={Role.CUSTOMER: "Cari Kodu", Role.PRODUCT: "Stok Kodu"}).content
        == content
    )


SOLD = """
        Cari Kodu | Fatura Tarihi | Net Tutar | Ürün Grubu | Bölge | Fatura No
        007       | 31.12.2025    | 1.234,56  | Vana       | Ege   | F1
        007       | 01.01.2026    | -0,01     | Rulman     | Ege   | F2
        """


def test_content_without_sites_is_what_it_was_before_sites_were_read(tmp_path):
    known = "a6be2a2b96b0beab57e1e0e4afd73ab6d4145c8b9299e7a1d1976540d0f1d3c6"
    assert read(written(tmp_path, SOLD), tmp_path).content == known
    head, first, second = SOLD.strip().splitlines()
    for name, other in (("a.csv", "Gebze"), ("b.csv", "Tuzla")):
        sites = written(tmp_path, f"{head} | Sevk Adresi\n{first} | İzmir\n{second} | {other}", name=name)
        assert read(sites, tmp_path).content != known
        assert [row["code"] for row in table(tmp_path, "dictionaries/sites.parquet")] == ["İzmir", other]
        assert [line["site_id"] for line in lines(tmp_path)] == [0, 1]


def test_content_tells_which_cells_stood_together(tmp_path):
    one = written(tmp_path, "customer | date | amount\n a | 2025-01-31 | 1.50\n b | 2025-01-31 | 2.50")
    other = written(tmp_path, "customer | date | amount\n a | 2025-01-31 | 2.50\n b | 2025-01-31 | 1.50")
    days = written(tmp_path, "customer | date | amount\n a | 2025-01-30 | 1.50\n b | 2025-01-31 | 2.50")
    assert len({read(sheet, tmp_path).content for sheet in (one, other, days)}) == 3


# Real ledgers -----------------------------------------------------------------------------------------------------


def real(name):
    path = SHARED / "data" / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the checkout")
    return path


@pytest.mark.shared
def test_the_turkish_statement_reads_without_any_option(tmp_path):
    sheet = open_text(real("turkish-statement/tr_cari_ekstre_cp1254.csv"), ReadOptions())
    draft = read_sheets([sheet], ReadOptions(), tmp_path / "batch", lambda *_: None)
    assert (draft.tally.rows, draft.tally.accepted, draft.tally.refused) == (2156, 2156, 0)
    assert draft.tally.accepted_amount == 12499830200
    assert (draft.accounts, draft.currency) == (89, "USD")
    assert draft.kinds["total_row"] == (1, 12499830200)


@pytest.mark.shared
def test_online_retail_has_the_published_counts(tmp_path):
    path = real("online-retail/online_retail.csv.gz")
    sheet = open_text(path, ReadOptions(), opener=partial(gzip.open, path))
    draft = read_sheets([sheet], ReadOptions(), tmp_path / "batch", lambda *_: None)
    tally = draft.tally
    assert (tally.rows, tally.accepted, tally.set_aside, tally.refused) == (541909, 406829, 135080, 0)
    assert (tally.accepted_amount, tally.set_aside_amount) == (83000658140, 14476821200)
    assert (draft.accounts, draft.kinds["duplicate"], draft.kinds["zero_amount"]) == (4372, (5268, 217409800), (40, 0))
    reversed_rows = pq.read_table(
        tmp_path / "batch" / "problems.parquet", filters=[("kind", "=", "reversed")]
    ).to_pylist()
    assert {("12346", 771836000), ("16446", 1684696000)} <= {(row["text"], row["amount"]) for row in reversed_rows}
    assert draft.oddities["accounts_with_several_regions"] == 8
