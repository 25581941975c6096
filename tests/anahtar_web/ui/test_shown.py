"""Figures as each language writes them; what is unknown is a dash, never a zero."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from anahtar_web.ui.templatetags import shown

A_DAY = date(2025, 12, 31)
AN_EVENING = datetime(2025, 12, 31, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("write", "value", "turkish", "english"),
    [
        (shown.number, 12345, "12.345", "12,345"),
        (shown.number, -1234, "−1.234", "−1,234"),
        (shown.number, 0, "0", "0"),
        (shown.money, 481_234_500_000, "48.123.450,00", "48,123,450.00"),
        (shown.money, -15_000, "−1,50", "−1.50"),
        (shown.short_money, 481_234_500_000, "48,1 Mn", "48.1M"),
        (shown.short_money, -481_234_500_000, "−48,1 Mn", "−48.1M"),
        (shown.short_money, 3_130_190, "313", "313"),
        (shown.short_money, 9_506_500, "950,6", "950.6"),
        (shown.share, 0.134, "%13,4", "13.4 %"),
        (shown.share, -0.05, "−%5,0", "−5.0 %"),
        (shown.change, 0.042, "+%4,2", "+4.2 %"),
        (shown.change, -0.031, "−%3,1", "−3.1 %"),
        (shown.change, 0.0, "%0,0", "0.0 %"),
        (shown.day, A_DAY, "31.12.2025", "31 Dec 2025"),
        (shown.month, A_DAY, "Aralık 2025", "December 2025"),
        (shown.short_month, A_DAY, "Ara 25", "Dec 25"),
        (shown.size, 0, "0 B", "0 B"),
        (shown.size, 1023, "1.023 B", "1,023 B"),
        (shown.size, 21_286_093, "20,3 MB", "20.3 MB"),
        (shown.size, 50 << 20, "50 MB", "50 MB"),
        (shown.size, (1 << 20) - 1, "1 MB", "1 MB"),
        (shown.size, 2048 << 20, "2 GB", "2 GB"),
    ],
)
def test_a_value_is_written_as_the_reader_writes_it(write: Any, value: Any, turkish: str, english: str) -> None:
    with translation.override("tr"):
        assert write(value).replace("\u00a0", " ") == turkish
    with translation.override("en"):
        assert write(value).replace("\u00a0", " ") == english


@pytest.mark.parametrize(
    "write",
    [
        shown.number,
        shown.money,
        shown.short_money,
        shown.share,
        shown.change,
        shown.day,
        shown.moment,
        shown.ago,
        shown.month,
        shown.short_month,
        shown.size,
    ],
)
def test_what_is_unknown_is_a_dash(write: Any) -> None:
    assert write(None) == "–"


def test_places_are_the_page_s_choice() -> None:
    with translation.override("tr"):
        assert shown.number(1.5, 2) == "1,50"
        assert shown.share(0.134, 0) == "%13"


def test_a_currency_stands_with_its_sign_at_a_glance_and_with_its_code_where_exact() -> None:
    with translation.override("en"):
        assert shown.short_money(481_234_500_000, "TRY") == "₺48.1M"
        assert shown.short_money(-481_234_500_000, "TRY") == "−₺48.1M"
        assert shown.short_money(481_234_500_000, "CHF") == "CHF\u00a048.1M"
        assert shown.money(15_000, "TRY") == "1.50 TRY"


def test_a_moment_is_told_in_the_company_s_time_zone() -> None:
    with translation.override("tr"), timezone.override(ZoneInfo("Europe/Istanbul")):
        assert shown.moment(AN_EVENING) == "01.01.2026 01:30"
        assert shown.day(AN_EVENING) == "01.01.2026"


def test_initials_are_capitals_of_the_turkish_alphabet() -> None:
    assert shown.initials("izmir liman") == "İL"
    assert shown.initials("ılgaz (orman) ürünleri") == "IÜ"
    assert shown.initials("3M") == "3"
    assert shown.initials("…") == "?"


def test_a_name_has_one_colour_however_it_is_typed() -> None:
    assert shown.hue("ILGAZ") == shown.hue("Ilgaz")
    assert {shown.hue(name) for name in ("Ada", "Bora", "Can", "Derya", "Ece", "Fatma")} <= set(range(8))


def test_a_value_is_taken_from_a_mapping_and_from_nothing() -> None:
    assert shown.get({"a": 1}, "a") == 1
    assert shown.get(None, "a") is None
