"""The catalogue names every number, and every name leads to the code that makes it."""

import pytest

from anahtar.analysis import STANDINGS
from anahtar.catalogue import BY_SLUG, METRICS, Metric, metrics_page
from anahtar.words import Words

NO_METRIC = {"account_id", "code", "name", "group_code"}


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.slug)
def test_every_metric_leads_to_its_function_and_its_docstring(metric: Metric):
    assert metric.resolve().__doc__


def test_no_slug_is_taken_twice():
    assert len(BY_SLUG) == len(METRICS)


def test_every_column_of_the_standings_is_a_metric_of_the_catalogue():
    assert set(STANDINGS.names) - NO_METRIC - set(BY_SLUG) == set()


def test_the_page_has_a_row_for_every_metric():
    rows = [line for line in metrics_page().splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == [metric.slug for metric in METRICS]
    assert {row.replace("\\|", "").count("|") for row in rows} == {7}


def test_every_source_is_told_in_turkish() -> None:
    turkish = Words("tr")
    english = [str(metric.source) for metric in METRICS if turkish(metric.source) == str(metric.source)]
    assert set(english) == {"--measure"}
