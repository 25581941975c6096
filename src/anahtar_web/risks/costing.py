"""What a loss costs, from the run that is shown: revenue, profit, share, and concentration with and without it."""

from collections.abc import Sequence
from dataclasses import dataclass

from anahtar_web.insight.models import Standing
from anahtar_web.risks.models import Case
from anahtar_web.risks.queries import outlook_of


@dataclass(frozen=True, slots=True)
class Cost:
    """What is gone.

    Parameters
    ----------
    revenue
        Of twelve months, in ten-thousandths: those the run shows, or, where it shows none, those to the last purchase.
    profit
        Of the same months; None: not known.
    share
        Of the company's revenue, that of the account included; None: there is no revenue.
    hhi_before, hhi_after
        Concentration of revenue with what is gone and without it, from 0 to 1.
    """

    revenue: int = 0
    profit: int | None = None
    share: float | None = None
    hhi_before: float | None = None
    hhi_after: float | None = None


def cost_of(case: Case) -> Cost:
    """Reckon it; three queries. Nothing is known of an account where no run shows figures."""
    standings = Standing.objects.filter(run__current=True, revenue__gt=0).exclude(account=case.account_id)
    others = [amount or 0 for amount in standings.values_list("revenue", flat=True)]
    own = Standing.objects.filter(run__current=True, account=case.account_id).first()
    outlook = outlook_of(case)
    revenue, profit, whole = _lost(case, own, outlook.at_stake if outlook else 0)
    if revenue <= 0:
        return Cost(max(revenue, 0), profit)
    return Cost(
        revenue=revenue,
        profit=profit,
        share=revenue / (sum(others) + whole),
        hhi_before=_hhi([*others, whole]),
        hhi_after=_hhi([*others, whole - revenue]),
    )


def _lost(case: Case, own: Standing | None, at_stake: int) -> tuple[int, int | None, int]:
    """Give what is gone, its profit, and what the account came to with it."""
    shown = own.revenue or 0 if own is not None else 0
    if case.direction:
        # Profit is not known by direction.
        return at_stake, None, max(shown, at_stake)
    if own is not None and shown > 0:
        return shown, own.profit, shown
    return at_stake, None, at_stake


def _hhi(amounts: Sequence[int]) -> float | None:
    # Only who records a loss loads the core's arrays.
    import numpy as np

    from anahtar.analysis.portfolio.concentrating import measured

    above = sorted((amount for amount in amounts if amount > 0), reverse=True)
    return measured(np.array(above, dtype=np.int64))["hhi"] if above else None
