"""The ways of telling who will stay away: the models, and what one would do without them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeAlias

import numpy as np

from anahtar.forecast.models import NAMES, Kind
from anahtar.forecast.numbers import Real, Whole
from anahtar.forecast.purchases import Known
from anahtar.words import Message, say


class Plain(StrEnum):
    """What needs no model; every one is always told beside the models."""

    RECENCY = "recency"
    RATIO = "recency_ratio"
    REVENUE = "revenue"


Way: TypeAlias = Kind | Plain

WAY_NAMES: Final[Mapping[Way, Message]] = {
    **{kind: NAMES[kind] for kind in Kind},
    Plain.RECENCY: say("days of silence"),
    Plain.RATIO: say("silence against the own mean interval"),
    Plain.REVENUE: say("revenue of the last year alone"),
}
"""What the ways are called."""


def plain_scores(live: Known, value: Whole) -> dict[Way, Real]:
    """Score accounts without a model; the higher, the surer to stay away.

    Parameters
    ----------
    live
        The accounts asked about.
    value
        What each of them spent in the year before.
    """
    silence, repeats = live.silence, live.histories.repeats
    interval = live.histories.recency / np.maximum(repeats, 1)
    # Who bought once has no interval: the median of the others.
    usual = float(np.median(interval[repeats > 0])) if (repeats > 0).any() else 1.0
    return {
        Plain.RECENCY: silence,
        Plain.RATIO: silence / np.where(repeats > 0, interval, usual),
        # The smaller, the likelier to stay away.
        Plain.REVENUE: -value.astype(np.float64),
    }
