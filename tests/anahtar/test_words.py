"""Sentences keep their values until somebody says in which language."""

from datetime import date
from decimal import Decimal

import pytest

from anahtar.money import Money, to_cents, to_units
from anahtar.words import Month, Share, Words, say


@pytest.mark.parametrize(
    ("value", "tr", "en"),
    [
        (1234567, "1.234.567", "1,234,567"),
        (Money(12345678, "TRY"), "1.234,57 TRY", "1,234.57 TRY"),
        (Money(-50), "−0,01", "−0.01"),
        (Share(0.134), "%13,4", "13.4 %"),
        (Share(-0.05), "−%5,0", "−5.0 %"),
        (Share(1.0, 0), "%100", "100 %"),
        (date(2025, 3, 9), "09.03.2025", "9 Mar 2025"),
        (Month(2025, 3), "Mart 2025", "March 2025"),
        (Decimal("0.125"), "0,125", "0.125"),
        ("İğne", "İğne", "İğne"),
    ],
)
def test_values_are_written_as_the_reader_writes_them(value: object, tr: str, en: str) -> None:
    message = say("{value}", value=value)  # type: ignore[arg-type]  # the table holds every kind of value
    assert Words("tr")(message) == tr
    assert Words("en")(message) == en


def test_a_sentence_nobody_translated_is_said_in_english() -> None:
    assert Words("tr")(say("a sentence in no catalogue: {n}", n=2)) == "a sentence in no catalogue: 2"


def test_one_and_many_differ_in_english() -> None:
    assert [Words("en")(say("{n} line", "{n} lines", n=n)) for n in (1, 2)] == ["1 line", "2 lines"]


def test_a_message_may_stand_inside_another() -> None:
    assert str(say("because {why}", why=say("{share} of it", share=Share(0.5)))) == "because 50.0 % of it"


@pytest.mark.parametrize(("text", "units"), [("0.00005", 1), ("-0.00005", -1), ("12.34", 123400), ("0.00004", 0)])
def test_money_is_rounded_half_up_at_four_places(text: str, units: int) -> None:
    assert to_units(Decimal(text)) == units


def test_cents_are_rounded_away_from_zero() -> None:
    assert [to_cents(units) for units in (12_657_930_395, 50, -50, 49)] == [
        Decimal("1265793.04"),
        Decimal("0.01"),
        Decimal("-0.01"),
        Decimal("0.00"),
    ]
