"""What an analysis foresees of accounts and of their directions, by the company's criterion and the best model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    from anahtar.forecast.backtest.results import Backtest
    from anahtar.forecast.foresight import Foresight
    from anahtar.rules.lapse_criterion import LapseCriterion
    from anahtar.words import Message


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is to be expected on the day of the analysis.

    Parameters
    ----------
    criterion
        By which the company calls an account lapsed.
    accounts
        One row per account that ever bought; `account_id` is the place in `codes`.
    codes
        Codes of the accounts.
    directions, pairs
        The same of accounts in directions: `account_id` is the row of `pairs` (account and direction, codes). None
        where the ledger names no directions.
    backtest
        How it would have been right; it chose the model. None: there is nothing to test on, and `refusal` says why.
    """

    criterion: "LapseCriterion"
    accounts: "Foresight"
    codes: Sequence[str]
    directions: "Foresight | None"
    pairs: "pa.Table | None"
    backtest: "Backtest | None"
    refusal: "Message | None"
