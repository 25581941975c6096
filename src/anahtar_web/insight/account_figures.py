"""What the pages of accounts show of the ledger: revenue beside names, from the standings of the current run."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet

from anahtar_web.accounts.figures import Figure, Figures
from anahtar_web.accounts.managers import AccountQuerySet
from anahtar_web.gate.answers import asked_once
from anahtar_web.insight.models import Run, Standing

if TYPE_CHECKING:
    from anahtar_web.accounts.models import Account
    from anahtar_web.people.models import User


class LedgerFigures(Figures):
    """Answers from the current run; who may see the accounts is the asker's question."""

    @property
    def currency(self) -> str:
        """What the run's money is in."""
        return Run.objects.filter(current=True).values_list("currency", flat=True).first() or ""

    def of(self, accounts: Collection[int]) -> Mapping[int, Figure]:
        """Give the figures of a page of accounts."""
        return {
            standing.account_id: Figure(
                revenue=standing.revenue,
                group_revenue=standing.group_revenue,
                orders=standing.orders,
                first_purchase=standing.first_purchase,
                last_purchase=standing.last_purchase,
                last12=tuple(standing.last12),
            )
            for standing in _standings(accounts)
        }

    def stats(self, account: "Account", user: "User") -> Sequence[Any]:
        """Give the figures above the pages of an account as the overview shows them."""
        from anahtar_web.insight.pages.account.stats import stats_of

        standing = _current().filter(account=account).select_related("run").first()
        if standing is None:
            return ()
        standing.account = account
        return stats_of(standing, user, standing.run)

    def chips(self, account: "Account") -> Sequence[Any]:
        """Give the words beside the name as the overview shows them."""
        from anahtar_web.accounts.queries import decision_on
        from anahtar_web.insight.pages.account.chips import chips_of

        return chips_of(account.pk, _standing(account.pk), decision_on(account))

    def revenues(self, accounts: "QuerySet[Account]") -> Mapping[int, int]:
        """Give the revenue of many accounts."""
        rows = _current().filter(account__in=accounts.values("pk"), revenue__isnull=False)
        return {account: revenue or 0 for account, revenue in rows.values_list("account", "revenue")}

    def largest(self, accounts: AccountQuerySet, limit: int) -> list[int]:
        """Give the accounts of the greatest revenue, then those of which the run says nothing."""
        rows = _current().filter(account__in=accounts.values("pk"))
        found = list(
            rows.order_by(F("revenue").desc(nulls_last=True), "account").values_list("account", flat=True)[:limit]
        )
        if len(found) < limit:
            found += super().largest(accounts.exclude(pk__in=found), limit - len(found))
        return found


def _current() -> "QuerySet[Standing]":
    return Standing.objects.filter(run__current=True)


def _standings(accounts: Collection[int]) -> "Sequence[Standing] | QuerySet[Standing]":
    if len(accounts) != 1:
        return _current().filter(account__in=accounts)
    standing = _standing(*accounts)
    return [standing] if standing is not None else []


def _standing(account: int) -> Standing | None:
    """Give the standing of one account; what stands above a page and the page itself ask for it once."""
    return asked_once("standing", account, ask=lambda: _current().filter(account=account).first())
