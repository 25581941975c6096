"""Losses as plain values for other programs: what `anahtar losses --json` writes.

Money is a decimal string with four places, shares are fractions, days ISO; keys are added over time, never renamed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from anahtar.analysis.losing.bridging import Bridge
from anahtar.analysis.losing.losses import Losses
from anahtar.analysis.losing.months import LostMonth
from anahtar.analysis.losing.places import PartialLoss, Place, Places
from anahtar.analysis.losing.stressing import Later, Stress
from anahtar.analysis.losing.winning_back import WinBack, WinningBack
from anahtar.metrics.loss.retention import Retention
from anahtar.metrics.loss.stress import LatePayment
from anahtar.money import to_decimal
from anahtar.words import Words


def losses_summary(losses: Losses, words: Words | None = None) -> dict[str, Any]:
    """The losses of a run, ready for `json.dumps`; the same for the same run, byte for byte.

    Parameters
    ----------
    words
        Language of the sentences under `evidence` and `criterion`; English where None.
    """
    words = words or Words("en")
    analysis = losses.analysis
    return {
        "as_of": analysis.as_of.isoformat(),
        "currency": analysis.ledger.currency,
        "by_group": analysis.options.by_group,
        "criterion": words(losses.criterion_words),
        "successors": [
            {"old": one.old, "new": one.new, "by": one.by, "evidence": [words(said) for said in one.evidence]}
            for one in losses.continued
        ],
        "bridge": None if losses.bridge is None else _bridge(losses.bridge),
        "price_volume_mix": {
            code: {name: _money(amount) for name, amount in asdict(change.parts).items()}
            for code, change in losses.taken_apart.items()
        },
        "months": [_month(one) for one in losses.months],
        "places": {str(dimension): _places(found) for dimension, found in losses.places.items()},
        "partial_losses": [_partial(one) for one in losses.partial],
        "stress": None if losses.stress is None else _stress(losses.stress),
        "late_payments": [_late(later, payment) for later, payment in losses.late],
        "win_back": _way_back(losses.way_back),
    }


def write_losses(losses: Losses, path: Path, words: Words) -> None:
    """Write `losses_summary` as UTF-8, indented."""
    text = json.dumps(losses_summary(losses, words), ensure_ascii=False, indent=2, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", errors="replace")


def _bridge(bridge: Bridge) -> dict[str, Any]:
    return {
        "before": {"start": bridge.before.start.isoformat(), "end": bridge.before.end.isoformat()},
        "window": {"start": bridge.window.start.isoformat(), "end": bridge.window.end.isoformat()},
        "revenue_before": _money(bridge.revenue_before),
        "revenue": _money(bridge.revenue),
        "buckets": {
            name: {"accounts": one.accounts, "credits_only": one.credits_only, "amount": _money(one.amount)}
            for name, one in bridge.buckets.items()
        },
        "retention": _retention(bridge.retention),
        "accounts": [
            {**row, **{name: _money(row[name]) for name in ("revenue_before", "revenue", "amount")}}
            for row in bridge.accounts.select(["code", "bucket", "revenue_before", "revenue", "amount"]).to_pylist()
        ],
    }


def _retention(found: Retention) -> dict[str, Any]:
    return {
        "accounts": found.accounts,
        "kept": found.kept,
        "revenue_before": _money(found.revenue_before),
        "revenue_kept": _money(found.revenue_kept),
        **{name: asdict(getattr(found, name)) for name in ("logos", "gross", "net")},
    }


def _month(one: LostMonth) -> dict[str, Any]:
    return {
        **asdict(one),
        "month": f"{one.month:%Y-%m}",
        "amount_then": _money(one.amount_then),
        "amount_now": _money(one.amount_now),
    }


def _places(found: Places) -> dict[str, Any]:
    return {
        "base": {"gone": found.base.lost, "of": found.base.of},
        "tested": found.tested,
        "places": [_place(one) for one in found.places],
    }


def _place(one: Place) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in ("code", "name", "accounts", "lost", "left")},
        **{name: _money(getattr(one, name)) for name in ("revenue_before", "revenue_lost", "revenue_left")},
        "rate": asdict(one.judged.rate),
        "band": {"low": one.judged.low, "high": one.judged.high},
        **{name: getattr(one.judged, name) for name in ("p", "p_holm", "verdict")},
    }


def _partial(one: PartialLoss) -> dict[str, Any]:
    return {
        **asdict(one),
        "dimension": str(one.dimension),
        "state": str(one.state),
        "last_purchase": one.last_purchase.isoformat(),
        "expected": one.expected.isoformat(),
        "revenue": _money(one.revenue),
    }


def _stress(stress: Stress) -> dict[str, Any]:
    return {
        "without": [{"code": shock.code, "direction": shock.direction} for shock in stress.shocks],
        "revenue": _money(stress.revenue),
        "lost": _money(stress.lost),
        "share_lost": stress.share_lost,
        "profit_lost": None if stress.profit_lost is None else _money(stress.profit_lost),
        **{
            when: {"top1": found.top[1], "top3": found.top[3], "hhi": found.hhi, "dependence": list(found.dependence)}
            for when, found in (("before", stress.before), ("after", stress.after))
        },
        "refill": {
            "together": stress.refill.together,
            "left": _money(stress.refill.left),
            "accounts": [
                {"code": one.code, "value": _money(one.value), "alone": one.alone, "amount": _money(one.amount)}
                for one in stress.refill.accounts
            ],
        },
    }


def _late(later: Later, payment: LatePayment) -> dict[str, Any]:
    return {
        "code": later.code,
        "days": later.days,
        "interest": later.interest_ppm / 1_000_000,
        "capital": _money(payment.capital),
        "interest_a_year": _money(payment.interest),
    }


def _way_back(found: WinningBack) -> dict[str, Any]:
    recovery = found.recovery
    return {
        "in_profit": found.in_profit,
        "closed": list(found.closed),
        "chances": {str(days): asdict(chance) for days, chance in found.shown.items()},
        "recovery": {
            "accounts": recovery.accounts,
            "share": recovery.share_ppm / 1_000_000,
            "assumed": recovery.is_assumed,
        },
        "accounts": _win_backs(found.accounts),
    }


def _win_backs(found: Sequence[WinBack]) -> list[Mapping[str, Any]]:
    money = ("revenue", "margin", "cost", "value", "low", "high")
    return [
        {
            **{name: getattr(one, name) for name in ("code", "name", "silence", "times_lost")},
            "last_purchase": one.last_purchase.isoformat(),
            "chance": asdict(one.chance),
            **{name: None if getattr(one, name) is None else _money(getattr(one, name)) for name in money},
        }
        for one in found
    ]


def _money(units: int) -> str:
    return str(to_decimal(units))
