"""On time in full, counted by the database: by period, by direction, by days late, by line and by order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Avg, Case, Count, F, IntegerField, Q, Sum, Value, When
from django.db.models.functions import TruncMonth, TruncQuarter

from anahtar.rules.on_time import Score, Standing
from anahtar_web.deliveries.queries.lines import due, stands

if TYPE_CHECKING:
    from anahtar_web.accounts.belonging import BelongingQuerySet

BANDS: Final = ((1, 1), (2, 3), (4, 7), (8, 14), (15, 30), (31, None))
"""Days late, from and to."""

_TRUNCATED: Final = {"month": TruncMonth, "quarter": TruncQuarter}


def _counts(as_of: date, days: int) -> dict[str, Any]:
    return {
        name: Count("pk", filter=stands(standing, as_of, days))
        for name, standing in (("kept", Standing.KEPT), ("late", Standing.LATE), ("overdue", Standing.OVERDUE))
    }


def _score(row: dict[str, Any]) -> Score:
    kept, late, overdue = (int(row[name] or 0) for name in ("kept", "late", "overdue"))
    return Score(kept + late + overdue, kept, late, overdue)


@dataclass(frozen=True, slots=True)
class Totals:
    """What some lines come to.

    Parameters
    ----------
    lines, orders
        On time in full, by line and by order.
    open
        Lines whose day is still to come.
    moved
        Lines whose promise was moved.
    average
        Mean days late of the lines in full that were late; None where none was.
    """

    lines: Score
    orders: Score
    open: int
    moved: int
    average: float | None

    @property
    def in_full(self) -> float | None:
        """Share of what was due that is in full by now, late or not."""
        return (self.lines.kept + self.lines.late) / self.lines.due if self.lines.due else None


def score(found: "BelongingQuerySet", *, as_of: date, days: int) -> Score:
    """Count lines alone; one query."""
    return _score(found.order_by().aggregate(**_counts(as_of, days)))


def totals(found: "BelongingQuerySet", *, as_of: date, days: int) -> Totals:
    """Count lines and orders; two queries."""
    row = found.aggregate(
        **_counts(as_of, days),
        open=Count("pk", filter=stands(Standing.OPEN, as_of, days)),
        moved=Count("pk", filter=~Q(promised_now=F("promised_first"))),
        average=Avg("late_days", filter=stands(Standing.LATE, as_of, days)),
    )
    return Totals(_score(row), _orders(found, as_of, days), row["open"], row["moved"], row["average"])


def _orders(found: "BelongingQuerySet", as_of: date, days: int) -> Score:
    """One order is kept when all its lines are: the gravest of its lines speaks for it."""
    rows = (
        found.order_by()
        .values("customer", "order")
        .annotate(**_counts(as_of, days), waiting=Count("pk", filter=stands(Standing.OPEN, as_of, days)))
    )
    row = rows.aggregate(
        kept_orders=_sum_where(Q(overdue=0, late=0, waiting=0)),
        late_orders=_sum_where(Q(overdue=0, late__gt=0)),
        overdue_orders=_sum_where(Q(overdue__gt=0)),
    )
    return _score({name: row[f"{name}_orders"] for name in ("kept", "late", "overdue")})


def _sum_where(condition: Q) -> Sum:
    return Sum(Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField()))


def by_period(found: "BelongingQuerySet", period: str, *, as_of: date, days: int) -> dict[date, Score]:
    """Count the lines by the month (or quarter) of their first promised day; one query."""
    rows = (
        found.order_by()
        .annotate(period=_TRUNCATED[period]("promised_first"))
        .values("period")
        .annotate(**_counts(as_of, days))
        .order_by("period")
    )
    return {row["period"]: _score(row) for row in rows}


def by_direction(found: "BelongingQuerySet", *, as_of: date, days: int, most: int = 50) -> list[tuple[str, Score]]:
    """Count the lines by direction (empty: none is named), those with most due lines first; one query."""
    rows = (
        found.filter(due(as_of, days))
        .order_by()
        .values("direction")
        .annotate(all=Count("pk"), **_counts(as_of, days))
        .order_by("-all", "direction")[:most]
    )
    return [(row["direction"], _score(row)) for row in rows]


def by_days_late(found: "BelongingQuerySet", *, as_of: date, days: int) -> Sequence[tuple[int, int | None, int]]:
    """Count late and overdue lines by how many days they were or are late: from, to, lines; one query."""
    late = {f"band{at}": Count("pk", filter=_late(*band, as_of, days)) for at, band in enumerate(BANDS)}
    row = found.aggregate(**late)
    return [(first, last, row[f"band{at}"]) for at, (first, last) in enumerate(BANDS)]


def _late(first: int, last: int | None, as_of: date, days: int) -> Q:
    filled = stands(Standing.LATE, as_of, days) & Q(late_days__gte=first)
    waiting = stands(Standing.OVERDUE, as_of, days) & Q(promised_first__lte=as_of - timedelta(days=first))
    if last is not None:
        filled &= Q(late_days__lte=last)
        waiting &= Q(promised_first__gte=as_of - timedelta(days=last))
    return filled | waiting
