"""Purchase days of all accounts, in order: the only thing of a ledger that the models read."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anahtar.forecast.histories import Histories
from anahtar.forecast.numbers import Real, Truth, Whole

_EPOCH: Final = date(1970, 1, 1)

LEAST_MONTHS: Final = 6
"""Different purchase days from which one can tell whether a ledger names days or only months."""


def day_number(day: date) -> int:
    """A day as a whole number; differences are days."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The day of a number."""
    return _EPOCH + timedelta(days=number)


@dataclass(frozen=True, slots=True)
class Purchases:
    """One row per account and purchase day, by account and then by day.

    Parameters
    ----------
    account
        Whole numbers from 0.
    day
        `day_number` of the day.
    amount
        What was bought on it, money units; above zero, or it is no purchase day.
    """

    account: Whole
    day: Whole
    amount: Whole

    @classmethod
    def of(cls, days: pa.Table) -> Self:
        """Take the facts' account days (`account_id`, `sold_on`, `amount`), in any order.

        Days whose amount is not above zero are no purchases and are left out; rows of one account and day are one.
        """
        account = days["account_id"].to_numpy().astype(np.int64)
        day = pc.cast(days["sold_on"], pa.int32()).to_numpy().astype(np.int64)
        amount = days["amount"].to_numpy().astype(np.int64)
        order = np.lexsort((day, account))
        account, day, amount = account[order], day[order], amount[order]
        new = np.ones(len(day), bool)
        new[1:] = (np.diff(account) != 0) | (np.diff(day) != 0)
        starts = np.flatnonzero(new)
        summed = np.add.reduceat(amount, starts) if len(starts) else amount
        bought = summed > 0
        return cls(account[starts][bought], day[starts][bought], summed[bought])

    def __len__(self) -> int:
        return len(self.day)

    def kept(self, rows: Truth) -> "Purchases":
        """Some of the rows."""
        return Purchases(self.account[rows], self.day[rows], self.amount[rows])

    def up_to(self, day: int) -> "Purchases":
        """What was known on a day; later purchases do not exist."""
        return self.kept(self.day <= day)

    def gaps(self) -> tuple[Whole, Whole]:
        """Whose each gap is, and its days; in the order of the rows."""
        same = self.account[1:] == self.account[:-1]
        return self.account[1:][same], np.diff(self.day)[same]

    def known(self, day: int) -> "Known":
        """Tell what had been seen of every account up to a day."""
        seen = self.up_to(day)
        new = np.ones(len(seen), bool)
        new[1:] = np.diff(seen.account) != 0
        starts = np.flatnonzero(new)
        counts = np.diff(np.concatenate([starts, [len(seen)]]))
        ends = starts + counts - 1
        first, last = seen.day[starts], seen.day[ends]
        steps = np.ones(len(seen))
        steps[1:] = np.where(new[1:], 1, np.diff(seen.day))
        logs = np.add.reduceat(np.log(steps), starts) if len(starts) else steps
        return Known(
            seen.account[starts],
            last,
            Histories(counts - 1, (last - first).astype(np.float64), (day - first).astype(np.float64), logs),
        )

    def are_months(self) -> bool:
        """Whether the ledger tells months, not days: all purchases on one day of the month, or all on its last.

        In fewer than `LEAST_MONTHS` days that may be chance.
        """
        days = np.unique(self.day).astype("datetime64[D]")
        if len(days) < LEAST_MONTHS:
            return False
        of_month = days - days.astype("datetime64[M]").astype("datetime64[D]")
        after = days + 1
        ends = after == after.astype("datetime64[M]").astype("datetime64[D]")
        return bool((of_month == of_month[0]).all() or ends.all())

    def spent(self, accounts: Whole, first: int, last: int) -> Whole:
        """What accounts spent from one day to another, both inside; 0 where they bought nothing."""
        rows = (self.day >= first) & (self.day <= last)
        sums = np.zeros(int(max(self.account.max(initial=-1), accounts.max(initial=-1))) + 1, np.int64)
        np.add.at(sums, self.account[rows], self.amount[rows])
        return sums[accounts]

    def came(self, accounts: Whole, first: int, last: int) -> Truth:
        """Which accounts bought from one day to another, both inside."""
        bought = np.zeros(int(max(self.account.max(initial=-1), accounts.max(initial=-1))) + 1, bool)
        bought[self.account[(self.day >= first) & (self.day <= last)]] = True
        return bought[accounts]


@dataclass(frozen=True, slots=True)
class Known:
    """What had been seen of the accounts that had bought by a day, by account.

    Parameters
    ----------
    account
        Whose row it is.
    last
        `day_number` of the last purchase.
    histories
        The same for the models, in days.
    """

    account: Whole
    last: Whole
    histories: Histories

    def chosen(self, rows: Truth | Whole) -> "Known":
        """Some of the accounts."""
        return Known(self.account[rows], self.last[rows], self.histories.chosen(rows))

    @property
    def silence(self) -> Real:
        """Days since the last purchase."""
        silent: Real = self.histories.age - self.histories.recency
        return silent
