"""What a run finds of losses becomes rows: whatever belongs to an account by itself, the rest in one report."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db import models, transaction

from anahtar.analysis.losing.continuing import goes_on
from anahtar.analysis.losing.places import BOUGHT
from anahtar_web.accounts import bulk
from anahtar_web.accounts.models import Account
from anahtar_web.jobs.told import told
from anahtar_web.losses.models import BridgeRow, Continuation, Gone, Lapse, LossReport, PartialLoss, WayBack
from anahtar_web.losses.reckoning import reckon

if TYPE_CHECKING:
    from anahtar.analysis.losing.losses import Losses
    from anahtar.analysis.losing.places import Places
    from anahtar_web.insight.alongside import Analysed
    from anahtar_web.insight.models import Run

AT_ONCE: Final = 5000

PLACES_KEPT: Final = 50
"""Values kept of a dimension, those that weigh most first: a ledger may name fifty thousand products."""

Row = tuple[Any, ...]


def publish(analysed: "Analysed") -> None:
    """Find the losses of a run and write them."""
    # Not only those that stand alone: one may have been merged while the ledger was analysed.
    accounts = dict(Account.objects.order_by("pk").values_list("code", "pk"))
    write(reckon(analysed), analysed.run, accounts)


def write(found: "Losses", run: "Run", accounts: Mapping[str, int]) -> None:
    """Write the losses of a run.

    Parameters
    ----------
    accounts
        Code -> primary key.
    """
    bridge = found.bridge
    if bridge is not None and bridge.balance():
        raise AssertionError(f"the bridge of run {run.pk} is out of balance by {bridge.balance()}")
    periods = {} if bridge is None else {"window": bridge.window, "before": bridge.before}
    LossReport.objects.create(
        run=run,
        **{f"{name}_{end}": getattr(period, end) for name, period in periods.items() for end in ("start", "end")},
        told=told_of(found),
    )
    for model, columns, rows in _tables(found, accounts):
        waiting = ((run.pk, *row) for row in rows)
        while chunk := list(islice(waiting, AT_ONCE)):
            with transaction.atomic():
                bulk.insert(model, ("run_id", *columns), chunk)


def _tables(
    found: "Losses", accounts: Mapping[str, int]
) -> Iterator[tuple[type[models.Model], Sequence[str], Iterable[Row]]]:
    yield BridgeRow, ("account_id", *_BRIDGE), _bridge(found, accounts)
    yield Lapse, ("account_id", *_LAPSE), _lapses(found, accounts)
    yield PartialLoss, ("account_id", *_PARTIAL), _partial(found, accounts)
    yield Gone, ("account_id", "dimension", "code", "lost", "revenue_before"), _gone(found, accounts)
    yield Continuation, ("old_id", "new_id", "end_id", "by", "evidence"), _continued(found, accounts)
    yield WayBack, ("account_id", *_WAY_BACK), _ways_back(found, accounts)


# Rows of accounts --------------------------------------------------------------------------------------------------

_BRIDGE: Final = ("bucket", "revenue_before", "revenue", "bought_before", "bought")
_LAPSE: Final = ("bought_on", "lost_on", "returned_on", "purchases", "revenue")
_PARTIAL: Final = (
    *("dimension", "code", "name", "state", "last_purchase", "expected", "silence", "purchase_days", "gap_mean"),
    *("silences_as_long", "revenue", "counts"),
)
_WAY_BACK: Final = (
    *("last_purchase", "silence", "times_lost", "revenue", "margin", "chance", "chance_low", "chance_high", "value"),
)


def _bridge(found: "Losses", accounts: Mapping[str, int]) -> Iterator[Row]:
    if found.bridge is None:
        return
    table = found.bridge.accounts
    columns = (table[name].to_pylist() for name in ("code", *_BRIDGE))
    yield from ((accounts[code], *row) for code, *row in zip(*columns, strict=True))


def _lapses(found: "Losses", accounts: Mapping[str, int]) -> Iterator[Row]:
    columns = (found.lapses[name].to_pylist() for name in ("code", *_LAPSE))
    for code, bought, lost, back, purchases, revenue in zip(*columns, strict=True):
        days = (bought.isoformat(), lost.isoformat(), None if back is None else back.isoformat())
        yield (accounts[code], *days, purchases, revenue)


def _partial(found: "Losses", accounts: Mapping[str, int]) -> Iterator[Row]:
    for one in found.partial:
        named = (str(one.dimension), one.value[:300], one.value_name[:300], str(one.state))
        days = (one.last_purchase.isoformat(), one.expected.isoformat())
        pace = (one.silence, one.purchase_days, one.gap_mean, one.silences_as_long)
        yield (accounts[one.account], *named, *days, *pace, one.revenue, one.counts)


def _gone(found: "Losses", accounts: Mapping[str, int]) -> Iterator[Row]:
    """Of the places that a report keeps."""
    for dimension, places in found.places.items():
        kept = {one.code for one in _kept(places)}
        table = places.gone
        columns = (table[name].to_pylist() for name in ("account", "value", "lost", "revenue_before"))
        for code, value, lost, revenue in zip(*columns, strict=True):
            if value in kept:
                yield accounts[code], str(dimension), value[:300], lost, revenue


def _continued(found: "Losses", accounts: Mapping[str, int]) -> Iterator[Row]:
    ends = goes_on(found.continued)
    for one in found.continued:
        evidence = json.dumps([told(sentence) for sentence in one.evidence], ensure_ascii=False)
        yield (accounts[one.old], accounts[one.new], accounts[ends[one.old]], one.by, evidence)


def _ways_back(found: "Losses", accounts: Mapping[str, int]) -> Iterator[Row]:
    for one in found.way_back.accounts:
        chance = (one.chance.value, one.chance.low, one.chance.high)
        known = (one.last_purchase.isoformat(), one.silence, one.times_lost, one.revenue, one.margin)
        yield (accounts[one.code], *known, *chance, one.value)


# What is of the whole company ---------------------------------------------------------------------------------------


def told_of(found: "Losses") -> dict[str, Any]:
    """What a report keeps of the company as a whole: plain values, money in ten-thousandths, days ISO."""
    way_back = found.way_back
    return {
        "criterion": told(found.criterion_words),
        "bridge": _company(found),
        "apart": {code: asdict(change.parts) for code, change in found.taken_apart.items()},
        "months": [{**asdict(one), "month": one.month.isoformat()} for one in found.months],
        "places": {str(dimension): _places(places) for dimension, places in found.places.items()},
        "in_profit": way_back.in_profit,
        "chances": [{"days": days, **asdict(chance)} for days, chance in way_back.shown.items()],
        "recovery": {
            "accounts": way_back.recovery.accounts,
            "share": way_back.recovery.share_ppm / 1_000_000,
            "assumed": way_back.recovery.is_assumed,
        },
    }


def _company(found: "Losses") -> dict[str, Any] | None:
    bridge = found.bridge
    if bridge is None:
        return None
    return {
        "revenue_before": bridge.revenue_before,
        "revenue": bridge.revenue,
        "buckets": {name: asdict(one) for name, one in bridge.buckets.items()},
        "retention": asdict(bridge.retention),
    }


def _places(found: "Places") -> dict[str, Any]:
    return {
        "base": {"gone": found.base.lost, "of": found.base.of},
        "bought": found.dimension in BOUGHT,
        "tested": found.tested,
        "all": len(found.places),
        "places": [asdict(one) for one in _kept(found)],
    }


def _kept(found: "Places") -> Iterator[Any]:
    """Those outside the band whatever they weigh, and the weightiest of the others."""
    for at, one in enumerate(found.places):
        if at < PLACES_KEPT or one.judged.verdict in ("worse", "better"):
            yield one
