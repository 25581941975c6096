"""The time line of an account's purchase days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from django.utils.safestring import SafeString

from anahtar_web.accounts.models import Account
from anahtar_web.foresight.buying import SPAN, Bought, days_of
from anahtar_web.foresight.models import Outlook
from anahtar_web.foresight.queries import forecast, outlook_of
from anahtar_web.foresight.strip import strip
from anahtar_web.insight.pages.account.stats import lines_address

SHOWN: Final = 100
"""Days in the table, the latest."""


@dataclass(frozen=True, slots=True)
class Row:
    """A purchase day in the table.

    Parameters
    ----------
    gap
        Days since the one before; None for the first.
    long
        Whether the gap is longer than 95 % of its own.
    lines
        Address of the lines of its month.
    """

    bought: Bought
    gap: int | None
    long: bool
    lines: str


@dataclass(frozen=True, slots=True)
class DaysPage:
    """The template's contract.

    Parameters
    ----------
    outlook
        None: nothing is foreseen of it, and nothing is shown.
    drawn
        The strip, empty where it bought on no day of the two years.
    rows
        The latest first, at most `SHOWN` of `count`.
    unreadable
        The lines of the ledger cannot be read.
    """

    account: Account
    outlook: Outlook | None
    today: date | None
    currency: str
    drawn: SafeString | str
    rows: Sequence[Row]
    count: int
    longest: int | None
    unreadable: bool

    @classmethod
    def build(cls, account: Account) -> Self:
        """Read it; two queries, and the lines of two years where nobody has asked for them lately."""
        told, outlook = forecast(), outlook_of(account)
        if told is None or outlook is None or told.run.as_of is None:
            return cls(account, None, None, "", "", (), 0, None, False)
        run, today = told.run, told.run.as_of
        days = days_of(account, run)
        rows = _rows(account, days or (), outlook.gap_p95)
        return cls(
            account=account,
            outlook=outlook,
            today=today,
            currency=run.currency,
            drawn=strip(days, outlook, first=today - SPAN, today=today) if days else "",
            rows=rows[:SHOWN],
            count=len(rows),
            longest=max((row.gap for row in rows if row.gap is not None), default=None),
            unreadable=days is None,
        )


def _rows(account: Account, days: Sequence[Bought], p95: float | None) -> list[Row]:
    found, before = list[Row](), None
    for one in days:
        gap = None if before is None else (one.day - before).days
        long = gap is not None and p95 is not None and gap > p95
        found.append(Row(one, gap, long, lines_address(account, month=f"{one.day:%Y-%m}", order="latest")))
        before = one.day
    return found[::-1]
