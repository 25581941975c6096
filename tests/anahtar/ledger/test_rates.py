from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from anahtar.ledger.values.rates import Rates, UnableToConvert, UnableToReadRates


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def rates(folder: Path, text: str, encoding: str = "utf-8") -> Rates:
    file = folder / "rates.csv"
    file.write_bytes(text.encode(encoding))
    return Rates.from_file(file)


def convert(rates: Rates, *lines: tuple[int, str | None, str], into: str = "TRY") -> list[int]:
    amounts, currencies, days = zip(*lines, strict=True)
    converted = rates.convert(
        np.array(amounts, dtype=np.int64),
        pa.array(currencies, pa.string()),
        np.array([day(text) for text in days], dtype=np.int32),
        into=into,
    )
    return converted.tolist()


USD_AND_EUR = """currency,date,rate
USD,2024-01-02,29.4382
USD,2024-01-05,29.7450
EUR,2024-01-02,32.5739
"""


def test_a_line_takes_the_rate_of_its_day(tmp_path):
    # 100.0000 USD x 29.4382 = 2943.8200 TRY
    assert convert(rates(tmp_path, USD_AND_EUR), (1_000_000, "USD", "2024-01-02")) == [29_438_200]


def test_a_line_between_two_rates_takes_the_one_before(tmp_path):
    assert convert(rates(tmp_path, USD_AND_EUR), (10_000, "USD", "2024-01-04")) == [294_382]


def test_the_ledgers_own_currency_and_lines_without_one_stay_as_they_are(tmp_path):
    lines = [(12_345, "TRY", "2020-01-01"), (12_345, "TL", "2020-01-01"), (-7, None, "2020-01-01")]
    assert convert(rates(tmp_path, USD_AND_EUR), *lines) == [12_345, 12_345, -7]


def test_halves_are_rounded_away_from_zero_on_both_sides(tmp_path):
    half = rates(tmp_path, "currency,date,rate\nUSD,2024-01-02,0.5\n")
    # 0.0003 x 0.5 = 0.00015 -> 0.0002
    assert convert(half, (3, "USD", "2024-01-02"), (-3, "USD", "2024-01-02")) == [2, -2]


def test_products_beyond_64_bits_are_exact(tmp_path):
    precise = rates(tmp_path, "currency,date,rate\nUSD,2024-01-02,1.000000001\n")
    # 90,000,000,000.0001 x 1.000000001 = 90,000,000,090.0001 (and 0.0000000000001 more, rounded off)
    assert convert(precise, (900_000_000_000_001, "USD", "2024-01-02")) == [900_000_000_900_001]


def test_rates_of_different_precision_keep_all_their_places(tmp_path):
    mixed = rates(tmp_path, "currency,date,rate\nUSD,2024-01-02,30\nUSD,2024-01-03,30.123456\n")
    lines = [(1_000_000, "USD", "2024-01-02"), (1_000_000, "USD", "2024-01-03")]
    assert convert(mixed, *lines) == [30_000_000, 30_123_456]


def test_ten_days_back_is_the_oldest_rate_taken(tmp_path):
    known = rates(tmp_path, USD_AND_EUR)
    assert convert(known, (10_000, "EUR", "2024-01-12")) == [325_739]
    with pytest.raises(UnableToConvert) as refusal:
        convert(known, (10_000, "EUR", "2024-01-13"))
    assert refusal.value.lacking == {"EUR": (date(2024, 1, 13), 1)}


def test_a_line_before_the_first_rate_has_none(tmp_path):
    with pytest.raises(UnableToConvert, match=r"USD to TRY for 31 Dec 2023.*2 lines"):
        convert(
            rates(tmp_path, USD_AND_EUR), (1, "USD", "2024-01-01"), (1, "USD", "2023-12-31"), (1, "USD", "2024-01-02")
        )


def test_an_unknown_currency_is_named_with_its_first_day_and_its_lines(tmp_path):
    lines = [(1, "GBP", "2024-01-03"), (1, "GBP", "2024-01-02"), (1, "CHF", "2024-01-05")]
    with pytest.raises(UnableToConvert, match="CHF, GBP") as refusal:
        convert(rates(tmp_path, USD_AND_EUR), *lines)
    assert refusal.value.lacking == {"GBP": (date(2024, 1, 2), 2), "CHF": (date(2024, 1, 5), 1)}


def test_dictionary_encoded_currencies_and_no_lines_at_all_convert_too(tmp_path):
    known = rates(tmp_path, USD_AND_EUR)
    encoded = pa.array(["USD", None, "$"]).dictionary_encode()
    days = np.full(3, day("2024-01-02"), dtype=np.int32)
    assert known.convert(np.full(3, 10_000), encoded, days, into="TRY").tolist() == [294_382, 10_000, 294_382]
    nothing = np.array([], dtype=np.int64)
    assert known.convert(nothing, pa.array([], pa.string()), nothing.astype(np.int32), into="TRY").tolist() == []


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("döviz;tarih;kur\nUSD;02.01.2024;29,4382\n", "utf-8-sig"),
        ("Döviz Cinsi;Tarih;Döviz Kuru\nusd;2.1.2024;29,4382\n", "cp1254"),
        ("date,rate,currency\n2024-01-02,29.4382,USD\n\n", "utf-8"),
        ('Валюта,Дата,Курс\nUSD,02.01.2024,"29,4382"\n', "utf-8"),
    ],
)
def test_files_of_many_habits_say_the_same(tmp_path, text, encoding):
    assert convert(rates(tmp_path, text, encoding), (10_000, "USD", "2024-01-02")) == [294_382]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("USD,2024-01-02,29.4\n", "line 1"),
        ("", "line 1"),
        ("currency,date,rate\nUSD,2024-01-02,29.4\nUSD,01/02/2024,29.4\n", "line 3, column date: “01/02/2024”"),
        ("currency,date,rate\nUSD,2024-13-02,29.4\n", "line 2, column date: “2024-13-02”"),
        ("currency,date,rate\nUSD,2024-01-02,0\n", "line 2, column rate: “0”"),
        ("currency,date,rate\nUSD,2024-01-02,-3\n", "line 2, column rate: “-3”"),
        ("currency,date,rate\nUSD,2024-01-02,NaN\n", "line 2, column rate: “NaN”"),
        ("currency;date;rate\nUSD;2024-01-02;1.234,56\n", "line 2, column rate: “1.234,56”"),
        ("currency,date,rate\n,2024-01-02,3\n", "line 2, column currency"),
        ("currency,date,rate\nUSD,2024-01-02\n", "line 2, column rate"),
        ("currency,date,rate\nUSD,2024-01-02,3\nUSD,2024-01-02,4\n", "line 3, column rate: “4”"),
    ],
)
def test_a_fault_is_named_by_file_line_column_and_text(tmp_path, text, complaint):
    with pytest.raises(UnableToReadRates, match=f"rates.csv.*{complaint}"):
        rates(tmp_path, text)
