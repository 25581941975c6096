"""Who reads a briefing of what, as known when."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from anahtar_web.accounts.models import Account
from anahtar_web.company.queries import today
from anahtar_web.insight.models import Run, Standing

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Reading:
    """What every section starts from.

    Parameters
    ----------
    account
        One that the person sees.
    standing
        What the ledger says of it now; None: nothing.
    on
        As known at the end of this day; None: now.
    today
        The company's day, or `on`: what due dates and ages are held against.
    """

    account: Account
    user: "User"
    run: Run | None
    standing: Standing | None
    on: date | None
    today: date

    @classmethod
    def of(cls, account: Account, user: "User", run: Run | None, on: date | None) -> Self:
        """Begin to read."""
        standing = Standing.objects.filter(run=run, account=account).first() if run else None
        if standing is not None:
            standing.account = account
        return cls(account, user, run, standing, on, on or today())
