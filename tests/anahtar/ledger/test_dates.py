from datetime import UTC, date, datetime, timedelta, timezone

import pyarrow as pa
import pytest

from anahtar.ledger.options import DateOrder
from anahtar.ledger.values.dates import DateEvidence, UnableToReadBothOrders, UnableToTellDateOrder, read_dates
from anahtar.words import Words

DMY, MDY, YMD = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST


def day_of(text, order=DMY):
    return read_dates(pa.array([text]), order).values.to_pylist()[0]


def order_of(*chunks, order=None):
    evidence = DateEvidence()
    for chunk in chunks:
        evidence.learn(pa.array(chunk, pa.string()))
    return evidence.order(file="sales.xlsx", sheet="Sayfa1", column="Tarih", order=order)


@pytest.mark.parametrize("text", [
    "04.03.2025", "4.3.2025", "4/3/25", "04-03-2025", "04 03 2025", "2025-03-04", "2025/3/4", "2025.03.04", "20250304",
    " 04.03.2025 ", "04.03.2025 9:30", "04.03.2025 09:30:15", "04.03.2025 09:30:15.123", "4/3/2025 5:06 PM",
    "4/3/2025 5:06:07 öö", "2025-03-04T10:11:12", "2025-03-04T10:11:12Z", "2025-03-04T23:11:12+03:00",
    "2025-03-04 10:11:12.123456 +0300", "04-03-25 00:00", "04.03.2025 9.30",
    "4 Mart 2025", "04 MART 2025", "4-Mar-25", "4.Mar.2025", "4 Mart 2025 10:30", "Mar 4, 2025", "March 4th, 2025",
    "March 4, 2025 10:30 AM", "4 марта 2025", "4 марта 2025 г.", "4 мар 2025", "4. März 2025", "04-Mär-25",
    "2025-Mar-04",
])  # fmt: skip
def test_the_fourth_of_march_is_read_however_it_is_written(text):
    assert day_of(text) == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("names", "month"),
    [
        ("Ocak Oca January Jan января янв Januar Jän", 1),
        ("Şubat Şub ŞUBAT February Feb февраля фев Februar", 2),
        ("Mart Mar MART March марта мар März Mrz", 3),
        ("Nisan Nis NİSAN April Apr апреля апр", 4),
        ("Mayıs May MAYIS мая Mai", 5),
        ("Haziran Haz HAZİRAN June Jun июня июн Juni", 6),
        ("Temmuz Tem July Jul июля июл Juli", 7),
        ("Ağustos Ağu AĞUSTOS August Aug августа авг", 8),
        ("Eylül Eyl September Sep Sept сентября сен сент", 9),
        ("Ekim Eki EKİM October Oct октября окт Oktober Okt", 10),
        ("Kasım Kas KASIM November Nov ноября ноя", 11),
        ("Aralık Ara ARALIK December Dec декабря дек Dezember Dez", 12),
    ],
)
def test_months_are_known_by_their_names(names, month):
    assert {day_of(f"7 {name} 2024") for name in names.split()} == {date(2024, month, 7)}
    assert {day_of(f"{name} 7, 2024", MDY) for name in names.split()} == {date(2024, month, 7)}


@pytest.mark.parametrize("text", [
    "31.02.2025", "29.02.2023", "00.01.2025", "1.13.2025", "32.01.2025", "abc", "12.2025", "2025", "45992",
    "04.03.2025 25:00", "04.03.2025 10:61", "04.03.2025 x", "4 Smarch 2025", "04.03.202", "04.03.20255", "2025-13-01",
    "20251301", "1.2.3.4", "TOPLAM",
])  # fmt: skip
def test_what_is_on_no_calendar_is_told(text):
    dates = read_dates(pa.array(["04.03.2025", text]), DMY)
    assert dates.values.to_pylist() == [date(2025, 3, 4), None]
    assert dates.unreadable.to_pylist() == [False, True]


def test_empty_cells_are_no_dates_and_no_mistakes():
    dates = read_dates(pa.array(["04.03.2025", None, " "]), DMY)
    assert (dates.values.to_pylist(), dates.unreadable) == ([date(2025, 3, 4), None, None], None)


def test_the_order_decides_between_day_and_month():
    assert day_of("03.04.2025", DMY) == date(2025, 4, 3)
    assert day_of("03/04/2025", MDY) == date(2025, 3, 4)
    assert day_of("25-03-04", YMD) == date(2025, 3, 4)
    assert day_of("2025-03-04", MDY) == date(2025, 3, 4)
    assert day_of("13.04.2025", MDY) is None


