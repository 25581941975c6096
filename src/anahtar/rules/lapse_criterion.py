"""The lapse criterion: by which of four rules a company calls an account lost, and what it says of one account.

- *flat*: so many days of silence, the same for everybody: lapsed beyond them, and the borders before and after in the
  proportions of the own rhythm (`flat_borders`).
- *rhythm*: each account's own rhythm (`anahtar.rules.lapse_state`).
- *probability*: how likely the account is to buy nothing within the horizon (`anahtar.forecast`).
- *combined*: watched by its rhythm, at risk and lapsed by probability or beyond three of its intervals, lost by time.

Whichever it is, a silence of up to 30 days is no sign of anything, an account is new before it is silent, and a
seasonal one is not late before its next season has passed. A probability that is not known (a base too small for a
model) leaves the rhythm to decide.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from anahtar.rules.evidence import Evidence
from anahtar.rules.lapse_state import (
    FLOOR_DAYS,
    SHORTEST_INTERVAL,
    YEAR_DAYS,
    Borders,
    State,
    borders,
    days_late,
    expected_by,
    expected_interval,
    lapse_state,
    past,
    state_evidence,
)
from anahtar.rules.season import Season, season_ends
from anahtar.words import Message, Share, say


class Criterion(StrEnum):
    """What silence is held against."""

    FLAT = "flat"
    RHYTHM = "rhythm"
    PROBABILITY = "probability"
    COMBINED = "combined"


@dataclass(frozen=True, slots=True)
class LapseCriterion:
    """A company's choice.

    Parameters
    ----------
    kind
        Which rule.
    flat_days
        Days of silence beyond which an account has lapsed by the flat rule, and is lost to the company
        (`anahtar.analysis.losing.criterion.FlatDays`); the other borders follow from them (`flat_borders`).
    at_risk, lapsed
        Probabilities of no purchase within the horizon from which an account is at risk, and lapsed.
    """

    kind: Criterion = Criterion.RHYTHM
    flat_days: int = 90
    at_risk: float = 0.30
    lapsed: float = 0.50


CRITERION_NAMES: Final[dict[Criterion, Message]] = {
    Criterion.FLAT: say("the same days of silence for everybody"),
    Criterion.RHYTHM: say("each account's own rhythm"),
    Criterion.PROBABILITY: say("the probability of no purchase"),
    Criterion.COMBINED: say("rhythm, probability and time together"),
}
"""What the rules are called."""


class Silence(NamedTuple):
    """What is known of one account, or of one account in one direction, on a day.

    Days on which the whole base was silent are taken out of all of it (`anahtar.forecast.shutdowns`).

    Parameters
    ----------
    purchase_days, silence, age, gap_mean, gap_p95, recent_longest
        As for `lapse_state`.
    silences_as_long
        Own gaps of at least today's silence.
    last_purchase
        The day; None without one.
    none_ahead
        Probability of no purchase within the horizon, 0-1; None where no model tells it.
    season
        Its season; None where it has none, or where nobody can tell yet.
    """

    purchase_days: int
    silence: int | None
    age: int | None
    gap_mean: float | None
    gap_p95: float | None
    recent_longest: int | None
    silences_as_long: int
    last_purchase: date | None
    none_ahead: float | None = None
    season: Season | None = None


class Judged(NamedTuple):
    """What the criterion says.

    Parameters
    ----------
    state
        The state.
    expected_by
        The last day on which the next purchase is in time; None where there is no rhythm and no border.
    days_late
        Days since then; 0 where it is not past.
    evidence
        Why, in a sentence: the silence, in how many of its gaps it was as long, what decided.
    """

    state: State
    expected_by: date | None
    days_late: int
    evidence: Evidence


def judge(
    of: Silence,
    *,
    by: LapseCriterion,
    base_interval: float,
    ledger_age: int,
    as_of: date,
    horizon: int,
    closed: int = 0,
) -> Judged:
    """Say what an account's silence means by the company's criterion.

    Parameters
    ----------
    of
        What is known of it.
    by
        The criterion.
    base_interval, ledger_age
        As for `lapse_state`.
    as_of
        The day.
    horizon
        Days ahead that `none_ahead` speaks of.
    closed
        Days of a shutdown within the silence; they push the expected day back.
    """
    by_rhythm = _rhythm(of, base_interval, ledger_age)
    state = _state(of, by, by_rhythm, base_interval)
    expected = _expected(of, by, closed)
    if of.season is not None and of.last_purchase is not None and state not in (State.NEVER, State.NEW):
        ends = season_ends(of.season, last_purchase=of.last_purchase)
        expected = max(expected or ends, ends)
        if as_of <= expected and state is not State.RETURNED:
            state = State.ACTIVE
    late = days_late(expected=expected, as_of=as_of)
    return Judged(state, expected, late, _evidence(of, by, state, expected, base_interval, as_of, horizon))


def _rhythm(of: Silence, base_interval: float, ledger_age: int) -> State:
    return lapse_state(
        purchase_days=of.purchase_days,
        silence=of.silence,
        age=of.age,
        gap_mean=of.gap_mean,
        gap_p95=of.gap_p95,
        recent_longest=of.recent_longest,
        base_interval=base_interval,
        ledger_age=ledger_age,
    )


_NO_SILENCE: Final = (State.NEVER, State.NEW)


def _state(of: Silence, by: LapseCriterion, by_rhythm: State, base_interval: float) -> State:
    decides = by.kind if of.none_ahead is not None or by.kind is Criterion.FLAT else Criterion.RHYTHM
    if by_rhythm in _NO_SILENCE or decides is Criterion.RHYTHM or of.silence is None:
        return by_rhythm
    told = max(_usual(of, base_interval), SHORTEST_INTERVAL)
    state = past(of.silence, flat_borders(by.flat_days))
    if decides is not Criterion.FLAT:
        state = _likely(of, by, told, base_interval, watches=decides is Criterion.COMBINED)
    # Back from a lapse: said as long as nothing new is amiss.
    return State.RETURNED if state is State.ACTIVE and by_rhythm is State.RETURNED else state


def flat_borders(days: int) -> Borders:
    """The longest silence, in days, that is not yet the state, where everybody is allowed the same days.

    The days are what an account lapses beyond: what three expected intervals are to the own rhythm. So it is watched
    beyond half of them and at risk beyond two thirds, as the rhythm does after 1.5 and 2 intervals, and lost beyond
    four thirds and a year.
    """
    at_risk = max(FLOOR_DAYS, days * 2 // 3)
    return Borders(max(FLOOR_DAYS, days // 2), at_risk, max(at_risk, days), max(YEAR_DAYS, days * 4 // 3))


def _likely(of: Silence, by: LapseCriterion, usual: float, base_interval: float, *, watches: bool) -> State:
    silence, none = of.silence or 0, of.none_ahead or 0.0
    if silence > max(YEAR_DAYS, 4 * usual):
        return State.LOST
    if silence <= FLOOR_DAYS:
        return State.ACTIVE
    if none >= by.lapsed or (watches and of.purchase_days > 1 and silence > 3 * usual):
        return State.LAPSED
    if none >= by.at_risk:
        return State.AT_RISK
    return State.WATCH if watches and silence > _watch(of, base_interval) else State.ACTIVE


def _watch(of: Silence, base_interval: float) -> float:
    return borders(
        purchase_days=of.purchase_days, gap_mean=of.gap_mean, gap_p95=of.gap_p95, base_interval=base_interval
    ).watch


def _usual(of: Silence, base_interval: float) -> float:
    return expected_interval(gaps=of.purchase_days - 1, gap_mean=of.gap_mean, base_interval=base_interval)


def _expected(of: Silence, by: LapseCriterion, closed: int) -> date | None:
    if of.last_purchase is None:
        return None
    if by.kind is Criterion.FLAT:
        return of.last_purchase + timedelta(days=by.flat_days + closed)
    expected = expected_by(last_purchase=of.last_purchase, purchase_days=of.purchase_days, gap_p95=of.gap_p95)
    return None if expected is None else expected + timedelta(days=closed)


def _evidence(
    of: Silence,
    by: LapseCriterion,
    state: State,
    expected: date | None,
    base_interval: float,
    as_of: date,
    horizon: int,
) -> Evidence:
    if of.silence is None or of.age is None or state is State.NEVER:
        return Evidence("silence", False, None, None, say("returns only: not one day with a purchase"))
    if by.kind is Criterion.RHYTHM or (of.none_ahead is None and by.kind is not Criterion.FLAT):
        told = state_evidence(
            state=state,
            purchase_days=of.purchase_days,
            silence=of.silence,
            age=of.age,
            gap_mean=of.gap_mean,
            gap_p95=of.gap_p95,
            base_interval=base_interval,
            silences_as_long=of.silences_as_long,
            as_of=as_of,
        )
        return told if of.season is None else _seasonal(told, of.season, expected)
    pace = say(
        "silent for {n} day, as long as in {as_long} of its {gaps} gaps",
        "silent for {n} days, as long as in {as_long} of its {gaps} gaps",
        n=of.silence,
        as_long=of.silences_as_long,
        gaps=of.purchase_days - 1,
    )
    met = state in (State.NEW, State.ACTIVE, State.RETURNED)
    if by.kind is Criterion.FLAT:
        sentence = say("{pace}; {border} days are allowed to everybody", pace=pace, border=by.flat_days)
        return Evidence("silence", met, float(of.silence), float(by.flat_days), sentence)
    sentence = say(
        "{pace}; buys nothing within {horizon} days with a probability of {none} (at risk from {at_risk}, lapsed from "
        "{lapsed})",
        pace=pace,
        horizon=horizon,
        none=Share(of.none_ahead or 0.0, 0),
        at_risk=Share(by.at_risk, 0),
        lapsed=Share(by.lapsed, 0),
    )
    told = Evidence("silence", met, of.none_ahead, by.at_risk, sentence)
    return told if of.season is None else _seasonal(told, of.season, expected)


def _seasonal(told: Evidence, season: Season, expected: date | None) -> Evidence:
    if expected is None:
        return told
    sentence = say(
        "{told}; seasonal: {share} of its revenue falls in {months} months of the year, so it is late only after "
        "{expected}",
        told=told.sentence,
        share=Share(season.share, 0),
        months=len(season.months),
        expected=expected,
    )
    return Evidence(told.criterion, told.met, told.value, told.border, sentence)
