"""What an analysis foresees of accounts and of their directions, by the company's criterion and the best model."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa

    from anahtar.analysis import AnalysisOptions
    from anahtar.engine import Engine
    from anahtar.facts.dimensions import Dimension
    from anahtar.forecast.backtest.results import Backtest
    from anahtar.forecast.foresight import Foresight
    from anahtar.forecast.models import Kind
    from anahtar.ledger.manifest import Manifest
    from anahtar.rules.lapse_criterion import LapseCriterion
    from anahtar.words import Message


@dataclass(frozen=True, slots=True)
class ForeseenAlong:
    """What is to be expected along one kind of direction.

    Parameters
    ----------
    dimension
        A product group (`direction`), `region` or `site`.
    foresight
        `account_id` is the row of `pairs`.
    pairs
        Account and direction, codes.
    """

    dimension: "Dimension"
    foresight: "Foresight"
    pairs: "pa.Table"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is to be expected on the day of the analysis.

    Parameters
    ----------
    criterion
        By which the company calls an account lapsed.
    kind
        The model the backtest chose, or the usual one.
    accounts
        One row per account that ever bought; `account_id` is the place in `codes`.
    codes
        Codes of the accounts.
    along
        The same of accounts in their product groups, regions and sites, as far as the ledger names any.
    backtest
        How it would have been right; it chose the model. None: there is nothing to test on, and `refusal` says why.
    """

    criterion: "LapseCriterion"
    kind: "Kind"
    accounts: "Foresight"
    codes: Sequence[str]
    along: "Sequence[ForeseenAlong]"
    backtest: "Backtest | None"
    refusal: "Message | None"


Progress = Callable[[str, int, int], None]


def foresee_all(
    batches: "Sequence[tuple[Path, Manifest]]",
    asked: "AnalysisOptions",
    *,
    as_of: "date",
    workspace: Path,
    criterion: "LapseCriterion",
    on_progress: Progress,
) -> Foreseen:
    """Choose the model by a backtest of the ledger and say what is to be expected of accounts and directions.

    Parameters
    ----------
    batches, workspace
        As for `analyze`; the facts in the workspace are those it left.
    asked
        Merges and groups are those of the analysis.
    as_of
        The analysis's own as-of day.
    criterion
        The company's.
    on_progress
        Called with `facts`, `backtest`, `foresight` or `directions`, what is done and its total.

    Raises
    ------
    DamagedBatch
        A file of a batch is missing or cannot be read.
    """
    from anahtar.analysis.lapsing import tested
    from anahtar.engine import DuckdbEngine
    from anahtar.forecast.foresight import foresee
    from anahtar.forecast.ledger import ledger_purchases
    from anahtar.forecast.models import Kind

    known = ledger_purchases(
        batches,
        as_of=as_of,
        workspace=workspace,
        by_group=asked.by_group,
        merged=asked.merged,
        groups=asked.groups,
        on_progress=on_progress,
    )
    found, refusal = tested(known.purchases, as_of, on_progress)
    kind = found.chosen if found else Kind.MIXTURE
    with DuckdbEngine([workspace], spill=workspace / "spill", threads=1) as engine:
        accounts = foresee(
            known.purchases, as_of=as_of, engine=engine, criterion=criterion, kind=kind, on_progress=on_progress
        )
        along = [*_along(batches, asked, as_of, engine, criterion, kind, accounts, on_progress)]
    codes = known.accounts["code"].to_pylist()
    return Foreseen(criterion, kind, accounts, codes, along, found, refusal)


def _along(
    batches: "Sequence[tuple[Path, Manifest]]",
    asked: "AnalysisOptions",
    as_of: "date",
    engine: "Engine",
    criterion: "LapseCriterion",
    kind: "Kind",
    accounts: "Foresight",
    on_progress: Progress,
) -> "Iterator[ForeseenAlong]":
    """Foresee along every kind of direction that the ledger names; its lines are read once for all of them."""
    from anahtar.facts.dimensions import Dimension
    from anahtar.facts.direction_days import Along
    from anahtar.facts.keys import dictionary
    from anahtar.forecast.foresight import PAIR_DAYS, foresee
    from anahtar.forecast.ledger import purchases_along

    told: dict[Along, Dimension] = {
        "directions": Dimension.DIRECTION,
        "regions": Dimension.REGION,
        "sites": Dimension.SITE,
    }
    kinds = [along for along in told if any(dictionary(folder, along).num_rows for folder, _manifest in batches)]
    horizon = None
    for at, (along, found) in enumerate(purchases_along(batches, as_of=as_of, kinds=kinds, merged=asked.merged)):
        dimension = told[along]
        # Who is supplied at one place only has no rhythm there but its own.
        bought = found if dimension is Dimension.DIRECTION else found.of_several()
        if not len(bought.purchases):
            continue
        foreseen = foresee(
            bought.purchases,
            as_of=as_of,
            engine=engine,
            criterion=criterion,
            kind=kind,
            # One of their own for all kinds: in a single direction everybody buys less often than in all together.
            horizon=horizon,
            closed=accounts.closed,
            least_days=PAIR_DAYS,
            on_progress=_part_of(on_progress, at, len(kinds)),
        )
        horizon = foreseen.horizon
        yield ForeseenAlong(dimension, foreseen, bought.pairs)


def _part_of(on_progress: Progress, at: int, parts: int) -> Progress:
    """Tell of the steps of one kind as of a part of all."""

    def tell(_stage: str, done: int, total: int) -> None:
        on_progress("directions", at * total + done, parts * total)

    return tell
