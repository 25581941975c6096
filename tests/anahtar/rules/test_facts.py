"""How far a fact can be relied on: grade, age, and what holds among several."""

from datetime import date

import pytest

from anahtar.rules.facts import (
    Freshness,
    Grade,
    Said,
    best,
    freshness_words,
    life,
    outdoes,
    urgency,
)

RUMOUR, ASSUMED, CONFIRMED, DOCUMENT = Grade
DAY = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("grade", "months", "as_of", "expected"),
    [
        # A sure fact of a year: 365 days, ageing after 273 of them.
        (CONFIRMED, 12, date(2025, 1, 1), "fresh"),
        (CONFIRMED, 12, date(2025, 10, 1), "fresh"),
        (CONFIRMED, 12, date(2025, 10, 2), "ageing"),
        (CONFIRMED, 12, date(2026, 1, 1), "ageing"),
        (CONFIRMED, 12, date(2026, 1, 2), "stale"),
        (DOCUMENT, 12, date(2026, 1, 1), "ageing"),
        (DOCUMENT, 12, date(2026, 1, 2), "stale"),
        # An unsure one lives half as long: 182 days.
        (ASSUMED, 12, date(2025, 7, 2), "ageing"),
        (ASSUMED, 12, date(2025, 7, 3), "stale"),
        (RUMOUR, 12, date(2025, 7, 3), "stale"),
        # What never ages.
        (RUMOUR, None, date(2090, 1, 1), "fresh"),
        # The day before it was known: a dossier read as of a day before.
        (CONFIRMED, 1, date(2024, 12, 1), "fresh"),
    ],
)
def test_a_fact_is_fresh_then_ageing_then_stale(grade, months, as_of, expected):
    assert life(known_on=DAY, grade=grade, shelf_months=months).on(as_of) == Freshness(expected)


def test_a_year_after_the_last_of_february_is_the_last_of_february():
    assert life(known_on=date(2024, 2, 29), grade=CONFIRMED, shelf_months=12).last_day == date(2025, 2, 28)
    assert life(known_on=date(2024, 12, 31), grade=CONFIRMED, shelf_months=2).last_day == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2025, 1, 1), date(2025, 10, 2)),
        (date(2025, 10, 1), date(2025, 10, 2)),
        (date(2025, 10, 2), date(2026, 1, 2)),
        (date(2026, 1, 2), None),
    ],
)
def test_it_says_on_which_day_it_stands_elsewhere(as_of, expected):
    assert life(known_on=DAY, grade=CONFIRMED, shelf_months=12).changes_after(as_of) == expected


@pytest.mark.parametrize(
    ("months", "as_of", "expected"),
    [
        (12, DAY, "Fresh until 1 Oct 2025."),
        (12, date(2025, 12, 1), "Ageing: holds until 1 Jan 2026 unless somebody confirms it."),
        (12, date(2026, 5, 1), "Stale since 2 Jan 2026: ask again before you rely on it."),
        (None, date(2026, 5, 1), "Does not age."),
    ],
)
def test_the_sentence_names_the_day(months, as_of, expected):
    assert str(freshness_words(life(known_on=DAY, grade=CONFIRMED, shelf_months=months), as_of)) == expected


def said(key, grade, on, months=12):
    return Said(key, grade, on, life(known_on=on, grade=grade, shelf_months=months))


@pytest.mark.parametrize(
    ("statements", "as_of", "expected"),
    [
        ([], DAY, None),
        # A later rumour hides nothing that is confirmed and not stale …
        ([said(1, CONFIRMED, DAY), said(2, RUMOUR, date(2025, 3, 1))], date(2025, 4, 1), 1),
        # … and holds once that is stale.
        ([said(1, CONFIRMED, date(2024, 1, 1)), said(2, RUMOUR, date(2025, 3, 1))], date(2025, 4, 1), 2),
        # All stale: the sure one before the later one.
        ([said(1, CONFIRMED, date(2023, 1, 1)), said(2, RUMOUR, date(2024, 1, 1))], date(2025, 4, 1), 1),
        # A document is as sure as a word of who must know: the later one holds.
        ([said(1, DOCUMENT, DAY), said(2, CONFIRMED, date(2025, 3, 1))], date(2025, 4, 1), 2),
        ([said(1, CONFIRMED, DAY), said(2, CONFIRMED, DAY)], DAY, 2),
        ([said(1, ASSUMED, DAY), said(2, RUMOUR, date(2025, 2, 1))], date(2025, 2, 1), 1),
    ],
)
def test_what_is_fresh_holds_before_what_is_sure_and_that_before_what_is_later(statements, as_of, expected):
    found = best(statements, as_of)
    assert (found.key if found else None) == expected


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [
        (said(2, CONFIRMED, date(2025, 2, 1)), said(1, RUMOUR, DAY), True),
        (said(2, CONFIRMED, DAY), said(1, DOCUMENT, DAY), True),
        (said(1, DOCUMENT, DAY), said(2, CONFIRMED, DAY), False),
        (said(2, RUMOUR, date(2025, 2, 1)), said(1, CONFIRMED, DAY), False),
        # Written down late: what was true last year does not replace what is true now.
        (said(2, DOCUMENT, date(2024, 1, 1)), said(1, CONFIRMED, DAY), False),
        (said(2, DOCUMENT, date(2024, 1, 1)), said(1, ASSUMED, DAY), False),
    ],
)
def test_a_statement_takes_the_place_of_another_only_when_it_can_never_hold_again(later, earlier, expected):
    assert outdoes(later, earlier) is expected


@pytest.mark.parametrize(
    ("importance", "grade", "as_of", "money", "expected"),
    [
        (3, CONFIRMED, date(2025, 6, 1), 1.0, 0.0),  # fresh and sure: nothing to ask
        (3, CONFIRMED, date(2026, 1, 1), 1.0, 3.0),  # on its last day
        (3, CONFIRMED, date(2030, 1, 1), 1.0, 6.0),  # worn out: twice its life, no more
        (3, CONFIRMED, date(2026, 1, 1), 0.5, 1.5),
        (3, CONFIRMED, date(2026, 1, 1), 0.0, 0.3),  # a small account's facts come late, not never
        (2, ASSUMED, DAY, 1.0, 1.5),  # asks to be confirmed from its first day
        (0, RUMOUR, DAY, 1.0, 0.0),
    ],
)
def test_urgency_is_importance_times_staleness_times_money(importance, grade, as_of, money, expected):
    days = life(known_on=DAY, grade=grade, shelf_months=12)
    found = urgency(importance=importance, grade=grade, days=days, as_of=as_of, money=money)
    assert found == pytest.approx(expected)
