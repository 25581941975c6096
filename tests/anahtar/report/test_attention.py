"""What to look at first: seven lines at most, by the money at stake."""

from dataclasses import replace
from datetime import date

import pytest
from tests.anahtar.report.analyses import CUSTOMERS, crowd, every, lira, small_analysis

from anahtar.report.attention import Concern, what_to_look_at

ANCHOR = replace(CUSTOMERS[0], code="001", name="Dayanak", months=every(100_000), year_ago=1_200_000, group=None)
"""A steady customer of 1.2 million, so that nobody else is all of the ledger."""


def concerns(*customers):
    """Concern and account of each line for a ledger of these customers, without the unassigned lines."""
    analysis = small_analysis((ANCHOR, *customers))
    quiet = replace(analysis.ledger, unassigned_amount=0)
    return [
        (line.concern, line.code)
        for line in what_to_look_at(replace(analysis, ledger=quiet, directions=_none(analysis)))
    ]


def _none(analysis):
    return analysis.directions.slice(0, 0)


def test_the_lines_are_ranked_by_the_money_at_stake_and_are_at_most_seven():
    lines = what_to_look_at(small_analysis())
    assert 0 < len(lines) <= 7
    assert [line.money for line in lines] == sorted((line.money for line in lines), reverse=True)


def test_an_account_is_one_line_however_much_is_wrong_with_it():
    codes = [line.code for line in what_to_look_at(small_analysis()) if line.code]
    assert len(codes) == len(set(codes))


def test_a_silent_account_is_shown_with_what_it_was_worth_before():
    silent = replace(CUSTOMERS[2], code="002", months=(90_000, *[0] * 11), year_ago=900_000, before="A", late=50)
    line = next(line for line in what_to_look_at(small_analysis((ANCHOR, silent))) if line.code == "002")
    assert line.concern is Concern.KEY_SILENT
    assert line.money == lira(900_000)
    assert "No purchase for 100 days" in str(line.why)
    assert "900,000.00 TRY of revenue" in str(line.why)


def test_an_account_of_class_a_that_fell_by_more_than_thirty_per_cent_is_falling():
    falling = replace(CUSTOMERS[1], code="002", months=every(69_000), year_ago=1_200_000, group=None)
    assert (Concern.FALLING, "002") in concerns(falling)


def test_a_fall_of_thirty_per_cent_is_not_yet_falling():
    steady = replace(CUSTOMERS[1], code="002", months=every(70_000), year_ago=1_200_000, group=None)
    assert (Concern.FALLING, "002") not in concerns(steady)


def test_an_account_that_was_class_a_and_brings_nothing_now_has_vanished():
    gone = replace(CUSTOMERS[0], code="002", months=(), year_ago=700_000, before="A", state="lost", group=None)
    assert (Concern.VANISHED, "002") in concerns(gone)


def test_lines_without_a_customer_count_from_five_per_cent_of_the_money():
    """
    accepted 95, unassigned 5    5 % of 100
    """
    analysis = small_analysis()
    at_border = replace(analysis.ledger, amount_accepted=lira(95), unassigned_amount=lira(5))
    beyond = replace(analysis.ledger, amount_accepted=lira(94), unassigned_amount=lira(6))
    for ledger, said in ((at_border, False), (beyond, True)):
        found = {line.concern for line in what_to_look_at(replace(analysis, ledger=ledger))}
        assert (Concern.UNASSIGNED in found) is said


def test_a_direction_that_stopped_is_told_with_both_years():
    line = next(line for line in what_to_look_at(small_analysis()) if line.concern is Concern.DIRECTION)
    assert str(line.title).startswith("Hidrolik stopped at ")
    assert "0.00 TRY in this direction after" in str(line.why)


def test_the_third_account_of_a_kind_is_counted_on_the_second():
    silent = [
        replace(
            CUSTOMERS[2], code=f"01{n}", name=f"Sessiz {n}", months=(1000, *[0] * 11), year_ago=n * 100_000, before="A"
        )
        for n in range(1, 6)
    ]
    lines = [line for line in what_to_look_at(small_analysis((ANCHOR, *silent))) if line.concern is Concern.KEY_SILENT]
    assert [line.code for line in lines] == ["015", "014"]
    assert [line.more for line in lines] == [0, 3]
    assert lines[1].more_money == lira(300_000 + 200_000 + 100_000)


@pytest.mark.parametrize("customers", [(ANCHOR,), crowd(300)], ids=["one customer", "three hundred"])
def test_any_ledger_gets_an_answer(customers):
    assert len(what_to_look_at(small_analysis(customers))) <= 7


def test_what_a_younger_ledger_does_not_know_of_the_year_before_is_not_zero():
    """
    six months of 10.000, then six of 25.000: 90.000 more
    """
    months = (*[10_000] * 6, *[25_000] * 6)
    young = replace(CUSTOMERS[4], code="002", months=months, year_ago=None)
    line = next(line for line in what_to_look_at(small_analysis((ANCHOR, young))) if line.concern is Concern.PROSPECT)
    assert line.money == lira(90_000)
    assert "a year ago" not in str(line.why)


def test_a_prospective_account_is_worth_what_it_grew_by():
    young = replace(CUSTOMERS[4], code="002", months=every(20_000), year_ago=0, last=date(2025, 12, 20))
    line = next(line for line in what_to_look_at(small_analysis((ANCHOR, young))) if line.concern is Concern.PROSPECT)
    assert (line.code, line.money) == ("002", lira(240_000))
