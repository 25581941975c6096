"""Where accounts were lost: directions, regions, salespeople, products against the base rate; and what died alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import ibis
import pyarrow as pa

from anahtar.analysis.changes import account_of
from anahtar.analysis.losing.bridging import months_of
from anahtar.analysis.result import AnalysisOptions, Window
from anahtar.facts.dimensions import Dimension, DimensionLines
from anahtar.facts.facts import Facts
from anahtar.facts.keys import accounts, dictionary
from anahtar.facts.merging import survivors
from anahtar.metrics.loss.bridge import loss_bridge
from anahtar.metrics.loss.places import gone_by_value, loss_by_value, pair_revenue, pair_rhythm
from anahtar.metrics.loss.significance import Counted, Judged, against_base
from anahtar.metrics.rhythm import base_interval
from anahtar.rules.lapse_state import DEFAULT_INTERVAL, LEAST_PURCHASE_DAYS, State, expected_by, lapse_state
from anahtar.rules.same_silence import Part, told_once

BOUGHT: Final = (Dimension.DIRECTION, Dimension.PRODUCT)
"""Dimensions that are bought: who stopped buying there is gone from them, though still an account. Of a region or a
salesperson only lost accounts count: whoever is served by another one has not gone."""

GONE: Final = frozenset({State.LAPSED, State.LOST})
DIED: Final = (Dimension.DIRECTION, Dimension.REGION, Dimension.SITE)
"""Kinds of direction that die while the account lives."""

PLACES: Final = (Dimension.DIRECTION, Dimension.REGION, Dimension.SALESPERSON, Dimension.PRODUCT)
"""Dimensions whose values are held against the base rate. A site is of one account: that it is lost says nothing more
than that the account is."""

ALIVE: Final = frozenset({State.NEW, State.ACTIVE, State.WATCH, State.RETURNED})


@dataclass(frozen=True, slots=True)
class Place:
    """One value of a dimension.

    Parameters
    ----------
    code, name
        Of the value.
    accounts, lost, left
        Accounts that bought of it before; of them those lost altogether, and those that only left it.
    revenue_before, revenue_lost, revenue_left
        What these accounts bought of it before, in money units.
    judged
        `lost` (with `left`, where the dimension is bought) against the base rate.
    """

    code: str
    name: str
    accounts: int
    lost: int
    left: int
    revenue_before: int
    revenue_lost: int
    revenue_left: int
    judged: Judged


@dataclass(frozen=True, slots=True)
class Places:
    """A dimension, value by value.

    Parameters
    ----------
    dimension
        Which.
    base
        The base rate: lost accounts of all that bought before; where the dimension is bought, pairs of account and
        value that are gone, of all pairs.
    tested
        How many values were held against it: `Judged.p_holm` takes all of them into account.
    places
        Those whose losses weigh the most first, equal ones by code.
    gone
        Who is gone from where: account and value (codes), lost (False: it only left the value), revenue_before (of the
        value, money units); by value, the greatest revenue first. Who only left is in it where the dimension is bought.
    """

    dimension: Dimension
    base: Counted
    tested: int
    places: Sequence[Place]
    gone: pa.Table


@dataclass(frozen=True, slots=True)
class PartialLoss:
    """A direction that died while the account lives.

    Parameters
    ----------
    dimension
        Which kind of direction: a product group, a region or a site.
    account, value, value_name
        Codes of the account and of what it stopped buying, and the latter's name.
    state
        `lapsed` or `lost`, by the rhythm in which it bought there.
    last_purchase, silence, expected
        There: the last day, days since, and the day by which the next one had been due.
    purchase_days, gap_mean, silences_as_long
        There: how regular it was, and in how many of its gaps it had been as silent before.
    revenue
        Of the twelve months up to the last purchase there, in money units: what is lost by the year.
    counts
        False where a dearer or more specific row tells the same silence (`anahtar.rules.same_silence`): sums and lists
        of what there is to do leave it out.
    """

    dimension: Dimension
    account: str
    value: str
    value_name: str
    state: State
    last_purchase: date
    silence: int
    expected: date
    purchase_days: int
    gap_mean: float
    silences_as_long: int
    revenue: int
    counts: bool = True


def owners(
    batches: Sequence[Path], options: AnalysisOptions, facts: Facts, goes_on: Mapping[str, str]
) -> dict[str, int]:
    """The account_id in the facts under which the lines of each code count.

    Parameters
    ----------
    facts
        As `options` tell accounts, and `continued` by `goes_on`.
    goes_on
        Code -> the code under which the account goes on in this look at the ledger.
    """
    ends, ids = (
        survivors(options.merged),
        dict(zip(facts.accounts["code"].to_pylist(), facts.accounts["account_id"].to_pylist(), strict=True)),
    )
    groups: dict[str, str | None] = {}
    if options.by_group:
        told = accounts(batches, ends)
        groups = dict(zip(told["code"].to_pylist(), told["group_code"].to_pylist(), strict=True))
    found = {}
    for batch in batches:
        for code in dictionary(batch, "accounts")["code"].to_pylist():
            end = ends.get(code, code)
            shown = account_of(end, groups.get(end), options.groups) if options.by_group else end
            found[code] = ids[goes_on[shown] if goes_on.get(shown) in ids else shown]
    return found


def places_of(facts: Facts, lines: DimensionLines, *, window: Window, before: Window) -> Places:
    """Hold the losses at each value of a dimension against the base rate (`anahtar.metrics.loss.significance`)."""
    now, earlier = months_of(window), months_of(before)
    engine = facts.engine
    bridge = engine.keep(loss_bridge(facts.account_month(), window=now, before=earlier), "place_bridge")
    pairs = pair_revenue(lines.lines, window=now, before=earlier)
    rows = engine.rows(loss_by_value(pairs, bridge)).to_pylist()
    gone_rows = gone_by_value(pairs, bridge)
    bought = lines.dimension in BOUGHT
    who = engine.rows(gone_rows if bought else gone_rows.filter(gone_rows.lost))
    known = engine.rows(bridge.filter(bridge.bought_before).select("bucket"))["bucket"].to_pylist()
    engine.forget("place_bridge")
    gone = [Counted(row["lost"] + (row["left"] if bought else 0), row["accounts"]) for row in rows]
    base = Counted(sum(one.lost for one in gone), sum(one.of for one in gone))
    if not bought:
        base = Counted(known.count("lost"), len(known))
    judged = against_base(gone, base)
    codes, names = lines.values["code"].to_pylist(), lines.values["name"].to_pylist()
    found = [
        Place(codes[value], names[value], judged=verdict, **row)
        for row, verdict in zip(rows, judged, strict=True)
        for value in [row.pop("value_id")]
    ]
    found.sort(key=lambda one: (-(one.revenue_lost + (one.revenue_left if bought else 0)), one.code))
    return Places(lines.dimension, base, sum(one.p is not None for one in judged), found, _named(facts, lines, who))


def _named(facts: Facts, lines: DimensionLines, who: pa.Table) -> pa.Table:
    """Who is gone from where, by codes."""
    named = {
        "account": facts.accounts["code"].take(who["account_id"]),
        "value": lines.values["code"].take(who["value_id"]),
        "lost": who["lost"],
        "revenue_before": who["revenue_before"],
    }
    order = [("value", "ascending"), ("revenue_before", "descending"), ("account", "ascending")]
    return pa.table(named).sort_by(order)


def partial_losses(facts: Facts, lines: DimensionLines, states: Mapping[str, str], *, as_of: date) -> list[PartialLoss]:
    """Find what living accounts stopped buying, by the rhythm in which they bought it.

    The rules of the account's own silence (`anahtar.rules.lapse_state`) are asked of every pair of account and value
    with four purchase days or more; pairs with fewer have no rhythm that could break. Of regions and sites only
    accounts are looked at that bought in several: for others it is the account itself.

    Parameters
    ----------
    states
        Code -> state of the account; those that are neither lost nor on the way are looked at.

    Returns
    -------
    list[PartialLoss]
        The dearest first.
    """
    engine = facts.engine
    bought = lines.lines if lines.dimension in BOUGHT else _of_several(lines.lines)
    kept = engine.keep(pair_rhythm(bought, as_of=as_of), "pair_rhythm")
    interval = engine.rows(base_interval(kept))["days"][0].as_py() or DEFAULT_INTERVAL
    rows = engine.rows(kept.filter(kept.purchase_days >= LEAST_PURCHASE_DAYS))
    engine.forget("pair_rhythm")
    accounts_of_rows = facts.accounts["code"].take(rows["account_id"]).to_pylist()
    found = [
        loss
        for code, row in zip(accounts_of_rows, rows.to_pylist(), strict=True)
        if states.get(code) in ALIVE and (loss := _partial(code, row, interval, lines)) is not None
    ]
    return sorted(found, key=lambda one: (-one.revenue, one.account, one.value))


def _partial(code: str, row: Mapping[str, Any], interval: float, lines: DimensionLines) -> PartialLoss | None:
    state = lapse_state(
        purchase_days=row["purchase_days"],
        silence=row["silence"],
        age=row["age"],
        gap_mean=row["gap_mean"],
        gap_p95=row["gap_p95"],
        recent_longest=row["recent_longest"],
        base_interval=interval,
        ledger_age=row["age"],
    )
    expected = expected_by(
        last_purchase=row["last_purchase"], purchase_days=row["purchase_days"], gap_p95=row["gap_p95"]
    )
    if state not in GONE or expected is None:
        return None
    value, values = row["value_id"], lines.values
    return PartialLoss(
        dimension=lines.dimension,
        account=code,
        value=values["code"][value].as_py(),
        value_name=values["name"][value].as_py(),
        state=state,
        expected=expected,
        **{name: row[name] for name in ("last_purchase", "silence", "purchase_days", "gap_mean")},
        silences_as_long=row["silences_as_long"],
        revenue=row["revenue"],
    )


def _of_several(lines: ibis.Table) -> ibis.Table:
    """The lines of accounts that name several values."""
    named = lines.group_by("account_id").agg(values=lines.value_id.nunique())
    return lines.semi_join(named.filter(named["values"] > 1), "account_id")


def once(found: Sequence[PartialLoss]) -> list[PartialLoss]:
    """Mark the losses that show a silence another one tells already, account by account; the dearest first."""
    by_account: dict[str, list[PartialLoss]] = {}
    for one in found:
        by_account.setdefault(one.account, []).append(one)
    marked = []
    for losses in by_account.values():
        told = told_once([Part(str(one.dimension), one.last_purchase, one.gap_mean, one.revenue) for one in losses])
        marked += [replace(one, counts=at in told) for at, one in enumerate(losses)]
    return sorted(marked, key=lambda one: (-one.revenue, one.account, str(one.dimension), one.value))
