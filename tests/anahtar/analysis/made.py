"""Slices laid out by hand, of any size, without a ledger."""

from datetime import date

import numpy as np
import pyarrow as pa

from anahtar.analysis import Measure, Window
from anahtar.analysis.classing import abc_of, cell_of, xyz_of
from anahtar.analysis.slicing import SLICE, Slice, SliceAsked
from anahtar.analysis.slicing.slice import WORDS_OF


def made(accounts: int, seed: int = 0, *, largest: int = 10**9) -> Slice:
    """A slice of so many accounts: ties, losses, some silent now and some then, some new, some without a cost."""
    random = np.random.default_rng(seed)
    now, then = (_amounts(random, accounts, largest) for _ in range(2))
    with_line, with_line_then = random.random(accounts) < 0.8, random.random(accounts) < 0.7
    known = random.random(accounts) < 0.9
    value = np.where(with_line, now, 0)
    order = np.lexsort((np.arange(accounts), np.where(value > 0, -value, 1)))
    value, with_line, with_line_then, known = (one[order] for one in (value, with_line, with_line_then, known))
    then = np.where(with_line_then, then[order], 0)
    shares = _shares(value)
    ranked = value > 0
    asked = SliceAsked()
    abc = np.where(ranked, 0, np.where(with_line, 3, -1)).astype(np.int8)
    abc = abc_of(abc, shares["share_above"], asked.abc_cuts)
    cv = random.random(accounts) * 2
    beyond = np.where(ranked, random.choice([2, 3, 4, 5], accounts), -1).astype(np.int8)
    xyz = xyz_of(beyond, cv, asked.xyz_cuts)
    abc_then = np.where(with_line_then, np.where(then > 0, random.integers(0, 3, accounts), 3), -1).astype(np.int8)
    xyz_then = np.where(then > 0, random.integers(0, 6, accounts), -1).astype(np.int8)
    first = np.where(with_line_then, 2024 * 12, 2024 * 12 + random.integers(0, 24, accounts))
    columns = {
        "account_id": order,
        "code": [f"{at:06}" for at in order],
        "name": [f"Müşteri {at}" for at in order],
        "first_month": first,
        "revenue": pa.array(value * 3, mask=~with_line),
        "revenue_year_ago": then * 3,
        "profit": pa.array(value, mask=~(with_line & known)),
        "profit_year_ago": pa.array(then, mask=with_line_then & ~known),
        "revenue_with_cost": pa.array(value * 3, mask=~(with_line & known)),
        "revenue_with_cost_year_ago": pa.array(then * 3, mask=with_line_then & ~known),
        "value": pa.array(value, mask=~with_line),
        "value_year_ago": then,
        "change": pa.nulls(accounts, pa.float64()),
        "trend": pa.nulls(accounts, pa.float64()),
        "rank": pa.array(np.arange(1, accounts + 1), mask=~ranked),
        **{name: pa.array(share, mask=~ranked) for name, share in shares.items()},
        "abc": abc,
        "abc_year_ago": abc_then,
        "cv": pa.array(cv, mask=~ranked),
        "xyz": xyz,
        "xyz_beyond": beyond,
        "xyz_year_ago": xyz_then,
        "cell": cell_of(abc, xyz),
        "cell_year_ago": cell_of(abc_then, xyz_then),
        "last12": pa.FixedSizeListArray.from_arrays(pa.array(np.zeros(12 * accounts, np.int64)), 12),
    }
    return Slice(
        asked,
        date(2025, 12, 31),
        "TRY",
        Window(date(2025, 1, 1), date(2025, 12, 31)),
        Window(date(2024, 1, 1), date(2024, 12, 31)),
        Measure.PROFIT,
        {},
        pa.table([_column(columns[name], name) for name in SLICE.names], schema=SLICE),
    )


def _amounts(random: np.random.Generator, accounts: int, largest: int) -> np.ndarray:
    drawn = (largest / random.pareto(0.9, accounts).clip(1e-3) / 1000).astype(np.int64)
    return np.where(random.random(accounts) < 0.1, -drawn // 7, np.where(random.random(accounts) < 0.2, 100, drawn))


def _shares(value: np.ndarray) -> dict[str, np.ndarray]:
    counted = value.clip(0)
    reached = np.cumsum(counted).astype(float)
    total = reached.max(initial=1.0)
    return {
        "share": counted / total,
        "share_above": (reached - counted) / total,
        "cumulative_share": reached / total,
    }


def _column(values: object, name: str) -> pa.Array:
    if name in WORDS_OF:
        numbers = np.asarray(values)
        return pa.DictionaryArray.from_arrays(pa.array(numbers, mask=numbers < 0), pa.array(WORDS_OF[name]))
    return values if isinstance(values, pa.Array) else pa.array(values, SLICE.field(name).type)
