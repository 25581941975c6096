"""Likely to stay away: an account that is not late yet, and will probably buy nothing within the horizon.

Asked only of who has a rhythm (`LEAST_PURCHASE_DAYS`): of a buyer of one day the model says little but what it says of
all of them.
"""

from anahtar.rules.evidence import Evidence
from anahtar.rules.lapse_state import LEAST_PURCHASE_DAYS
from anahtar.words import Share, say


def staying_away(
    *, none_ahead: float | None, border: float, horizon: int, purchase_days: int, days_late: int
) -> Evidence:
    """Say whether an account will probably stay away although it is not late.

    Parameters
    ----------
    none_ahead
        Probability of no purchase within the horizon; None where there is no model.
    border
        Probability from which the company calls an account at risk.
    horizon
        Days ahead that the probability speaks of.
    """
    if none_ahead is None or purchase_days < LEAST_PURCHASE_DAYS or days_late:
        sentence = say("not asked: it takes a model, {least} purchase days and no delay", least=LEAST_PURCHASE_DAYS)
        return Evidence("staying_away", False, none_ahead, border, sentence)
    sentence = say(
        "buys nothing within {horizon} days with a probability of {none}; at risk from {border}; not late yet",
        horizon=horizon,
        none=Share(none_ahead, 0),
        border=Share(border, 0),
    )
    return Evidence("staying_away", none_ahead >= border, none_ahead, border, sentence)
