"""The last gaps between purchases of the accounts that signals are told of, for the small chart."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final

import numpy as np

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import merged_codes, said_groups
from anahtar_web.insight.models import Run
from anahtar_web.insight.publishing import runs_folder
from anahtar_web.ledgers.queries import live_batches

if TYPE_CHECKING:
    from anahtar.forecast.purchases import Purchases
    from anahtar.forecast.shutdowns import Shutdowns

SHOWN: Final = 12
"""Gaps in the chart: the last ones."""

Asked = tuple[int, str]
"""Account and direction; an empty direction: the account as a whole."""


def last_gaps(run: Run, asked: Collection[Asked]) -> dict[Asked, list[int]]:
    """Give the last gaps, in days and without shutdowns, oldest first; nothing where the ledger is no longer there."""
    from anahtar.facts.keys import directions
    from anahtar.forecast.ledger import direction_purchases, ledger_purchases
    from anahtar.forecast.purchases import day_number
    from anahtar.forecast.shutdowns import shutdowns

    batches = live_batches() if asked else []
    if not batches or run.as_of is None:
        return {}
    codes = dict(Account.objects.filter(pk__in={account for account, _ in asked}).values_list("code", "pk"))
    merged, workspace = merged_codes(), runs_folder().parent / "facts"
    workspace.mkdir(exist_ok=True, mode=0o700)
    known = ledger_purchases(batches, as_of=run.as_of, workspace=workspace, merged=merged, groups=said_groups())
    closed = shutdowns(known.purchases, as_of=day_number(run.as_of))
    wanted = {(codes.get(code, 0), ""): at for at, code in enumerate(known.accounts["code"].to_pylist())}
    found = _gaps(known.purchases, closed, {one: at for one, at in wanted.items() if one in asked})
    if not any(direction for _, direction in asked):
        return found
    pairs = direction_purchases(batches, as_of=run.as_of, merged=merged)
    named = directions([folder for folder, _ in batches])
    names = {code: name[:200] for code, name in zip(named["code"].to_pylist(), named["name"].to_pylist(), strict=True)}
    rows = zip(pairs.pairs["account"].to_pylist(), pairs.pairs["direction"].to_pylist(), strict=True)
    places = {(codes.get(account, 0), names[direction]): at for at, (account, direction) in enumerate(rows)}
    return found | _gaps(pairs.purchases, closed, {one: at for one, at in places.items() if one in asked})


def _gaps(purchases: "Purchases", closed: "Shutdowns", wanted: Mapping[Asked, int]) -> dict[Asked, list[int]]:
    starts = np.searchsorted(purchases.account, list(wanted.values()), side="left")
    ends = np.searchsorted(purchases.account, list(wanted.values()), side="right")
    days = closed.opened(purchases.day)
    return {
        one: np.diff(days[max(start, end - SHOWN - 1) : end]).tolist()
        for one, start, end in zip(wanted, starts, ends, strict=True)
    }
