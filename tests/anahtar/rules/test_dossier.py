"""How complete a dossier is, and what it lacks."""

from datetime import date

import pytest

from anahtar.rules.dossier import Asked, Lack, completeness, importance_for
from anahtar.rules.facts import Grade, life

DAY = date(2025, 1, 1)


def asked(kind, area, importance, grade=None, on=DAY, months=12):
    if grade is None:
        return Asked(kind, area, importance)
    return Asked(kind, area, importance, grade, life(known_on=on, grade=grade, shelf_months=months))


def test_only_what_is_sure_and_not_stale_counts_as_often_as_it_is_important():
    """
    kind       importance  grade      known     counts
    headcount  3           confirmed  today     3
    turnover   3           document   2 y ago   stale
    owner      2           assumed    today     unsure
    founded    1           document   for ever  1
    hobby      0           rumour     today     nobody asks
    strategy   2           -          -         missing
    """
    found = completeness(
        [
            asked("headcount", "company", 3, Grade.CONFIRMED),
            asked("turnover", "company", 3, Grade.DOCUMENT, on=date(2023, 1, 1)),
            asked("owner", "company", 2, Grade.ASSUMED),
            asked("founded", "company", 1, Grade.DOCUMENT, on=date(1990, 1, 1), months=None),
            asked("hobby", "other", 0, Grade.RUMOUR),
            asked("strategy", "strategy", 2),
        ],
        DAY,
    )
    assert (found.whole.reached, found.whole.of) == (4, 11)
    assert {area: (part.reached, part.of) for area, part in found.areas.items()} == {
        "company": (4, 9),
        "strategy": (0, 2),
    }
    assert [(item.asked.kind, item.why) for item in found.missing] == [
        ("turnover", Lack.STALE),
        ("strategy", Lack.MISSING),
        ("owner", Lack.UNSURE),
    ]
    # Headcount is stale from the second of January, a year later.
    assert found.changes_on == date(2026, 1, 2)


def test_a_dossier_of_which_nothing_is_asked_is_neither_empty_nor_full():
    found = completeness([asked("hobby", "other", 0)], DAY)
    assert (found.whole.share, found.changes_on, list(found.missing)) == (None, None, [])


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (["breadwinner"], 3),
        (["expert"], 1),
        (["expert", "breadwinner"], 3),
        (["image_maker"], 0),
        ([], 2),
    ],
)
def test_an_account_of_several_types_asks_for_what_any_of_them_asks(types, expected):
    assert importance_for({"breadwinner": 3, "expert": 1, "other": 2}, types) == expected
