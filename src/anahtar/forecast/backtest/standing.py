"""One day of the backtest: what was known, what each way said, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anahtar.forecast.backtest.cuts import LIVE_DAYS
from anahtar.forecast.backtest.ways import Plain, Way, plain_scores
from anahtar.forecast.fitting import Fit, Model
from anahtar.forecast.histories import compress
from anahtar.forecast.models import Kind, fit
from anahtar.forecast.numbers import Real, Truth, Whole
from anahtar.forecast.purchases import Known, Purchases


@dataclass(frozen=True, slots=True)
class Stand:
    """What every way said on a day of the accounts live on it.

    Parameters
    ----------
    day
        `day_number`.
    live
        The accounts that had bought within the year before.
    stayed_away
        Who bought nothing within the horizon.
    value
        What each had spent in the year before, money units.
    fits
        The models as fitted on that day, to every account known.
    scores
        What each way said, the higher the surer to stay away; a probability for the models.
    """

    day: int
    live: Known
    stayed_away: Truth
    value: Whole
    fits: Mapping[Kind, Fit[Model]]
    scores: Mapping[Way, Real]


def stand(purchases: Purchases, day: int, horizon: int, kinds: Sequence[Kind]) -> Stand:
    """Stand on a day, knowing nothing later, and say of every live account whether it will come.

    Raises
    ------
    UnableToForesee
        Fewer accounts had bought up to the day than a model needs.
    """
    known = purchases.known(day)
    rows = compress(known.histories, with_place=True)
    fits = {kind: fit(kind, known.histories, compressed=rows) for kind in kinds}
    live = known.chosen(known.last > day - LIVE_DAYS)
    value = purchases.spent(live.account, day - LIVE_DAYS + 1, day)
    scores: dict[Way, Real] = {kind: one.model.none_within(live.histories, horizon) for kind, one in fits.items()}
    scores |= plain_scores(live, value)
    # The only look beyond the day, and none of the above sees it.
    stayed_away = ~purchases.came(live.account, day + 1, day + horizon)
    return Stand(day, live, stayed_away, value, fits, scores)


def score_of_value(way: Way, score: Real, value: Whole) -> Real:
    """What the list by money is ordered by, before it is multiplied by the value: of revenue alone, nothing more."""
    return score if way is not Plain.REVENUE else (value > 0).astype(float)
