"""What a report reads beyond the portfolio page: the key accounts of a selection; who gets a report by mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import F, Q

from anahtar.analysis.slicing import Slice
from anahtar_web.accounts.models import KeyDecision, KeyStatus, Lineage
from anahtar_web.accounts.queries import decisions_of, managers_of
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.pages.portfolio import Asking
from anahtar_web.reports.models import Delivery, Subscription

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from anahtar_web.people.models import User

KEYS: Final = 25
"""Key accounts a document names; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class KeyAccount:
    """One account that people decided to be key, or that the ledger says is.

    Parameters
    ----------
    value, value_year_ago
        Of the measure in the months of the filter, its companies' included; None: nothing was bought.
    share
        Of the positive total of the selection.
    """

    standing: Standing
    decision: KeyDecision | None
    manager: "User | None"
    value: int | None
    value_year_ago: int | None
    share: float | None

    @property
    def change(self) -> float | None:
        """Growth in a year; None where there is nothing to hold it against."""
        then = self.value_year_ago
        return None if not then or then < 0 or self.value is None else self.value / then - 1


@dataclass(frozen=True, slots=True)
class KeyAccounts:
    """The largest of them, and how many there are."""

    rows: Sequence[KeyAccount]
    all: int

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.all - len(self.rows)


def key_accounts(asking: Asking, user: "User", run: Run, on: date, *, most: int = KEYS) -> KeyAccounts:
    """Give the key accounts of a selection, the largest first; a number of queries that does not depend on theirs."""
    found = _key(asking.asked.standings(asking.memory))
    sums = _sums(asking, found)
    order = (F("group_profit" if asking.asked.by_profit else "group_revenue").desc(nulls_last=True), "account")
    every = list(found.order_by(*order).values_list("account", flat=True))
    # By the months and lines of the filter: the largest of the run may have bought nothing in them.
    first = sorted(every, key=lambda account: -sums.get(account, (0, 0))[0])[:most]
    listed = {one.account_id: one for one in found.filter(account__in=first).select_related("account")}
    decisions, managers = decisions_of(first), managers_of(first, on)
    whole = asking.reckoned.portfolio.now.positive
    rows = [
        KeyAccount(listed[one], decisions.get(one), managers.get(one), *_told(sums.get(one), whole)) for one in first
    ]
    return KeyAccounts(rows, len(every))


def _key(standings: "QuerySet[Standing]") -> "QuerySet[Standing]":
    decided = KeyDecision.objects.filter(current=True)
    yes = decided.filter(status=KeyStatus.KEY).values("account")
    return standings.filter(Q(key=True) | Q(account__in=yes))


def _sums(asking: Asking, keys: "QuerySet[Standing]") -> dict[int, tuple[int, int]]:
    """Account -> what it and the companies below it came to now and a year ago, as far as the selection holds them."""
    below = Lineage.objects.filter(ancestor__in=keys.order_by().values("account")).order_by("pk")
    pairs = list(below.values_list("ancestor", "account__code"))
    portfolio = asking.reckoned.portfolio
    inside, known = np.isin(np.arange(len(portfolio.slice)), portfolio.rows), portfolio.slice.known("value")
    now, then = portfolio.slice.amounts("value"), portfolio.slice.amounts("value_year_ago")
    sums: dict[int, tuple[int, int]] = {}
    buying: set[int] = set()
    for (account, _code), row in zip(pairs, _rows_of(portfolio.slice, [code for _, code in pairs]), strict=True):
        if row is None or not inside[row]:
            continue
        told = sums.get(account, (0, 0))
        sums[account] = told[0] + int(now[row]), told[1] + int(then[row])
        if known[row]:
            buying.add(account)
    return {account: told for account, told in sums.items() if account in buying}


def _rows_of(found: Slice, codes: Sequence[str]) -> Sequence[int | None]:
    rows: list[int | None] = pc.index_in(pa.array(codes, pa.string()), value_set=found.table["code"]).to_pylist()
    return rows


def _told(sums: tuple[int, int] | None, whole: int) -> tuple[Any, Any, Any]:
    now, then = sums or (None, None)
    return now, then, now / whole if now is not None and now > 0 and whole > 0 else None


# Monthly reports -------------------------------------------------------------------------------------------------


def subscriptions_of(user: "User") -> "QuerySet[Subscription]":
    """Give the monthly reports a person gets, the oldest first."""
    return Subscription.objects.filter(person=user).order_by("created_at", "pk")


def deliveries_of(user: "User") -> dict[int, Delivery]:
    """Subscription -> the last mail that was asked for."""
    rows = Delivery.objects.filter(subscription__person=user).order_by("month", "pk")
    return {row.subscription_id: row for row in rows}
