"""One account: what it is worth, how it buys, why it stands where it stands, and the way down to its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account, Lineage
from anahtar_web.insight.counted import companies_below
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.pages.account.chips import Chip, class_chip
from anahtar_web.insight.pages.account.header import Header, withheld
from anahtar_web.insight.pages.account.stats import lines_address
from anahtar_web.insight.queries import standings_of
from anahtar_web.insight.series import Course, Series, read
from anahtar_web.strategies.pages import AccountStrategy

if TYPE_CHECKING:
    from anahtar.report.explain import Section
    from anahtar_web.people.models import User

SHOWN_COMPANIES: Final = 100
TOLD: Final = ("class", "regularity", "types", "key", "state")
"""Topics of the explanation; the others stand on the page already."""


@dataclass(frozen=True, slots=True)
class Direction:
    """What the account buys in one line of business, against a year ago."""

    name: str
    revenue: int
    before: int | None
    part: float
    href: str
    href_before: str

    @property
    def difference(self) -> int | None:
        """Revenue of now less that of a year ago."""
        return None if self.before is None else self.revenue - self.before

    @property
    def change(self) -> float | None:
        """Growth in a year."""
        return None if not self.before or self.before < 0 else self.revenue / self.before - 1

    @property
    def stopped(self) -> bool:
        """Whether it bought here a year ago and buys no more."""
        return bool(self.name) and self.revenue <= 0 < (self.before or 0)

    @property
    def is_new(self) -> bool:
        """Whether it did not buy here a year ago."""
        return self.before == 0 and self.revenue > 0


@dataclass(frozen=True, slots=True)
class Company:
    """An account below, with its own figures."""

    account: Account
    standing: Standing
    chip: Chip | None


@dataclass(frozen=True, slots=True)
class Month:
    """A month and the lines behind it."""

    first: date
    revenue: int
    orders: int
    href: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What the ledger says of the account, those below it added where it has some.

    Parameters
    ----------
    more_companies
        How many companies are not listed.
    unreadable
        Months, directions and reasons are missing: the tables of the run are damaged or gone.
    """

    standing: Standing
    chart: Mapping[str, Any] | None
    months: Sequence[Month]
    directions: Sequence[Direction]
    sections: "Sequence[Section]"
    companies: Sequence[Company]
    more_companies: int
    unreadable: bool

    @classmethod
    def build(cls, standing: Standing, account: Account, user: "User", run: Run) -> Self:
        """Read the figures of a run."""
        companies = _companies(account, standing, user, run)
        # All of them, not only those listed: chart and directions are of what the figures above count.
        codes = [account.code, *(companies_below(account, user, run) if standing.companies else ())]
        series = read(run, codes, withheld=withheld(user))
        return cls(
            standing=standing,
            chart=_chart(series.course, run),
            months=_months(account, series.course),
            directions=_directions(account, series),
            sections=[section for section in series.sections if section.topic in TOLD],
            companies=companies,
            more_companies=max(standing.companies - len(companies), 0),
            unreadable=series.unreadable,
        )


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The template's contract; `figures` None: no line of the account, or no run since it was made."""

    head: Header
    strategy: AccountStrategy
    figures: Figures | None

    @classmethod
    def build(cls, account: Account, user: "User", run: Run | None, refused: Run | None) -> Self:
        """Read everything the page shows."""
        head = Header.build(account, user, run, refused, current="overview")
        cell = (head.standing.cell or "") if head.standing else ""
        return cls(
            head,
            AccountStrategy.build(account, head.decision, cell, user),
            Figures.build(head.standing, account, user, run) if run and head.standing else None,
        )


# Series ----------------------------------------------------------------------------------------------------------


def _chart(course: Sequence[Course], run: Run) -> Mapping[str, Any] | None:
    if not any(month.revenue or month.before for month in course):
        return None
    return {
        "months": [month.first for month in course],
        "now": [month.revenue for month in course],
        "before": [month.before for month in course],
        "now_name": _("These twelve months"),
        "before_name": _("A year earlier"),
        "currency": run.currency,
    }


def _months(account: Account, course: Sequence[Course]) -> Sequence[Month]:
    return [
        Month(month.first, month.revenue, month.orders, lines_address(account, month=f"{month.first:%Y-%m}"))
        for month in course
    ]


def _directions(account: Account, series: Series) -> Sequence[Direction]:
    largest = max((max(revenue, before or 0) for _name, revenue, before in series.directions), default=0)
    return [
        Direction(
            name=name,
            revenue=revenue,
            before=before,
            part=max(revenue, 0) / largest if largest > 0 else 0.0,
            href=lines_address(account, direction=name),
            href_before=lines_address(account, direction=name, before="yes"),
        )
        for name, revenue, before in series.directions
    ]


def _companies(account: Account, standing: Standing, user: "User", run: Run) -> Sequence[Company]:
    if not standing.companies:
        return ()
    below = Lineage.objects.filter(ancestor=account, distance__gt=0).values("account")
    rows = standings_of(user, run).filter(account__in=below).select_related("account").order_by("-revenue", "account")
    listed = [row for row in rows[: SHOWN_COMPANIES + 1] if row.account.in_ledger][:SHOWN_COMPANIES]
    return [Company(row.account, row, class_chip(row)) for row in listed]