def test_two_digit_years_turn_at_sixty_nine():
    assert [day_of(f"1.1.{year}").year for year in ("00", "24", "68", "69", "99")] == [2000, 2024, 2068, 1969, 1999]


def test_dictionary_cells_are_read_as_their_texts():
    dates = read_dates(pa.array(["04.03.2025", "x", None, "04.03.2025"]).dictionary_encode(), DMY)
    assert dates.values.to_pylist() == [date(2025, 3, 4), None, None, date(2025, 3, 4)]
    assert dates.unreadable.to_pylist() == [False, True, False, False]


def test_native_dates_pass_through():
    assert read_dates(pa.array([date(2025, 3, 4), None]), None).values.to_pylist() == [date(2025, 3, 4), None]
    late = pa.array([datetime(1960, 3, 4, 23, 59), None], pa.timestamp("us"))  # noqa: DTZ001 workbooks have no zone
    assert read_dates(late, None).values.to_pylist() == [date(1960, 3, 4), None]


def test_a_time_stamp_is_the_day_on_its_own_clock():
    moment = datetime(2025, 3, 4, 22, 30, tzinfo=UTC)
    assert read_dates(pa.array([moment], pa.timestamp("us", "Europe/Istanbul")), None).values.to_pylist() == [
        date(2025, 3, 5)
    ]
    assert moment.astimezone(timezone(timedelta(hours=3))).day == 5


def test_numbers_are_days_as_excel_counts_them():
    dates = read_dates(pa.array([45_720, 45_720.75, 20_250_304, None, 5, 1e300]), None)
    assert dates.values.to_pylist() == [date(2025, 3, 4)] * 3 + [None] * 3
    assert dates.unreadable.to_pylist() == [False, False, False, False, True, True]
    assert read_dates(pa.array([45_720, 20_250_304]), None).values.to_pylist() == [date(2025, 3, 4)] * 2


def test_yes_and_no_are_no_dates():
    assert read_dates(pa.array([True, None]), None).unreadable.to_pylist() == [True, False]


def test_no_cells_are_no_dates():
    assert read_dates(pa.array([], pa.string()), DMY).values.to_pylist() == []
    assert read_dates(pa.array([], pa.int64()), DMY).values.to_pylist() == []


def test_a_thirteenth_day_proves_that_days_come_first():
    assert order_of(["03.04.2025", "13.04.2025"]) is DMY
    assert order_of(["03/04/2025", "04/13/2025 10:30"]) is MDY


def test_ten_thousand_open_cells_are_settled_by_one_at_the_end():
    evidence = DateEvidence()
    evidence.learn(pa.array(["03.04.2025"] * 10_000))
    assert not evidence.settled
    evidence.learn(pa.array(["31.12.2025"]))
    assert evidence.settled


def test_texts_of_one_reading_need_no_proof():
    assert order_of(["2025-03-04", "3 Mart 2025", "20250304", "05.05.2025", None, "TOPLAM"]) is DMY


def test_two_readings_of_a_whole_column_are_refused_with_both():
    with pytest.raises(UnableToTellDateOrder) as refused:
        order_of(["03.04.2025", "05.05.2025"], ["1.2.25 10:30"])
    said = str(refused.value)
    assert "column “Tarih” in sales.xlsx, sheet “Sayfa1”" in said
    assert "--date-order dmy reads 03.04.2025 · 1.2.25 as 3 Apr 2025 · 1 Feb 2025" in said
    assert "--date-order mdy reads them as 4 Mar 2025 · 2 Jan 2025" in said
    assert "03.04.2025 · 01.02.2025" in Words("tr")(refused.value.message)


def test_a_column_that_uses_both_orders_is_refused_with_both_kinds():
    with pytest.raises(UnableToReadBothOrders) as refused:
        order_of(["13.04.2025", "04.13.2025"])
    assert "13.04.2025 with the day first, 04.13.2025 with the month first. Neither" in str(refused.value)


def test_one_slip_among_many_does_not_decide():
    assert order_of([f"{day}.04.20{year}" for day in range(13, 30) for year in (24, 25)] + ["04.13.2025"]) is DMY


def test_what_the_user_says_wins():
    assert order_of(["03.04.2025"], order=MDY) is MDY


def test_native_cells_are_settled():
    evidence = DateEvidence()
    evidence.learn(pa.array([date(2025, 3, 4)]))
    assert evidence.settled
