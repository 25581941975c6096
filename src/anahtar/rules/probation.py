"""Probation: an account that came back is held to tighter borders for a while, because who left once leaves again.

- It lasts for two of the account's own intervals, and for 90 days at least.
- Meanwhile a silence is too long beyond the 95th percentile of the account's own gaps divided by 1.5. Below four
  purchase days there is no percentile worth the name: beyond half the days of the flat lapse criterion.
- No border is below 15 days, half of what silence never counts within elsewhere (`anahtar.rules.lapse_state`).
"""

from datetime import date, timedelta
from math import ceil
from typing import Final

from anahtar.rules.evidence import Evidence
from anahtar.rules.lapse_state import FLOOR_DAYS, LEAST_PURCHASE_DAYS
from anahtar.words import Message, say

LEAST_DAYS: Final = 90
INTERVALS: Final = 2
TIGHTER: Final = 1.5
LEAST_BORDER: Final = FLOOR_DAYS // 2


def probation_ends(*, since: date, gap_mean: float | None) -> date:
    """The last day of probation.

    Parameters
    ----------
    since
        The day on which the account was back.
    gap_mean
        Mean of its own gaps in days; None without gaps.
    """
    return since + timedelta(days=max(LEAST_DAYS, ceil(INTERVALS * (gap_mean or 0))))


def probation_border(*, purchase_days: int, gap_p95: float | None, flat_days: int) -> int:
    """The longest silence, in whole days, that is still in order on probation.

    Parameters
    ----------
    purchase_days
        Days with a purchase, over the whole ledger.
    gap_p95
        95th percentile of the account's own gaps; None without gaps.
    flat_days
        Of the company's flat lapse criterion.
    """
    own = gap_p95 is not None and purchase_days >= LEAST_PURCHASE_DAYS
    days = gap_p95 / TIGHTER if own and gap_p95 is not None else flat_days / 2
    return max(LEAST_BORDER, int(days))


def silent_again(*, silence: int, purchase_days: int, gap_p95: float | None, flat_days: int) -> Evidence:
    """Say whether an account on probation has been silent for too long (`met`), and why."""
    border = probation_border(purchase_days=purchase_days, gap_p95=gap_p95, flat_days=flat_days)
    sentence = say(
        "on probation: silent for {n} day, up to {border} days are in order",
        "on probation: silent for {n} days, up to {border} days are in order",
        n=silence,
        border=border,
    )
    return Evidence("silence", silence > border, float(silence), float(border), sentence)


def bought_again(*, on: date, until: date) -> Message:
    """Say that a lost account is back."""
    return say("bought again on {day}; on probation until {until}", day=on, until=until)


def probation_passed(*, until: date, last: date) -> Message:
    """Say that an account has kept its rhythm."""
    return say("probation ended on {until}; active, last bought on {day}", until=until, day=last)
