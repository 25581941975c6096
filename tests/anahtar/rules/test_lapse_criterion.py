"""Four criteria, one account: what each says of its silence."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from anahtar.analysis.losing.criterion import FlatDays
from anahtar.rules.lapse_criterion import Criterion, Judged, LapseCriterion, Silence, flat_borders, judge
from anahtar.rules.lapse_state import State
from anahtar.rules.season import Season

AS_OF = date(2025, 12, 31)


def judged(kind: Criterion, *, closed: int = 0, **known: Any) -> Judged:
    """An account that buys every 20 days, 95 % of its gaps within 28; silent for as long as asked."""
    silence = known.setdefault("silence", 10)
    told = Silence(
        **{
            **{"purchase_days": 30, "age": 600, "gap_mean": 20.0, "gap_p95": 28.0, "recent_longest": 25},
            **{
                "silences_as_long": 0,
                "last_purchase": AS_OF - timedelta(days=(silence or 0) + closed),
                "none_ahead": 0.1,
            },
            **known,
        }
    )
    return judge(
        told,
        by=LapseCriterion(kind),
        base_interval=50.0,
        ledger_age=1000,
        as_of=AS_OF,
        horizon=182,
        closed=closed,
    )


@pytest.mark.parametrize(
    ("kind", "silence", "none_ahead", "state"),
    [
        (Criterion.FLAT, 45, 0.9, State.ACTIVE),
        (Criterion.FLAT, 46, 0.9, State.WATCH),
        (Criterion.FLAT, 60, 0.9, State.WATCH),
        (Criterion.FLAT, 61, 0.1, State.AT_RISK),
        (Criterion.FLAT, 90, 0.1, State.AT_RISK),
        (Criterion.FLAT, 91, 0.1, State.LAPSED),
        (Criterion.FLAT, 366, 0.1, State.LOST),
        (Criterion.RHYTHM, 31, 0.0, State.WATCH),
        (Criterion.PROBABILITY, 30, 0.9, State.ACTIVE),
        (Criterion.PROBABILITY, 31, 0.29, State.ACTIVE),
        (Criterion.PROBABILITY, 31, 0.30, State.AT_RISK),
        (Criterion.PROBABILITY, 31, 0.50, State.LAPSED),
        (Criterion.PROBABILITY, 366, 0.1, State.LOST),
        (Criterion.COMBINED, 30, 0.9, State.ACTIVE),
        (Criterion.COMBINED, 31, 0.1, State.WATCH),
        (Criterion.COMBINED, 31, 0.3, State.AT_RISK),
        (Criterion.COMBINED, 31, 0.5, State.LAPSED),
        (Criterion.COMBINED, 69, 0.1, State.LAPSED),  # beyond three intervals of 22.8 days
        (Criterion.COMBINED, 366, 0.1, State.LOST),
    ],
)
def test_each_criterion_has_its_borders(kind: Criterion, silence: int, none_ahead: float, state: State) -> None:
    assert judged(kind, silence=silence, none_ahead=none_ahead).state is state


@pytest.mark.parametrize("days", [30, 45, 90, 274, 275, 730])
def test_what_a_company_allows_is_lapsed_beyond_it_and_a_loss_beyond_it(days: int) -> None:
    """States and losses have one border, whatever the others are; no border lies below the one before it."""
    border = flat_borders(days)
    assert border.lapsed == days == FlatDays(days)(np.array([0]), np.array([0]))[0]
    assert [*border] == sorted(border)
    assert border.watch >= 30
    assert border.lost >= 365


@pytest.mark.parametrize("kind", list(Criterion))
def test_new_is_new_and_returned_is_returned_by_every_criterion(kind: Criterion) -> None:
    assert judged(kind, age=20, silence=15, purchase_days=2, gap_mean=5.0, gap_p95=5.0).state is State.NEW
    assert judged(kind, recent_longest=400).state is State.RETURNED


@pytest.mark.parametrize("kind", [Criterion.PROBABILITY, Criterion.COMBINED])
def test_without_a_model_the_rhythm_decides(kind: Criterion) -> None:
    for silence in (10, 31, 60, 80, 400):
        plain = judged(Criterion.RHYTHM, silence=silence, none_ahead=None)
        assert judged(kind, silence=silence, none_ahead=None) == plain


def test_expected_by_and_days_late_follow_the_rhythm_or_the_flat_days() -> None:
    late = judged(Criterion.COMBINED, silence=45)
    assert (late.expected_by, late.days_late) == (AS_OF - timedelta(days=15), 15)
    flat = judged(Criterion.FLAT, silence=100)
    assert (flat.expected_by, flat.days_late) == (AS_OF - timedelta(days=10), 10)


def test_a_shutdown_pushes_the_expected_day_back() -> None:
    late = judged(Criterion.COMBINED, silence=45, closed=12)
    assert late.expected_by == AS_OF - timedelta(days=15)


def test_a_seasonal_account_is_late_only_after_its_next_season() -> None:
    spring = Season(frozenset({3, 4, 5}), 0.9)
    told = judged(Criterion.COMBINED, silence=220, none_ahead=0.6, season=spring)
    assert (told.state, told.expected_by, told.days_late) == (State.ACTIVE, date(2026, 5, 31), 0)
    assert "seasonal: 90 % of its revenue falls in 3 months" in str(told.evidence.sentence)
    gone = judged(Criterion.COMBINED, silence=600, none_ahead=0.9, age=1000, season=spring)
    assert (gone.state, gone.days_late) == (State.LOST, 214)


def test_the_reason_says_the_silence_in_how_many_gaps_and_the_probability() -> None:
    sentence = str(judged(Criterion.COMBINED, silence=45, none_ahead=0.34, silences_as_long=1).evidence.sentence)
    assert sentence == (
        "silent for 45 days, as long as in 1 of its 29 gaps; buys nothing within 182 days with a probability of 34 % "
        "(at risk from 30 %, lapsed from 50 %)"
    )
    assert "90 days are allowed to everybody" in str(judged(Criterion.FLAT, silence=45).evidence.sentence)


def test_an_account_of_returns_only_never_bought() -> None:
    nothing = judged(Criterion.COMBINED, purchase_days=0, silence=None, age=None, gap_mean=None, last_purchase=None)
    assert (nothing.state, nothing.expected_by) == (State.NEVER, None)
