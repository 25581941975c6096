"""Accounts that go on under another code, found among those that stopped and those that are new."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from anahtar.analysis.result import Analysis
from anahtar.facts.baskets import baskets
from anahtar.facts.merging import survivors
from anahtar.ledger.manifest import Manifest
from anahtar.metrics.succession import in_order, successions
from anahtar.rules.duplicates import Suggestion, successor
from anahtar.rules.lapse_state import State

LOOKED_AT: Final = 500
"""Accounts that stopped, the largest of the whole ledger first: a lost account worth little is not worth a question."""

_STOPPED: Final = (State.AT_RISK, State.LAPSED, State.LOST)
_LEAST_DAYS: Final = 4
"""Purchase days of an account that stopped; of a new one one less, so that it is found soon."""
_NEW_AFTER: Final = timedelta(days=60)
"""Who buys in the first days of the ledger may have bought before it began."""


def successors(batches: Sequence[tuple[Path, Manifest]], analysis: Analysis) -> list[Suggestion]:
    """Suggest accounts that stopped and go on under a new code.

    Parameters
    ----------
    batches
        As for `analyze`.
    analysis
        Their analysis by account; where groups are taken as accounts nothing is suggested.

    Returns
    -------
    list[Suggestion]
        Of kind `successor`, the account that stopped first; by score.
    """
    if analysis.options.by_group:
        return []
    stopped, begun = _stopped(analysis), _begun(analysis)
    bought = baskets(
        batches,
        in_order(stopped=stopped, begun=begun),
        up_to=analysis.as_of,
        goes_on=survivors(analysis.options.merged),
    )
    table = analysis.standings
    names = dict(zip(table["code"].to_pylist(), table["name"].to_pylist(), strict=True))
    found = [
        successor(
            codes=(one.old, one.new),
            names=(names[one.old], names[one.new]),
            last=stopped[one.old],
            first=begun[one.new],
            similarity=one.similarity,
            usual=one.usual,
            by_chance=one.by_chance,
        )
        for one in successions(bought, stopped=stopped, begun=begun)
    ]
    return sorted(found, key=lambda one: (-one.score, one.codes))


def _stopped(analysis: Analysis) -> dict[str, date]:
    table = analysis.standings
    quiet = pc.is_in(table["state"], value_set=pa.array([state.value for state in _STOPPED]))
    chosen = table.filter(pc.and_(quiet, pc.greater_equal(table["gaps"], _LEAST_DAYS - 1)))
    sums = analysis.months.group_by("account_id").aggregate([("revenue", "sum")])
    revenue = dict(zip(sums["account_id"].to_pylist(), sums["revenue_sum"].to_pylist(), strict=True))
    rows = chosen.select(["account_id", "code", "last_purchase"]).to_pylist()
    rows.sort(key=lambda row: (-(revenue.get(row["account_id"]) or 0), row["code"]))
    return {row["code"]: row["last_purchase"] for row in rows[:LOOKED_AT]}


def _begun(analysis: Analysis) -> dict[str, date]:
    table = analysis.standings
    fresh = pc.greater(table["first_purchase"], analysis.ledger.first_date + _NEW_AFTER)
    chosen = table.filter(pc.and_(fresh, pc.greater_equal(table["gaps"], _LEAST_DAYS - 2)))
    return dict(zip(chosen["code"].to_pylist(), chosen["first_purchase"].to_pylist(), strict=True))
