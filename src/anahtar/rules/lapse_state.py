"""Lapse: what an account's silence means, held against the rhythm in which it buys.

All borders are days of silence, and a state begins the day *after* its border:

- *watch* beyond the 95th percentile of the account's own gaps, never below 30 days (weekly buyers would alarm
  every holiday). Below four purchase days there is no percentile worth the name: 1.5 expected intervals.
- *at risk* beyond 2, *lapsed* beyond 3 expected intervals, *lost* beyond 4 and beyond a year, none of them before
  the watch border. For these no interval counts as shorter than 20 days: who buys every week and stays away for
  five is worth a call, and has not left.
- The expected interval is the account's own mean gap, drawn towards the base's as if three gaps of the base were
  its own: a buyer of two days is judged almost like anybody, one of thirty almost by itself.
- Who bought on one day only has no rhythm: new for 2 base intervals, then watched, lapsed after a horizon of half
  a year or 2 base intervals, lost after a year or 4 base intervals. No second order is not yet a loss.
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from anahtar.rules.evidence import Evidence
from anahtar.words import Message, say

FLOOR_DAYS: Final = 30
SHORTEST_INTERVAL: Final = 20.0
HORIZON_DAYS: Final = 182
YEAR_DAYS: Final = 365
LEAST_PURCHASE_DAYS: Final = 4
"""Purchase days from which the account's own percentile decides."""
BASE_GAPS: Final = 3.0
"""Gaps of the base counted in with the account's own."""
DEFAULT_INTERVAL: Final = 91.0
"""Days, for a base in which nobody has bought on three days yet: a quarter."""


class State(StrEnum):
    """Where an account stands between buying and being lost."""

    NEW = "new"
    ACTIVE = "active"
    WATCH = "watch"
    AT_RISK = "at_risk"
    LAPSED = "lapsed"
    LOST = "lost"
    RETURNED = "returned"
    NEVER = "never"


class Borders(NamedTuple):
    """The longest silence, in days, that is not yet the state."""

    watch: float
    at_risk: float
    lapsed: float
    lost: float


def expected_interval(*, gaps: int, gap_mean: float | None, base_interval: float) -> float:
    """Days in which the account is expected to buy again: its own gaps and three of the base's, averaged."""
    if not gaps or gap_mean is None:
        return base_interval
    return (gaps * gap_mean + BASE_GAPS * base_interval) / (gaps + BASE_GAPS)


def borders(*, purchase_days: int, gap_mean: float | None, gap_p95: float | None, base_interval: float) -> Borders:
    """Days of silence after which an account is watched, at risk, lapsed, lost.

    Parameters
    ----------
    purchase_days
        Days with a purchase, over the whole ledger; at least 1.
    gap_mean, gap_p95
        Mean and 95th percentile of the account's own gaps in days; None without gaps.
    base_interval
        Median of all accounts' mean gaps (`anahtar.metrics.rhythm.base_interval`), or `DEFAULT_INTERVAL`.
    """
    usual = expected_interval(gaps=purchase_days - 1, gap_mean=gap_mean, base_interval=base_interval)
    if purchase_days < 2:
        watch = max(FLOOR_DAYS, 2 * usual)
        horizon = max(HORIZON_DAYS, watch)
        return Borders(watch, horizon, horizon, max(YEAR_DAYS, 4 * usual))
    own = gap_p95 if gap_p95 is not None and purchase_days >= LEAST_PURCHASE_DAYS else 1.5 * usual
    watch = max(FLOOR_DAYS, own)
    told = max(usual, SHORTEST_INTERVAL)
    return Borders(watch, max(watch, 2 * told), max(watch, 3 * told), max(watch, 4 * told, YEAR_DAYS))


def lapse_state(
    *,
    purchase_days: int,
    silence: int | None,
    age: int | None,
    gap_mean: float | None,
    gap_p95: float | None,
    recent_longest: int | None,
    base_interval: float,
    ledger_age: int,
) -> State:
    """Say what an account's silence means.

    Parameters
    ----------
    purchase_days, gap_mean, gap_p95, base_interval
        As for `borders`; `purchase_days` is 0 for an account with returns only.
    silence, age
        Days since the last and since the first purchase; None without one.
    recent_longest
        The longest of the account's last three gaps; the account has *returned* while a gap is among them that
        had been a lapse by all the others. None without gaps.
    ledger_age
        Days since the ledger's first line: in a ledger younger than two expected intervals nobody is known to
        be new.
    """
    if not purchase_days or silence is None or age is None:
        return State.NEVER
    usual = expected_interval(gaps=purchase_days - 1, gap_mean=gap_mean, base_interval=base_interval)
    # Most accounts of most days end here or at ACTIVE: borders are worked out only for those silent long enough.
    if age < 2 * usual <= ledger_age:
        return State.NEW
    if silence > FLOOR_DAYS:
        state = past(
            silence,
            borders(purchase_days=purchase_days, gap_mean=gap_mean, gap_p95=gap_p95, base_interval=base_interval),
        )
        if state is not State.ACTIVE:
            return state
    if was_lapse(gap=recent_longest, purchase_days=purchase_days, gap_mean=gap_mean, base_interval=base_interval):
        return State.RETURNED
    return State.ACTIVE


def past(silence: int, border: Borders) -> State:
    """Tell the state of a silence by the last border it is beyond."""
    if silence > border.lost:
        return State.LOST
    if silence > border.lapsed:
        return State.LAPSED
    if silence > border.at_risk:
        return State.AT_RISK
    return State.WATCH if silence > border.watch else State.ACTIVE


