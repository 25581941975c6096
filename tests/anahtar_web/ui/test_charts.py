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


def test_an_unknown_kind_is_no_chart() -> None:
    with pytest.raises(KeyError):
        drawn("pie", {})
