"""Reading runs and standings; every read of a standing starts from the accounts a person may see."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from anahtar_web.accounts.managers import reached_by
from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import Field, Right
from anahtar_web.insight.models import Measure, Run, SavedView, Standing

if TYPE_CHECKING:
    from anahtar_web.people.models import User


def shown_run() -> tuple[Run | None, Run | None]:
    """Give the run the pages show and the analysis that was refused since, if any; one query for both."""
    last = list(Run.objects.filter(Q(current=True) | Q(refusal__isnull=False)).order_by("-current", "-pk")[:2])
    current = next((run for run in last if run.current), None)
    refused = next((run for run in last if not run.current and (current is None or run.pk > current.pk)), None)
    return current, refused


def current_run() -> Run | None:
    """Give the run the pages show; None before the first one."""
    return shown_run()[0]


def runs() -> "QuerySet[Run]":
    """Every analysis that came to an end, the latest first."""
    return Run.objects.filter(finished_at__isnull=False).select_related("by").order_by("-pk")


def standings_of(user: "User", run: Run) -> "QuerySet[Standing]":
    """Give the standings in a run of the accounts a person sees, without those that go on under another."""
    standings = Standing.objects.filter(run=run)
    if user.is_active and user.may(Right.SEE_ALL_ACCOUNTS):
        return standings.exclude(account__in=merged_accounts())
    return standings.filter(account__in=reached_by(user)).exclude(account__in=merged_accounts())


def merged_accounts() -> "QuerySet[Account, dict[str, Any]]":
    """Give the accounts that go on under another, to be left out.

    Said as what is left out, and as a range: joined with 100,000 accounts to find the few, or looked for as "not null",
    the page would wait for a look at each of them. Nobody gets to know of them by it: it only takes away.
    """
    return Account.objects.filter(merged_into__gt=0).values("pk")


QUIET: Final = ("watch", "at_risk", "lapsed")
"""States of accounts that are beyond their own rhythm, and not yet lost."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What some standings come to together.

    Parameters
    ----------
    profit
        None where no cost is known; pages leave it out for who does not see it.
    quiet
        Accounts beyond their own rhythm.
    """

    accounts: int
    revenue: int
    revenue_year_ago: int | None
    profit: int | None
    keys: int
    quiet: int

    @property
    def change(self) -> float | None:
        """Growth of the revenue in a year."""
        before = self.revenue_year_ago
        return None if not before or before < 0 else self.revenue / before - 1

    @property
    def margin(self) -> float | None:
        """Profit of the revenue."""
        return None if self.profit is None or self.revenue <= 0 else self.profit / self.revenue

    def without(self, other: "Totals") -> "Totals":
        """Leave some of the standings out again."""
        return Totals(
            self.accounts - other.accounts,
            self.revenue - other.revenue,
            None if self.revenue_year_ago is None else self.revenue_year_ago - (other.revenue_year_ago or 0),
            None if self.profit is None else self.profit - (other.profit or 0),
            self.keys - other.keys,
            self.quiet - other.quiet,
        )


def totals_of(standings: "QuerySet[Standing]") -> Totals:
    """Add standings up."""
    sums = standings.aggregate(
        accounts=Count("account"),
        revenue=Coalesce(Sum("revenue"), 0),
        revenue_year_ago=Sum("revenue_year_ago"),
        profit=Sum("profit"),
        keys=Count("account", filter=Q(key=True)),
        quiet=Count("account", filter=Q(state__in=QUIET)),
    )
    return Totals(**sums)


def totals_of_run(run: Run) -> Totals:
    """Add up all standings of a run: as they were counted when it was published, less what was merged since."""
    merged = Standing.objects.filter(run=run, account__in=merged_accounts())
    return Totals(**run.totals).without(totals_of(merged))


def hides_measure(user: "User", run: Run) -> bool:
    """Whether what accounts are ranked by is not for this person: profit, for who does not see it."""
    return run.measure == Measure.PROFIT and not user.sees(Field.PROFIT)


def knows_company(user: "User") -> bool:
    """Whether a person may know what the whole company sells.

    A share of it, beside the account's own revenue, tells it; so who sees only some accounts gets shares of those.
    """
    return user.may(Right.SEE_ALL_ACCOUNTS)


def saved_views(user: "User", page: SavedView.Page) -> list[SavedView]:
    """Give the views a person saved, by name."""
    return list(SavedView.objects.filter(person=user, page=page).order_by("name", "pk"))
