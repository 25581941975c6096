"""Every figure of every row, against an implementation that shares nothing with the product but the definitions."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from anahtar.analysis import AnalysisOptions, UnableToAnalyze
from tests.anahtar.oracle.comparing import analysed, differences, expected, story, told
from tests.anahtar.oracle.ledger import Line
from tests.anahtar.oracle.ledgers import case
from tests.anahtar.oracle.oracle import NothingToAnalyse, answer

EVERY_TIME = (*range(4), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 24)))


def disagreement(lines: Sequence[Line], options: AnalysisOptions) -> list[str]:
    """In what the product and the oracle differ."""
    try:
        right = answer(lines, options)
    except NothingToAnalyse:
        with pytest.raises(UnableToAnalyze):
            analysed(lines, options)
        return []
    return list(differences(told(analysed(lines, options)), expected(right)))


def smallest(lines: list[Line], options: AnalysisOptions) -> list[Line]:
    """The lines without those that the disagreement does not need, for whoever has to find its cause."""
    for line in list(lines):
        fewer = [other for other in lines if other is not line]
        if fewer and disagreement(fewer, options):
            lines = fewer
    return lines


def agree(seed: int) -> None:
    lines, options = case(seed)
    if disagreement(lines, options):
        fewer = smallest(lines, options)
        pytest.fail("\n".join([*disagreement(fewer, options), story(fewer, options)]))


@pytest.mark.parametrize("seed", EVERY_TIME)
def test_the_product_agrees_with_the_oracle(seed: int) -> None:
    agree(seed)


@pytest.mark.long
def test_money_beyond_the_whole_numbers_of_a_double_stays_exact() -> None:
    """Sums past 2**53 ten-thousandths: nine hundred billion, which a ledger in dong or rupiah reaches in a year."""
    days = [date(2023 + at // 12, at % 12 + 1, 10) for at in range(25)]
    lines = [Line(day, "acme", 4 * 10**15 + 1, 3 * 10**15) for day in days] + [Line(days[0], "birch", 7 * 10**16 + 3)]
    options = AnalysisOptions(as_of=date(2025, 1, 31))
    assert not disagreement(lines, options)
    assert analysed(lines, options).standings["revenue"].to_pylist() == [12 * (4 * 10**15 + 1), None]


@pytest.mark.slow  # minutes of computing, and more on a busy machine
@settings(max_examples=300, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(seed=st.integers(min_value=len(EVERY_TIME), max_value=10**9))
def test_the_product_agrees_with_the_oracle_on_ledgers_nobody_chose(seed: int) -> None:
    agree(seed)
