"""Why an account is key, or is not: each criterion with its number and its border."""

from dataclasses import replace

import pytest

from anahtar.money import Money
from anahtar.rules.criteria import Criteria
from anahtar.rules.key_account import KeyFigures, is_key, key_evidence, value_words

ACME = KeyFigures(
    code="acme",
    value=value_words("profit", 12),
    share=0.134,
    share_year_ago=0.109,
    share_above=0.0,
    rank=1,
    abc="A",
    xyz="Z",
    change=0.21,
    age_days=1_461,
    profit=Money(12_345_000, "TRY"),
)
EVERYTHING = Criteria(
    trend_least=0.10, tenure_least_years=2.0, profit_least=1_000_000, named=frozenset({"acme"}), share_least=0.10
)


def sentences(account: KeyFigures, criteria: Criteria) -> dict[str, tuple[bool, str]]:
    return {item.criterion: (item.met, str(item.sentence)) for item in key_evidence(account, criteria)}


def test_every_criterion_tells_its_number_its_border_and_the_year_before():
    assert sentences(ACME, EVERYTHING) == {
        "share": (True, "13.4 % of 12-month profit; border 10.0 %; 10.9 % a year ago"),
        "class": (False, "class A, regularity Z; wanted A with X, Y"),
        "trend": (True, "21.0 % on the 12-month profit a year ago; border 10.0 %"),
        "tenure": (True, "first bought 4.00 years ago; border 2.00 years"),
        "profit": (True, "profit of 1,234.50 TRY; border 100.00 TRY"),
        "bound": (
            True,
            "number 1 by 12-month profit, larger ones make 0.0 %; below the share's border only the 40 largest, "
            "up to 55 % together, may be key",
        ),
        "named": (True, "named in the criteria file"),
    }


def test_what_the_ledger_does_not_tell_meets_nothing_and_says_so():
    unknown = replace(
        ACME,
        code="birch",
        share=None,
        share_year_ago=None,
        share_above=None,
        rank=None,
        abc=None,
        xyz=None,
        change=None,
        age_days=None,
        profit=None,
    )
    found = sentences(unknown, EVERYTHING)
    assert not any(met for met, _ in found.values())
    assert found["share"][1] == "no positive 12-month profit; border 10.0 %"
    assert found["profit"][1] == "profit unknown: no line of the account carries a cost"
    assert not is_key(unknown, EVERYTHING)


def test_only_criteria_that_are_on_are_asked():
    assert list(sentences(ACME, Criteria())) == ["share", "class", "bound"]


def test_ten_percent_is_key_however_many_are_larger():
    assert is_key(replace(ACME, share=0.10, rank=99, share_above=0.9), Criteria())
    assert not is_key(replace(ACME, share=0.0999), Criteria())


@pytest.mark.parametrize(
    ("rank", "share_above", "xyz", "expected"),
    [
        (12, 0.30, "Y", True),
        (12, 0.30, "Z", False),
        (40, 0.53, "X", True),  # 0.53 and its own 0.02 are 0.55: no more than the bound
        (40, 0.5301, "X", False),  # it would carry the largest above the bound itself
        (41, 0.30, "X", False),
        (12, 0.55, "X", False),
    ],
)
def test_in_a_diversified_base_the_large_and_regular_are_key_within_the_bound(rank, share_above, xyz, expected):
    small = replace(ACME, share=0.02, rank=rank, share_above=share_above, xyz=xyz)
    assert is_key(small, Criteria()) is expected


def test_the_largest_regular_accounts_end_at_or_below_the_bound():
    # Shares 9, 8, … 1, together 45 %, then 5, 5, 5 %: 9+8+…+1 = 45, 50, 55, and the next would make 60 %.
    shares = [0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 0.01, 0.05, 0.05, 0.05]
    base = [
        replace(ACME, share=own, rank=place, share_above=sum(shares[: place - 1]), xyz="X")
        for place, own in enumerate(shares, 1)
    ]
    key = [account for account in base if is_key(account, Criteria())]
    assert [account.rank for account in key] == list(range(1, 12))
    assert sum(account.share or 0 for account in key) == pytest.approx(0.55)


def test_beyond_the_bound_ten_percent_and_named_accounts_stay_key():
    # Larger ones make 50 %; with its own 12 % the account makes 62 %, with its own 6 % 56 %.
    beyond = replace(ACME, share_above=0.50, rank=5, xyz="X")
    assert is_key(replace(beyond, share=0.12), Criteria())
    assert not is_key(replace(beyond, share=0.06), Criteria())
    assert is_key(replace(beyond, share=0.06), Criteria(named=frozenset({"acme"})))


def test_with_all_every_criterion_that_is_on_must_be_met():
    strict = Criteria(rule="all")
    assert not is_key(ACME, strict)
    assert is_key(replace(ACME, xyz="X"), strict)


def test_with_every_criterion_off_only_named_accounts_are_key():
    for rule in ("any", "all"):
        nothing = Criteria(rule=rule, share_least=None, classes=None, named=frozenset({"birch"}))
        assert not is_key(ACME, nothing)
        assert is_key(replace(ACME, code="birch", share=None, rank=None), nothing)


def test_new_and_one_off_are_said_in_words():
    assert "one-off (bought on one day)" in sentences(replace(ACME, xyz="one_off"), Criteria())["class"][1]
    assert "new (too young to judge)" in sentences(replace(ACME, xyz="new"), Criteria())["class"][1]


def test_names_of_codes_do_not_matter():
    assert is_key(replace(ACME, code="x"), Criteria()) == is_key(ACME, Criteria())
