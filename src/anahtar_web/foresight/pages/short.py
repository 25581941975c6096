"""What is foreseen of an account, in four lines for its overview."""

from dataclasses import dataclass
from typing import Self

from anahtar_web.accounts.models import Account
from anahtar_web.foresight.models import DirectionOutlook, Forecast, Outlook
from anahtar_web.foresight.queries import forecast, outlook_of, worst_direction
from anahtar_web.insight.pages.account.stats import lines_address


@dataclass(frozen=True, slots=True)
class Short:
    """The template's contract.

    Parameters
    ----------
    forecast, outlook
        None: nothing is foreseen of it, and nothing is shown.
    worst
        The direction with the most money at stake times days late; None: it is late in none.
    lines
        Address of the ledger lines of that direction, the latest first.
    """

    account: Account
    forecast: Forecast | None
    outlook: Outlook | None
    worst: DirectionOutlook | None
    lines: str

    @classmethod
    def build(cls, account: Account) -> Self:
        """Read what is kept of it; three queries, whatever the account buys."""
        worst = worst_direction(account)
        lines = "" if worst is None else lines_address(account, order="latest", direction=worst.direction)
        return cls(account, forecast(), outlook_of(account), worst, lines)
