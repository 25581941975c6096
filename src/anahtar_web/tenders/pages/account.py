"""The tenders of one account: the list, when the next one is expected, and how often we win here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Self

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString

from anahtar.rules.win_rate import WinRate, win_rate
from anahtar_web.accounts.figures import Figure, figures
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Field, Right
from anahtar_web.tenders.due import Due, due
from anahtar_web.tenders.models import DECIDED, Outcome
from anahtar_web.tenders.queries import Expected, Known, Outline, expected_of, of, outlines_of
from anahtar_web.ui.written import written

if TYPE_CHECKING:
    from anahtar_web.people.models import User


PAGE: Final = 50
"""Decided tenders on a page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A tender in the list of its account.

    Parameters
    ----------
    day
        What deadlines are held against.
    on
        As known on that day; None: now.
    """

    tender: Known
    due: Due | None
    day: date
    on: date | None

    @property
    def html(self) -> SafeString:
        """The row as it is written."""
        one = self.tender
        names = (one.owner and one.owner.name, tuple(winner.name for winner in one.winners), str(one.our_reason))
        day = self.day if one.is_open else None
        shows = (one.pk, one.version, one.sees_prices, self.on, day, *names)
        return written("tenders/_of_account_row.html", {"row": self}, shows=shows)


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Everything of an account's tenders.

    Parameters
    ----------
    decided
        Those of this page, the latest first.
    total
        How many tenders there are.
    on
        As known on that day; None: now.
    """

    head: Head
    open: Sequence[Row]
    decided: Sequence[Row]
    page: "Page[Outline]"
    total: int
    expected: Sequence[Expected]
    rate: WinRate
    figure: Figure | None
    currency: str
    may_write: bool
    sees_prices: bool
    today: date
    on: date | None

    @classmethod
    def build(cls, account: Account, user: "User", on: date | None = None, number: str = "") -> Self:
        """Read it; the number of queries does not depend on the number of tenders."""
        day = on or today()
        every = outlines_of(account, on=on)
        page = Paginator([one for one in every if not one.is_open], PAGE).get_page(number)
        # What is to be done soonest first.
        under_way = sorted((one for one in every if one.is_open), key=lambda one: (one.deadline or date.max, one.pk))
        keys = [one.pk for one in (*under_way, *page.object_list)]
        known = {one.pk: one for one in of(account, user=user, on=on, among=keys)}
        rows = {pk: Row(one, due(one.stage, one.deadline, day), day, on) for pk, one in known.items()}
        money = figures()
        return cls(
            head=Head.build(account, user, "tenders"),
            open=[rows[one.pk] for one in under_way],
            decided=[rows[one.pk] for one in page.object_list],
            page=page,
            total=len(every),
            expected=expected_of(((one.direction, one.announced_on) for one in every), as_of=day),
            rate=_rate(every),
            figure=money.of([account.pk]).get(account.pk),
            currency=money.currency,
            may_write=account.merged_into_id is None and user.may(Right.WRITE_DOSSIER) and on is None,
            sees_prices=user.sees(Field.OFFER),
            today=today(),
            on=on,
        )


def _rate(every: Sequence[Outline]) -> WinRate:
    outcomes = [one.outcome for one in every if one.outcome in DECIDED]
    won = outcomes.count(Outcome.WON)
    return win_rate(won=won, lost=len(outcomes) - won)
