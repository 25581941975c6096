"""How much a competitor is to be feared: points that everybody can follow."""

from datetime import date, timedelta

import pytest

from anahtar.rules.threat import Known, Threat, threat

TODAY = date(2026, 3, 2)


def level(known: Known, *, seen: int | None = 10, since: int = 800, left: bool = False) -> tuple[Threat, float]:
    found, evidence = threat(
        known,
        last_seen=None if seen is None else TODAY - timedelta(days=seen),
        since=TODAY - timedelta(days=since),
        left=left,
        as_of=TODAY,
    )
    return found, evidence.value


@pytest.mark.parametrize(
    ("known", "seen", "expected"),
    [
        (Known(5, 0.5), 10, (Threat.HIGH, 7)),
        (Known(5, 0.5, 4, 0.4), 10, (Threat.HIGH, 8)),
        (Known(4, 0.25), 10, (Threat.HIGH, 5)),
        (Known(4, 0.249), 10, (Threat.MEDIUM, 4)),
        (Known(4, 0.25), 182, (Threat.HIGH, 5)),
        (Known(4, 0.25), 183, (Threat.MEDIUM, 4)),
        (Known(4, 0.25), 366, (Threat.MEDIUM, 3)),
        (Known(1, 0.0), 10, (Threat.LOW, 0)),
        (Known(1, 0.0), 400, (Threat.LOW, 0)),
        (Known(), 10, (Threat.MEDIUM, 3)),
        (Known(3, 0.2, 3, 0.3), 10, (Threat.LOW, 2)),
        (Known(3, 0.2, 2, 0.3), 10, (Threat.MEDIUM, 3)),
        (Known(3, 0.2, 2, None), 10, (Threat.MEDIUM, 4)),
    ],
)
def test_points_say_how_much_is_to_be_feared(known, seen, expected):
    assert level(known, seen=seen) == expected


def test_who_was_never_seen_counts_as_seen_when_written_down():
    assert level(Known(4, 0.25), seen=None, since=10) == (Threat.HIGH, 5)
    assert level(Known(4, 0.25), seen=None, since=400) == (Threat.MEDIUM, 3)


def test_an_older_sighting_does_not_age_who_was_written_down_later():
    assert level(Known(4, 0.25), seen=500, since=10) == (Threat.HIGH, 5)


def test_who_has_left_is_no_threat():
    assert level(Known(5, 0.9), left=True) == (Threat.NONE, 0)


def test_the_sentence_tells_every_point():
    _level, evidence = threat(
        Known(4, 0.3, 3, None), last_seen=TODAY - timedelta(days=12), since=TODAY, left=False, as_of=TODAY
    )
    assert str(evidence.sentence) == (
        "strength 4 of 5; 30 % of the wallet; growing against a year ago; last seen 12 days ago: "
        "6 of 8 points, medium from 3, high from 5"
    )


def test_the_sentence_says_what_nobody_knows():
    _level, evidence = threat(Known(), last_seen=None, since=TODAY - timedelta(days=3), left=False, as_of=TODAY)
    assert str(evidence.sentence) == (
        "strength not known, taken as in the middle; their share is not known; no stronger than a year ago; "
        "not seen since it was written down 3 days ago: 3 of 8 points, medium from 3, high from 5"
    )
