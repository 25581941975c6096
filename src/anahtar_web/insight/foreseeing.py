"""What an analysis foresees of accounts and of their directions, by the company's criterion and the best model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa

    from anahtar.analysis import AnalysisOptions
    from anahtar.engine import Engine
    from anahtar.forecast.backtest.results import Backtest
    from anahtar.forecast.foresight import Foresight
    from anahtar.forecast.models import Kind
    from anahtar.ledger.manifest import Manifest
    from anahtar.rules.lapse_criterion import LapseCriterion
    from anahtar.words import Message


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
    directions, pairs
        The same of accounts in directions: `account_id` is the row of `pairs` (account and direction, codes). None
        where the ledger names no directions.
    backtest
        How it would have been right; it chose the model. None: there is nothing to test on, and `refusal` says why.
    """

    criterion: "LapseCriterion"
    kind: "Kind"
    accounts: "Foresight"
    codes: Sequence[str]
    directions: "Foresight | None"
    pairs: "pa.Table | None"
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
        directions, pairs = _directions(batches, asked, as_of, engine, criterion, kind, accounts, on_progress)
    codes = known.accounts["code"].to_pylist()
    return Foreseen(criterion, kind, accounts, codes, directions, pairs, found, refusal)


def _directions(
    batches: "Sequence[tuple[Path, Manifest]]",
    asked: "AnalysisOptions",
    as_of: "date",
    engine: "Engine",
    criterion: "LapseCriterion",
    kind: "Kind",
    accounts: "Foresight",
    on_progress: Progress,
) -> "tuple[Foresight | None, pa.Table | None]":
    from anahtar.facts.keys import directions
    from anahtar.forecast.foresight import PAIR_DAYS, foresee
    from anahtar.forecast.ledger import direction_purchases

    if not directions([folder for folder, _manifest in batches]).num_rows:
        return None, None
    on_progress("directions", 0, 4)
    found = direction_purchases(batches, as_of=as_of, merged=asked.merged)
    # A horizon of their own: in a single direction everybody buys less often than in all of them together.
    foreseen = foresee(
        found.purchases,
        as_of=as_of,
        engine=engine,
        criterion=criterion,
        kind=kind,
        closed=accounts.closed,
        least_days=PAIR_DAYS,
        on_progress=lambda _stage, done, total: on_progress("directions", done, total),
    )
    return foreseen, found.pairs
