"""Stability: whether an account would be in the same class had the cuts or the window been a little different."""

from collections.abc import Mapping

import ibis

from anahtar.metrics.abc_class import Cuts, letter
from anahtar.metrics.grid import GRID as GRID
from anahtar.metrics.grid import SHIFTS as SHIFTS
from anahtar.metrics.grid import settings as settings


def stability(placed: ibis.Table, *, cuts: Cuts, shifts: Mapping[int, int]) -> ibis.Table:
    """Tell in how many of a small grid of settings each account keeps its class.

    Parameters
    ----------
    placed
        One row per account: reads account_id, and for each span in `shifts` span_N (value) and above_N
        (`share_above` of `abc_class`), both null where the account has no line in it.
    cuts
        Those of the analysis.
    shifts
        Months earlier -> number of the span; 0 is the analysis's own. Spans before the ledger are left out.

    Returns
    -------
    ibis.Table
        One row per account with a line in the window: account_id, stability (0-1; its own setting counts, so at
        least one over the settings).
    """
    own = _letter(placed, shifts[0], cuts)
    same = [
        (_letter(placed, span, other) == own).ifelse(1.0, 0.0).coalesce(0.0)
        for span in shifts.values()
        for other in settings(cuts)
    ]
    total = same[0]
    for one in same[1:]:
        total = total + one
    return placed.filter(own.notnull()).select("account_id", stability=total / float(len(same)))


def _letter(placed: ibis.Table, span: int, cuts: Cuts) -> ibis.Value:
    return letter(placed[f"span_{span}"], placed[f"above_{span}"], cuts)