def was_lapse(*, gap: int | None, purchase_days: int, gap_mean: float | None, base_interval: float) -> bool:
    """Whether one of an account's gaps had been a lapse, judged by all its other gaps.

    Counted among them it would lengthen the interval it is held against, and hide itself.
    """
    if gap is None or gap_mean is None or gap <= FLOOR_DAYS:
        return False
    others = purchase_days - 2
    if not others:
        return gap > max(HORIZON_DAYS, 2 * base_interval)
    usual = (gap_mean * (purchase_days - 1) - gap + BASE_GAPS * base_interval) / (others + BASE_GAPS)
    return gap > 3 * max(usual, SHORTEST_INTERVAL)


def expected_by(*, last_purchase: date | None, purchase_days: int, gap_p95: float | None) -> date | None:
    """The last day on which the next purchase is still in time: 95 % of the account's own gaps, 30 days at least.

    None below four purchase days: there is no rhythm to be late against.
    """
    if last_purchase is None or gap_p95 is None or purchase_days < LEAST_PURCHASE_DAYS:
        return None
    return last_purchase + timedelta(days=int(max(FLOOR_DAYS, gap_p95)))


def days_late(*, expected: date | None, as_of: date) -> int:
    """Days since `expected_by`; 0 where it is not past or not known."""
    return max((as_of - expected).days, 0) if expected is not None else 0


def state_evidence(
    *,
    state: State,
    purchase_days: int,
    silence: int | None,
    age: int | None,
    gap_mean: float | None,
    gap_p95: float | None,
    base_interval: float,
    silences_as_long: int,
    as_of: date,
) -> Evidence:
    """Say why an account is in the state that `lapse_state` told: the silence, the rhythm, the border that decided.

    Parameters are those of `lapse_state`, and `silences_as_long`: own gaps of at least today's silence. `met` is True
    for the states that are no loss (new, active, returned).
    """
    if silence is None or age is None or state is State.NEVER:
        return Evidence("silence", False, None, None, say("returns only: not one day with a purchase"))
    border = borders(purchase_days=purchase_days, gap_mean=gap_mean, gap_p95=gap_p95, base_interval=base_interval)
    usual = expected_interval(gaps=purchase_days - 1, gap_mean=gap_mean, base_interval=base_interval)
    expected = expected_by(last_purchase=as_of - timedelta(days=silence), purchase_days=purchase_days, gap_p95=gap_p95)
    if expected is not None and gap_mean is not None and gap_p95 is not None:
        pace = _own_pace(silence, gap_mean, gap_p95, expected, silences_as_long, purchase_days - 1)
    else:
        pace = _borrowed_pace(silence, purchase_days, usual, base_interval)
    deciding = _deciding_border(state, border, usual)
    sentence = say("{pace}; {verdict}", pace=pace, verdict=_verdict(state, deciding, age))
    met = state in (State.NEW, State.ACTIVE, State.RETURNED)
    return Evidence("silence", met, float(silence), float(deciding), sentence)


def _own_pace(silence: int, mean: float, p95: float, expected: date, as_long: int, gaps: int) -> Message:
    return say(
        "silent for {n} day; buys every {mean} days on average, 95 % of its gaps within {p95} days; "
        "expected by {expected}; so long a silence in {as_long} of {gaps} gaps",
        "silent for {n} days; buys every {mean} days on average, 95 % of its gaps within {p95} days; "
        "expected by {expected}; so long a silence in {as_long} of {gaps} gaps",
        n=silence,
        mean=round(mean),
        p95=int(p95),
        expected=expected,
        as_long=as_long,
        gaps=gaps,
    )


def _borrowed_pace(silence: int, purchase_days: int, usual: float, base_interval: float) -> Message:
    if purchase_days == 1:
        return say(
            "bought on one day only, {n} day ago; the accounts that buy again do so every {base} days (median)",
            "bought on one day only, {n} days ago; the accounts that buy again do so every {base} days (median)",
            n=silence,
            base=round(base_interval),
        )
    return say(
        "silent for {n} day; {purchase_days} purchase days are too few for a rhythm of its own: expected every "
        "{usual} days, between its own gaps and the {base} days of all accounts",
        "silent for {n} days; {purchase_days} purchase days are too few for a rhythm of its own: expected every "
        "{usual} days, between its own gaps and the {base} days of all accounts",
        n=silence,
        purchase_days=purchase_days,
        usual=round(usual),
        base=round(base_interval),
    )


def _deciding_border(state: State, border: Borders, usual: float) -> int:
    """The border the silence has passed, or the next one ahead of it."""
    match state:
        case State.NEW:
            return int(2 * usual)
        case State.LOST:
            return int(border.lost)
        case State.LAPSED:
            return int(border.lapsed)
        case State.AT_RISK:
            return int(border.at_risk)
        case _:
            return int(border.watch)


def _verdict(state: State, border: int, age: int) -> Message:
    match state:
        case State.NEW:
            return say("new: first bought {age} days ago, new for {border} days", age=age, border=border)
        case State.ACTIVE:
            return say("active: up to {border} days of silence are usual", border=border)
        case State.RETURNED:
            return say(
                "returned: one of its last three gaps had been a lapse; up to {border} days of silence are usual",
                border=border,
            )
        case State.WATCH:
            return say("to be watched beyond {border} days", border=border)
        case State.AT_RISK:
            return say("at risk beyond {border} days", border=border)
        case State.LAPSED:
            return say("lapsed beyond {border} days", border=border)
        case _:
            return say("lost beyond {border} days", border=border)
