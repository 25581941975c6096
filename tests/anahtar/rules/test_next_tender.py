"""When a next tender is expected: days counted by hand on a calendar."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from anahtar.rules.next_tender import next_tender

YEARLY = [date(2023, 3, 1), date(2024, 3, 10), date(2025, 2, 20)]
"""Gaps of 375 and 347 days."""
AS_OF = date(2025, 6, 1)


def test_the_next_one_is_expected_a_middle_gap_after_the_last_and_says_its_evidence() -> None:
    found = next_tender(YEARLY, as_of=AS_OF)
    assert (found.earliest, found.expected, found.latest) == (date(2026, 2, 2), date(2026, 2, 16), date(2026, 3, 2))
    assert str(found.because) == (
        "3 rounds of tenders, the last on 20 Feb 2025; gaps of 347 to 375 days, 361 in the middle"
    )


def test_two_tenders_are_no_rhythm() -> None:
    found = next_tender(YEARLY[:2], as_of=AS_OF)
    assert found.expected is None
    assert str(found.because) == "2 rounds of tenders are known; a rhythm is told from 3 on"
    assert str(next_tender([], as_of=AS_OF).because) == "0 rounds of tenders are known; a rhythm is told from 3 on"


def test_announcements_within_a_fortnight_are_one_round() -> None:
    lots = [date(2023, 3, 1), date(2023, 3, 8), date(2023, 3, 20), date(2024, 3, 10), date(2025, 2, 20)]
    found = next_tender(lots, as_of=AS_OF)
    assert found.rounds == 3
    assert found.earliest == date(2026, 2, 2)


def test_two_gaps_of_which_one_is_more_than_thrice_the_other_are_no_rhythm() -> None:
    def days(second: int) -> list[date]:
        return [date.fromordinal(738_000 + day) for day in (0, 100, 100 + second)]

    as_of = date.fromordinal(738_401)
    assert next_tender(days(300), as_of=as_of).expected is not None
    refused = next_tender(days(301), as_of=as_of)
    assert refused.expected is None
    assert str(refused.because) == "two gaps, of 100 and 301 days: no rhythm"


def test_gaps_that_vary_as_chance_would_have_it_are_no_rhythm() -> None:
    # Gaps 20, 20, 400: mean 146.67, sample deviation 219.39, variation 1.50.
    days = [date.fromordinal(738_000 + day) for day in (0, 20, 40, 440)]
    found = next_tender(days, as_of=days[-1])
    assert found.expected is None
    assert str(found.because) == "gaps of 20 to 400 days vary by 1.50 (1 is chance): no rhythm"


def test_a_rhythm_has_broken_off_after_twice_its_longest_gap() -> None:
    last = YEARLY[-1].toordinal()
    assert next_tender(YEARLY, as_of=date.fromordinal(last + 750)).expected is not None
    found = next_tender(YEARLY, as_of=date.fromordinal(last + 751))
    assert found.expected is None
    assert str(found.because).startswith("no tender for 751 days, and never more than 375 days between two")


def test_later_announcements_are_not_known_yet() -> None:
    assert next_tender(YEARLY, as_of=date(2025, 2, 19)).rounds == 2


def test_preparing_begins_a_month_before_the_earliest_day_and_it_is_late_after_the_latest() -> None:
    found = next_tender(YEARLY, as_of=AS_OF)
    assert [found.to_prepare(day) for day in (date(2026, 1, 2), date(2026, 1, 3))] == [False, True]
    assert [found.days_late(day) for day in (date(2026, 3, 2), date(2026, 3, 3))] == [0, 1]


@given(st.lists(st.dates(date(2020, 1, 1), date(2025, 1, 1)), max_size=12))
def test_the_order_of_tenders_does_not_matter_and_what_is_expected_lies_ahead_of_the_last(days: list[date]) -> None:
    found = next_tender(days, as_of=AS_OF)
    assert found == next_tender(reversed(days), as_of=AS_OF)
    if found.expected is not None and found.earliest is not None and found.latest is not None:
        assert max(days) < found.latest
        assert found.earliest <= found.expected <= found.latest
