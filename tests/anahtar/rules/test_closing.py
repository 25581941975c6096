"""Which months can be closed, and on which day they are due: one row per case."""

from datetime import date

import pytest

from anahtar.rules.closing import due_month, due_on, following_month, last_over, months


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2025, 3, 1), date(2025, 2, 1)),
        (date(2025, 3, 31), date(2025, 2, 1)),
        (date(2025, 4, 1), date(2025, 3, 1)),
        (date(2025, 1, 1), date(2024, 12, 1)),
    ],
)
def test_a_month_is_over_from_the_first_of_the_next_one_on(today: date, month: date) -> None:
    assert last_over(today) == month


def test_it_is_due_so_many_days_after_its_last_one() -> None:
    assert due_on(date(2025, 3, 1), 5) == date(2025, 4, 5)
    assert due_on(date(2024, 2, 1), 1) == date(2024, 3, 1)
    assert due_on(date(2024, 12, 1), 31) == date(2025, 1, 31)
    assert due_on(date(2025, 1, 1), 40) == date(2025, 3, 12)


@pytest.mark.parametrize(
    ("today", "days", "month"),
    [
        (date(2025, 4, 4), 5, date(2025, 2, 1)),
        (date(2025, 4, 5), 5, date(2025, 3, 1)),
        (date(2025, 4, 1), 1, date(2025, 3, 1)),
        # After downtime the latest one, which closes those before it.
        (date(2025, 9, 20), 5, date(2025, 8, 1)),
        (date(2025, 3, 11), 40, date(2024, 12, 1)),
        (date(2025, 3, 12), 40, date(2025, 1, 1)),
    ],
)
def test_of_several_that_are_due_the_latest_counts(today: date, days: int, month: date) -> None:
    assert due_month(today, days) == month


def test_months_are_counted_with_both_ends() -> None:
    assert list(months(date(2024, 11, 17), date(2025, 2, 1))) == [
        date(2024, 11, 1),
        date(2024, 12, 1),
        date(2025, 1, 1),
        date(2025, 2, 1),
    ]
    assert list(months(date(2025, 2, 3), date(2025, 1, 31))) == []
    assert following_month(date(2025, 1, 31)) == date(2025, 2, 1)
