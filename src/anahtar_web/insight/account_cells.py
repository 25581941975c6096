"""What strategies ask of the ledger: in which cell of the matrix accounts stand, by the current run."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, F, Q, QuerySet

from anahtar_web.insight.models import Standing
from anahtar_web.insight.queries import current_run
from anahtar_web.insight.remembered import Memory
from anahtar_web.strategies.cells import Cells, Figures

if TYPE_CHECKING:
    from anahtar_web.accounts.models import Account
    from anahtar_web.people.models import User


MOST_BEHIND: Final = 2000
"""So many accounts whose conduct falls behind are looked at, the largest first."""


class LedgerCells(Cells):
    """Answers from the current run; who may see an account is the asker's question."""

    def of(self, account: "Account") -> str:
        """Give the cell of an account."""
        rows = Standing.objects.filter(run__current=True, account=account)
        return rows.values_list("cell", flat=True).first() or ""

    def count(self, user: "User", *, leaving_out: "QuerySet[Any, Any]") -> Mapping[str, int]:
        """Count the accounts a person sees by cell; remembered until something in the house changes."""
        run = current_run()
        if run is None:
            return {}
        memory = Memory.of(user, run)

        def count() -> dict[str, int]:
            rows = memory.standings().filter(cell__isnull=False).exclude(account__in=leaving_out)
            return dict(rows.order_by().values_list("cell").annotate(Count("pk")))

        return memory.recall("accounts by cell", make=count)

    def figures(self, user: "User", accounts: Collection[int]) -> Mapping[int, Figures]:
        """Give the figures of accounts a person sees."""
        run = current_run()
        if run is None or not accounts:
            return {}
        return _figures(Memory.of(user, run).standings().filter(account__in=list(accounts)))

    def behind(
        self, user: "User", before: Mapping[str, tuple[date | None, date | None]], *, leaving_out: Collection[int]
    ) -> Mapping[int, Figures]:
        """Give the largest accounts whose last touch or visit is too long ago for their cell, or that have none."""
        run = current_run()
        if run is None or not before:
            return {}
        late = Q()
        for cell, (touch, visit) in before.items():
            late |= Q(cell=cell) & (_too_long_ago("all_last_any", touch) | _too_long_ago("all_last_visit", visit))
        rows = Memory.of(user, run).standings().filter(late).exclude(account__in=list(leaving_out))
        return _figures(rows.order_by(F("revenue").desc(nulls_last=True), "account")[:MOST_BEHIND])

    def currency(self) -> str:
        """Give the currency of the current run."""
        run = current_run()
        return run.currency if run else ""


def _too_long_ago(field: str, before: date | None) -> Q:
    if before is None:
        return Q(pk__in=[])
    return Q(**{f"account__touch__{field}": None}) | Q(**{f"account__touch__{field}__lt": before})


def _figures(rows: "QuerySet[Standing]") -> Mapping[int, Figures]:
    found = rows.values_list("account", "cell", "revenue", "companies", "group_revenue")
    return {pk: Figures(cell or "", group if companies else own) for pk, cell, own, companies, group in found}
