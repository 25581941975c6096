"""The models by name: which there are, what they are called, and how each is fitted."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from anahtar.forecast.fitting import Fit, Model, fit_geometric, fit_pareto, fit_regular
from anahtar.forecast.geometric import BetaGeometric
from anahtar.forecast.histories import Compressed, Histories
from anahtar.forecast.mixture import Mixture, fit_mixture
from anahtar.forecast.priors import LEAST_ACCOUNTS
from anahtar.words import Message, Refusal, say


class Kind(StrEnum):
    """The buy-till-you-die models of this room."""

    BG = "bg_nbd"
    MBG = "mbg_nbd"
    PARETO = "pareto_nbd"
    REGULAR = "mbg_cnbd_k"
    MIXTURE = "mixture_k"


class UnableToForeseeMonths(Refusal):
    """A ledger of months: who bought on how many days, and in what gaps, is not in it."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "All purchases of this ledger stand on one day of the month: it tells months, not days of purchase. A "
                "model of purchase days cannot speak of it; silence is held against each account's own rhythm alone. "
                "Read the ledger with its invoice dates, or choose the own rhythm or flat days."
            )
        )


class UnableToForesee(Refusal):
    """A base too small for any model: only the accounts' own rhythm can be told."""

    def __init__(self, accounts: int) -> None:
        super().__init__(
            say(
                "{n} account has bought up to this day. A model of the whole base needs {least}: until then silence is "
                "held against each account's own rhythm alone.",
                "{n} accounts have bought up to this day. A model of the whole base needs {least}: until then silence "
                "is held against each account's own rhythm alone.",
                n=accounts,
                least=LEAST_ACCOUNTS,
            )
        )
        self.accounts = accounts


NAMES: Final[Mapping[Kind, Message]] = {
    Kind.BG: say("BG/NBD"),
    Kind.MBG: say("MBG/NBD"),
    Kind.PARETO: say("Pareto/NBD"),
    Kind.REGULAR: say("MBG/CNBD-k"),
    Kind.MIXTURE: say("mixture over k"),
}
"""What the models are called, in the literature and here."""

_FIT: Final[Mapping[Kind, Callable[[Histories, Compressed | None], Fit[Model]]]] = {
    Kind.BG: lambda of, rows: fit_geometric(of, modified=False, compressed=rows),
    Kind.MBG: lambda of, rows: fit_geometric(of, compressed=rows),
    Kind.PARETO: lambda of, rows: fit_pareto(of, compressed=rows),
    Kind.REGULAR: lambda of, rows: fit_regular(of, compressed=rows),
    Kind.MIXTURE: lambda of, rows: fit_mixture(of, compressed=rows),
}


def fit(kind: Kind, histories: Histories, *, compressed: Compressed | None = None) -> Fit[Model]:
    """Fit a model to a whole base.

    Parameters
    ----------
    kind
        Which.
    histories
        Of every account that ever bought, those who bought once included: leaving them out teaches the model that
        everybody comes again.
    compressed
        What `compress(histories, with_place=True)` returned, where several models are fitted to one base.

    Raises
    ------
    UnableToForesee
        Fewer than `LEAST_ACCOUNTS` accounts.
    """
    if len(histories) < LEAST_ACCOUNTS:
        raise UnableToForesee(len(histories))
    return _FIT[kind](histories, compressed)


def told_regularity(model: Model) -> float | None:
    """The k of a model: of a mixture the average over the base, None where the model has none."""
    if isinstance(model, BetaGeometric):
        return float(model.k)
    if isinstance(model, Mixture):
        return float(sum(part.k * share for part, share in zip(model.parts, model.shares.tolist(), strict=True)))
    return None
