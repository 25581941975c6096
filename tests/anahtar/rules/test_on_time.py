"""On time in full, against a count by hand."""

from datetime import date

import pytest

from anahtar.rules.on_time import (
    OrderLine,
    Part,
    Score,
    Standing,
    Tolerance,
    filled_on,
    late_days,
    score,
    score_of_orders,
    standing,
)

MAY_10 = date(2026, 5, 10)
TODAY = date(2026, 6, 1)


def line(*parts: tuple[int, int], promised: date = MAY_10, ordered: int = 10, order: str = "S1") -> OrderLine:
    """A line with parts as (day of May, quantity)."""
    return OrderLine(order, promised, ordered, [Part(date(2026, 5, day), quantity) for day, quantity in parts])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (line((10, 10)), Standing.KEPT),  # the promised day itself
        (line((11, 10)), Standing.LATE),  # the day after
        (line((3, 4), (10, 6)), Standing.KEPT),  # the last part needed came in time
        (line((3, 4), (12, 6)), Standing.LATE),  # and here it did not
        (line((10, 6), (3, 4)), Standing.KEPT),  # whatever the order of the parts
        (line((9, 12), (20, 1)), Standing.KEPT),  # more than ordered was there in time; what came later was not needed
        (line((3, 9)), Standing.OVERDUE),  # short, and its day has passed
        (line(), Standing.OVERDUE),  # nothing came
        (line(promised=date(2026, 6, 1)), Standing.OPEN),  # due today: today is still in time
        (line((3, 10), (5, -10)), Standing.OVERDUE),  # all of it came back
        (line((3, 10), (5, -2), (20, 2)), Standing.LATE),  # full, spoilt, full again too late
    ],
)
def test_a_line_stands_as_counted_by_hand(found: OrderLine, expected: Standing) -> None:
    assert standing(found, as_of=TODAY) is expected


def test_what_arrives_after_the_day_asked_about_is_not_known_on_it() -> None:
    found = line((12, 10))

    assert standing(found, as_of=date(2026, 5, 11)) is Standing.OVERDUE
    assert late_days(found, as_of=date(2026, 5, 11)) == 1
    assert late_days(found, as_of=TODAY) == 2


def test_days_of_grace_keep_a_promise_and_take_nothing_off_the_days_late() -> None:
    grace = Tolerance(days=2)

    assert standing(line((12, 10)), as_of=TODAY, tolerance=grace) is Standing.KEPT
    assert standing(line((13, 10)), as_of=TODAY, tolerance=grace) is Standing.LATE
    assert late_days(line((13, 10)), as_of=TODAY, tolerance=grace) == 3


def test_a_tolerated_shortage_is_in_full_from_the_day_it_is_reached() -> None:
    five_percent = Tolerance(short=0.05)

    assert filled_on(line((9, 95), (20, 5), ordered=100), as_of=TODAY, tolerance=five_percent) == date(2026, 5, 9)
    assert filled_on(line((9, 94), ordered=100), as_of=TODAY, tolerance=five_percent) is None


def test_an_order_is_kept_when_all_its_lines_are() -> None:
    """
    S1: kept, kept          -> kept
    S2: kept, late          -> late
    S3: kept, late, overdue -> overdue
    S4: kept, not due yet   -> not due
    """
    soon = date(2026, 6, 9)
    lines = [
        *(line((9, 10), order="S1"), line((10, 10), order="S1")),
        *(line((9, 10), order="S2"), line((11, 10), order="S2")),
        *(line((9, 10), order="S3"), line((11, 10), order="S3"), line((11, 9), order="S3")),
        *(line((9, 10), order="S4"), line(order="S4", promised=soon)),
    ]

    assert score(standing(one, as_of=TODAY) for one in lines) == Score(due=8, kept=5, late=2, overdue=1)
    assert score_of_orders(lines, as_of=TODAY) == Score(due=3, kept=1, late=1, overdue=1)


def test_nothing_due_is_no_percentage() -> None:
    assert score([Standing.OPEN]).share is None
