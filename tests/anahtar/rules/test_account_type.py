"""The four types: two computed, two only asked about."""

from dataclasses import replace

import pytest

from anahtar.money import UNITS, Money
from anahtar.rules.account_type import (
    Growth,
    Traits,
    annualised,
    breadwinner_evidence,
    expert_evidence,
    image_maker_evidence,
    is_breadwinner,
    is_expert_candidate,
    is_image_maker_candidate,
    is_prospective,
    prospective_evidence,
)
from anahtar.rules.key_account import value_words

PROFIT = value_words("profit", 12)


def lira(amount: int) -> Money:
    return Money(amount * UNITS, "TRY")


@pytest.mark.parametrize(
    ("share", "before", "expected"),
    [
        (0.10, None, True),
        (0.0999, None, False),
        (0.0999, 0.099, False),
        (0.08, 0.10, True),  # was one, stays one down to 8 %
        (0.0799, 0.10, False),
        (None, 0.3, False),
    ],
)
def test_a_breadwinner_enters_at_ten_percent_and_leaves_below_eight(share, before, expected):
    assert is_breadwinner(share=share, share_before=before) is expected


def test_the_evidence_tells_why_an_account_below_ten_percent_still_is_one():
    found = breadwinner_evidence(share=0.091, share_before=0.12, age_days=730, value=PROFIT)
    assert [(item.criterion, item.met) for item in found] == [("share", True), ("tenure", False)]
    assert str(found[0].sentence) == (
        "9.1 % of 12-month profit; was one a year ago with 12.0 % and stays one down to 8.0 %"
    )


def test_the_evidence_of_an_account_that_never_was_one_names_the_border_to_enter():
    found = breadwinner_evidence(share=0.091, share_before=0.05, age_days=None, value=PROFIT)
    assert [str(item.sentence) for item in found] == ["9.1 % of 12-month profit; a breadwinner from 10.0 %"]
    assert not found[0].met


OLD_AND_STEADY = Growth(
    months_since_first=40,
    ledger_months=48,
    revenue=lira(2_000),
    large=lira(10_000),
    recent=lira(1_000),
    before=lira(1_000),
    recent_days=6,
    before_days=6,
    largest_order=lira(200),
)


def test_old_and_steady_is_not_prospective():
    assert not is_prospective(OLD_AND_STEADY)
    assert [item.met for item in prospective_evidence(OLD_AND_STEADY)] == [False, False]


def test_new_and_large_is_prospective():
    """Six months bring 6,000: 12,000 a year, and 10,000 is large."""
    young = replace(OLD_AND_STEADY, months_since_first=6, revenue=lira(6_000))
    assert annualised(young) == lira(12_000).units
    assert is_prospective(young)
    assert str(prospective_evidence(young)[0].sentence) == (
        "first bought 6 months ago (new within 12); 12,000.00 TRY as a whole year, large from 10,000.00 TRY"
    )


def test_one_good_month_is_not_a_year_of_twelve():
    """4,000 in the first month are told as a quarter: 16,000 a year, not 48,000."""
    assert annualised(replace(OLD_AND_STEADY, months_since_first=1, revenue=lira(4_000))) == lira(16_000).units


def test_in_a_ledger_of_one_year_nobody_is_known_to_be_new():
    young = replace(OLD_AND_STEADY, months_since_first=6, revenue=lira(6_000), ledger_months=12)
    assert not is_prospective(young)
    assert "cannot be told" in str(prospective_evidence(young)[0].sentence)


GROWING = replace(OLD_AND_STEADY, recent=lira(1_300))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, True),  # 300 more on 1,000, the largest order 200
        ({"recent": lira(1_299)}, False),
        ({"largest_order": lira(300)}, False),  # the increase is one order
        ({"recent_days": 2}, False),
        ({"before_days": 2}, False),
        ({"before": lira(0)}, False),
        ({"before": lira(-10)}, False),
    ],
)
def test_growing_means_thirty_percent_on_three_days_and_more_than_one_order(changed, expected):
    growth = replace(GROWING, **changed)
    assert is_prospective(growth) is expected
    assert prospective_evidence(growth)[1].met is expected


def test_the_evidence_of_growth_tells_the_order_it_must_be_more_than():
    assert str(prospective_evidence(GROWING)[1].sentence) == (
        "last six months 30.0 % on the six before (border 30 %), 300.00 TRY more; its largest order 200.00 TRY; "
        "purchase days 6 and 6, 3 needed in each half"
    )


def test_scaling_all_money_leaves_the_type():
    for growth in (GROWING, OLD_AND_STEADY):
        scaled = replace(
            growth,
            **{
                name: Money(getattr(growth, name).units * 7)
                for name in ("revenue", "large", "recent", "before", "largest_order")
            },
        )
        assert is_prospective(scaled) == is_prospective(growth)


LEADER = Traits(age_days=1_000, directions=5, all_directions=6, leads=("Cranes", "Hoists"), members=1)


def test_who_leads_a_direction_and_has_been_here_long_is_asked_about_as_an_image_maker():
    found = image_maker_evidence(LEADER)
    assert is_image_maker_candidate(found)
    assert str(found[0].sentence) == "largest customer of Cranes, Hoists"


def test_leading_nothing_nominates_nobody():
    assert not is_image_maker_candidate(image_maker_evidence(replace(LEADER, leads=(), members=4)))
    assert not is_image_maker_candidate(image_maker_evidence(replace(LEADER, age_days=100)))


def test_returns_alone_never_make_an_expert():
    assert not is_expert_candidate(expert_evidence(Traits(age_days=2_000, returns=0.2, returns_usual=0.01)))


def test_broad_and_demanding_is_asked_about_as_an_expert():
    found = expert_evidence(replace(LEADER, returns=0.05, returns_usual=0.02))
    assert is_expert_candidate(found)
    assert [str(item.sentence) for item in found] == [
        "buys in 5 of 6 directions; broad from 4",
        "sends back 5.0 % of what it orders; all accounts 2.0 %",
        "has bought for 2.74 years; long from 2 years",
    ]


def test_what_the_ledger_does_not_tell_is_not_asked():
    assert image_maker_evidence(Traits()) == []
    assert expert_evidence(Traits()) == []
