"""A chart and its table are made of the same numbers."""

from datetime import date

import pytest
from django.utils import translation

from anahtar_web.ui.charts import drawn


def test_the_table_says_what_the_bars_show() -> None:
    data = {
        "currency": "TRY",
        "months": [date(2026, 1, 1), date(2026, 2, 1)],
        "now": [20_000, None],
        "before": [0, 5_000],
    }
    with translation.override("tr"):
        chart = drawn("months", data)
    assert chart.rows == [("Oca 26", ["0,00 TRY", "2,00 TRY"]), ("Şub 26", ["0,50 TRY", "–"])]
    assert [one["values"] for one in chart.for_script["series"]] == [[0.0, 0.5], [2.0, None]]
    assert chart.for_script["unit"] == "₺"
    assert chart.for_script["labels"] == ["Oca", "Şub"]


def test_shares_are_drawn_as_fractions_and_written_as_percentages() -> None:
    with translation.override("en"):
        chart = drawn("bars", {"unit": "share", "names": ["A", "B"], "values": [0.5, None], "name": "Share"})
    assert chart.rows == [("A", ["50.0 %"]), ("B", ["–"])]
    assert chart.unit == "%"


def test_a_period_of_unknown_value_is_no_zero_in_the_table() -> None:
    data = {"names": ["Q1", "Q2"], "values": [20_000, None], "name": "Profit", "currency": "TRY"}
    with translation.override("en"):
        chart = drawn("periods", data)
    assert chart.rows == [("Q1", ["2.00 TRY"]), ("Q2", ["–"])]
    assert chart.for_script["series"][0]["values"] == [2.0, None]


def test_of_a_long_curve_the_table_tells_the_named_the_borders_and_the_end() -> None:
    places = list(range(1, 101))
    data = {
        "name": "Share",
        "places": places,
        "shares": [place / 100 for place in places],
        "names": ["Acme", "Birch"],
        "borders": [{"place": 80, "name": "A", "title": "to the end of A: 80 accounts"}],
        "without": {"name": "Without", "places": [1, 2], "shares": [0.6, 1.0]},
    }
    with translation.override("en"):
        chart = drawn("pareto", data)
    assert chart.rows == [
        ("1. Acme", ["1.0 %"]),
        ("2. Birch", ["2.0 %"]),
        ("the largest 80 accounts", ["80.0 %"]),
        ("the largest 100 accounts", ["100.0 %"]),
    ]
    assert [series["places"] for series in chart.for_script["series"]] == [places, [1, 2]]
    assert len(chart.for_script["names"]) == 100


def test_a_measure_is_drawn_with_its_bounds_and_an_unknown_one_as_none() -> None:
    data = {
        "name": "AUC",
        "names": ["model", "days"],
        "values": [0.7814, None],
        "lows": [0.7, None],
        "highs": [0.85, None],
    }
    with translation.override("en"):
        chart = drawn("intervals", data)
    assert chart.rows == [("model", ["0.781", "0.700", "0.850"]), ("days", ["–", "–", "–"])]
    assert [one["values"] for one in chart.for_script["series"]] == [[0.7814, None], [0.7, None], [0.85, None]]


def test_pairs_are_two_bars_side_by_side() -> None:
    data = {"names": ["1"], "first_name": "Said", "first": [0.125], "second_name": "Was", "second": [0.25]}
    with translation.override("en"):
        chart = drawn("pairs", {**data, "unit": "share"})
    assert [series.name for series in chart.columns] == ["Said", "Was"]
    assert chart.rows == [("1", ["12.5 %", "25.0 %"])]


def test_an_unknown_kind_is_no_chart() -> None:
    with pytest.raises(KeyError):
        drawn("pie", {})
