"""The bridge of whatever accounts somebody sees: of all as the run found it, of some as their rows add up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from django.db.models import Count, Q, QuerySet, Sum

from anahtar.metrics.loss.retention import Rate, Retention, retention
from anahtar_web.insight.models import Run
from anahtar_web.insight.queries import knows_company
from anahtar_web.losses.models import BridgeRow, LossReport
from anahtar_web.losses.queries import bridge_rows

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Bucket:
    """The accounts of one bucket, added up; money in ten-thousandths, below zero for what is lost."""

    accounts: int
    amount: int
    credits_only: int = 0


@dataclass(frozen=True, slots=True)
class Bridge:
    """From the revenue of one period to that of another.

    Parameters
    ----------
    buckets
        Every one, in the order of the bridge; their amounts come to the change of revenue.
    """

    revenue_before: int
    revenue: int
    buckets: Mapping[str, Bucket]
    retention: Retention

    @classmethod
    def told(cls, stored: Mapping[str, Any]) -> Self:
        """Read the one that a report keeps."""
        buckets = {
            name: Bucket(*(stored["buckets"][name][key] for key in ("accounts", "amount", "credits_only")))
            for name in BridgeRow.Bucket.values
        }
        kept = dict(stored["retention"])
        kept |= {name: Rate(**kept[name]) for name in ("logos", "gross", "net")}
        return cls(stored["revenue_before"], stored["revenue"], buckets, Retention(**kept))

    @property
    def change(self) -> int:
        """Revenue of now less that of before."""
        return self.revenue - self.revenue_before

    @property
    def rate(self) -> float | None:
        """The same as a part of before."""
        return self.revenue / self.revenue_before - 1 if self.revenue_before > 0 else None


def bridge_of(user: "User", run: Run, report: LossReport) -> Bridge | None:
    """Give the bridge of the accounts that a person sees; None where there is nothing to compare."""
    stored = report.told["bridge"]
    if stored is None:
        return None
    return Bridge.told(stored) if knows_company(user) else added(bridge_rows(user, run))


def added(rows: "QuerySet[BridgeRow]") -> Bridge:
    """Add rows up; what was kept of so few accounts is reckoned from these, bounds and all."""
    only = Q(bought_before=False, bought=False)
    sums = (
        rows.order_by()
        .values("bucket")
        .annotate(
            accounts=Count("pk"),
            before=Sum("revenue_before"),
            now=Sum("revenue"),
            credits_only=Count("pk", filter=only),
        )
    )
    by_bucket = {row["bucket"]: row for row in sums}
    nothing = {"accounts": 0, "before": 0, "now": 0, "credits_only": 0}
    found = {name: by_bucket.get(name, nothing) for name in BridgeRow.Bucket.values}
    return Bridge(
        revenue_before=sum(row["before"] for row in found.values()),
        revenue=sum(row["now"] for row in found.values()),
        buckets={
            name: Bucket(row["accounts"], row["now"] - row["before"], row["credits_only"])
            for name, row in found.items()
        },
        retention=_retention(rows),
    )


def _retention(rows: "QuerySet[BridgeRow]") -> Retention:
    # In an order that does not change: the accounts drawn for an interval must not depend on how rows came back.
    bought = rows.filter(bought_before=True).order_by("account")
    found = list(bought.values_list("revenue_before", "revenue", "bought"))
    before, now = (np.array([row[at] for row in found], np.int64) for at in (0, 1))
    return retention(before, now, np.array([row[2] for row in found], np.bool_))
