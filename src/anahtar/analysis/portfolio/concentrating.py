"""Concentration of some accounts: what `anahtar.metrics.concentration` measures, of values that are ranked already.

That module defines the figures; here a subset is measured without an engine. Tests hold the two against each other.
"""

from collections.abc import Mapping

import numpy as np

from anahtar.analysis.portfolio.chosen import Chosen
from anahtar.analysis.result import Concentration
from anahtar.analysis.slicing.slice import Places, Whole

# Told again and not imported: the metric brings the query compiler along, half a second that a page has no use for.
TOP = (1, 3, 5, 10, 20)
TOP_PERCENT = (1, 5, 10, 20)
WITHOUT = (1, 3, 5)
DEPENDENCE = 0.20
MONO_CLIENT = 0.50
PLACES = 12


def concentration(chosen: Chosen) -> Concentration:
    """How much of the chosen accounts' value hangs on how few of them."""
    values = chosen.positive()
    return _told(values, _dependences(chosen, values, chosen.rows[chosen.known("rank")], values))


def concentration_year_ago(chosen: Chosen) -> Concentration:
    """The same of the months a year ago."""
    then = chosen.amounts("value_year_ago")
    above = then > 0
    values = -np.sort(-then[above])
    return _told(values, _dependences(chosen, then[above], chosen.rows[above], values))


def _dependences(chosen: Chosen, values: Whole, rows: Places, ranked: Whole) -> list[tuple[str, float]]:
    """Codes and shares of those with a fifth or more, largest first, equal ones by code: five at most."""
    total = float(ranked.sum())
    found = np.flatnonzero(values.astype(np.float64) / max(total, 1.0) >= DEPENDENCE)
    table = chosen.slice.table.select(["account_id", "code"]).take(rows[found])
    told = zip((-values[found]).tolist(), table["account_id"].to_pylist(), table["code"].to_pylist(), strict=True)
    return [(code, -value / total) for value, _, code in sorted(told)]


def _told(values: Whole, dependences: list[tuple[str, float]]) -> Concentration:
    row = measured(values)
    n, hhi, gini = len(values), row["hhi"], row["gini"]
    return Concentration(
        customers_positive=n,
        total=int(row["total"]),
        top={k: row[f"top_{k}"] for k in TOP},
        top_percent={p: row[f"top_percent_{p}"] for p in TOP_PERCENT},
        hhi=hhi,
        hhi_normalised=(hhi - 1 / n) / (1 - 1 / n) if n > 1 else None,
        effective_number=1 / hhi if hhi else 0.0,
        gini=gini,
        gini_corrected=gini * n / (n - 1) if n > 1 else None,
        customers_for_50pct=int(row["customers_for_50pct"]),
        customers_for_80pct=int(row["customers_for_80pct"]),
        without={k: int(row[f"without_{k}"]) for k in WITHOUT},
        dependence=[code for code, _ in dependences],
        mono_client=next((code for code, share in dependences if share >= MONO_CLIENT), None),
    )


def measured(values: Whole) -> Mapping[str, float]:
    """The row of `anahtar.metrics.concentration`.

    Parameters
    ----------
    values
        Above zero, largest first.
    """
    n = len(values)
    if not n:
        return dict.fromkeys(_NAMES, 0.0)
    reached = np.cumsum(values)
    total = float(reached[-1])
    shares = values.astype(np.float64) / total
    above = (reached.astype(np.float64) - values.astype(np.float64)) / total
    upwards = np.arange(n, 0, -1, dtype=np.float64)
    return {
        "customers_positive": n,
        "total": int(reached[-1]),
        **{f"top_{k}": float(reached[min(k, n) - 1]) / total for k in TOP},
        **{f"top_percent_{p}": float(reached[(n * p + 99) // 100 - 1]) / total for p in TOP_PERCENT},
        "hhi": round(float((shares * shares).sum()), PLACES),
        "gini": round(float((upwards * shares).sum()) * 2.0 / n - (n + 1.0) / n, PLACES),
        "customers_for_50pct": int((above < 0.50).sum()),
        "customers_for_80pct": int((above < 0.80).sum()),
        **{f"without_{k}": int(reached[-1]) - int(reached[min(k, n) - 1]) for k in WITHOUT},
    }


_NAMES = (
    "customers_positive",
    "total",
    *(f"top_{k}" for k in TOP),
    *(f"top_percent_{p}" for p in TOP_PERCENT),
    "hhi",
    "gini",
    "customers_for_50pct",
    "customers_for_80pct",
    *(f"without_{k}" for k in WITHOUT),
)
