"""The purchase days of a ledger, from its batches."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from anahtar.engine import DuckdbEngine
from anahtar.facts.building import build_facts
from anahtar.facts.direction_days import Along, days_along
from anahtar.facts.merging import survivors
from anahtar.forecast.purchases import Purchases
from anahtar.ledger.manifest import Manifest


@dataclass(frozen=True, slots=True)
class LedgerPurchases:
    """All purchase days of a ledger and whose they are.

    Parameters
    ----------
    purchases
        With the accounts' ids.
    accounts
        account_id, code, name, group_code; the id is the row.
    """

    purchases: Purchases
    accounts: pa.Table


def ledger_purchases(
    batches: Sequence[tuple[Path, Manifest]],
    *,
    as_of: date,
    workspace: Path,
    by_group: bool = False,
    merged: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> LedgerPurchases:
    """Read on which days the accounts of a ledger bought: days with an invoice of positive total.

    Parameters
    ----------
    batches, workspace
        As for `analyze`.
    as_of
        Later lines do not exist.
    by_group, merged, groups
        As in `AnalysisOptions`.
    on_progress
        Called with `facts`, months done and months to do.

    Raises
    ------
    UnableToMerge
        The merges lead in a circle.
    """
    folders = [folder for folder, _ in batches]
    with DuckdbEngine([*folders, workspace], spill=workspace / "spill", threads=1) as engine:
        facts = build_facts(
            folders,
            workspace / "facts",
            as_of=as_of,
            engine=engine,
            on_month=None if on_progress is None else lambda done, total: on_progress("facts", done, total),
            merged=merged,
        ).grouped(groups or {})
        if by_group:
            facts = facts.by_group()
        return LedgerPurchases(Purchases.of(engine.rows(facts.account_day())), facts.accounts)


@dataclass(frozen=True, slots=True)
class PairPurchases:
    """Purchase days of accounts in directions.

    Parameters
    ----------
    purchases
        By pair: `account` is the row of `pairs`.
    pairs
        account and direction, codes.
    """

    purchases: Purchases
    pairs: pa.Table = field(repr=False)

    def of_several(self) -> "PairPurchases":
        """Leave out accounts that bought in one direction only: there it is the account itself."""
        who = self.pairs["account"].combine_chunks().dictionary_encode().indices.to_numpy()
        several = np.bincount(who, minlength=1)[who] > 1
        kept = self.purchases.kept(several[self.purchases.account])
        place = np.cumsum(several) - 1
        return PairPurchases(replace(kept, account=place[kept.account]), self.pairs.filter(pa.array(several)))


def direction_purchases(
    batches: Sequence[tuple[Path, Manifest]],
    *,
    as_of: date,
    along: Along = "directions",
    merged: Mapping[str, str] | None = None,
) -> PairPurchases:
    """Read on which days each account bought in each direction (or region, product, salesperson).

    Parameters are those of `ledger_purchases` and `anahtar.facts.direction_days.direction_days`.
    """
    ((_along, found),) = purchases_along(batches, as_of=as_of, kinds=(along,), merged=merged)
    return found


def purchases_along(
    batches: Sequence[tuple[Path, Manifest]],
    *,
    as_of: date,
    kinds: Sequence[Along],
    merged: Mapping[str, str] | None = None,
) -> Iterator[tuple[Along, PairPurchases]]:
    """Read the same along several kinds of direction, in one pass over the ledger; one kind at a time is held whole."""
    for along, days in days_along(batches, up_to=as_of, kinds=kinds, goes_on=survivors(merged or {})):
        yield along, _paired(days)


def _paired(days: pa.Table) -> PairPurchases:
    who = days["account"].combine_chunks().dictionary_encode().indices.to_numpy()
    what = days["direction"].combine_chunks().dictionary_encode().indices.to_numpy()
    new = np.ones(len(who), bool)
    new[1:] = (np.diff(who) != 0) | (np.diff(what) != 0)
    pair = np.cumsum(new) - 1
    numbered = pa.table(
        {"account_id": pa.array(pair, pa.int64()), "sold_on": days["sold_on"], "amount": days["amount"]}
    )
    return PairPurchases(Purchases.of(numbered), days.select(["account", "direction"]).filter(pa.array(new)))
