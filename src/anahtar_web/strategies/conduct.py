"""Conduct held against strategy: which accounts are touched or visited less often than their strategy asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from anahtar_web.accounts.models import KeyDecision, KeyStatus
from anahtar_web.accounts.queries import decided
from anahtar_web.interactions.models import AccountTouch
from anahtar_web.interactions.queries import touches_of
from anahtar_web.strategies.applying import applying
from anahtar_web.strategies.cells import Figures, cells
from anahtar_web.strategies.queries import Strategy, in_force
from anahtar_web.strategies.rhythms import Rhythm

if TYPE_CHECKING:
    from anahtar_web.people.models import User

NEVER: Final = 10_000.0
"""How many rhythms an account is behind that nobody ever touched."""


@dataclass(frozen=True, slots=True)
class Conduct:
    """How an account is treated, against what its strategy asks for.

    Parameters
    ----------
    account
        Its key.
    revenue
        What is at stake: its revenue in the window of the analysis; None: the ledger knows none.
    """

    account: int
    strategy: Strategy
    touch: AccountTouch | None
    revenue: int | None
    on: date

    @property
    def rhythm(self) -> Rhythm:
        """What is asked for."""
        return self.strategy.rhythm

    @property
    def last_touch(self) -> date | None:
        """The last touch with anybody of the account or its companies."""
        return self.touch.all_last_any if self.touch else None

    @property
    def last_visit(self) -> date | None:
        """The last visit or meeting."""
        return self.touch.all_last_visit if self.touch else None

    @property
    def touch_behind(self) -> int | None:
        """Days by which the touch is late; 0: in time; None: there was none ever."""
        return _behind(self.last_touch, self.rhythm.touch, self.on)

    @property
    def visit_behind(self) -> int | None:
        """Days by which the visit is late; 0: in time; None: there was none ever."""
        return _behind(self.last_visit, self.rhythm.visit, self.on)

    @property
    def is_behind(self) -> bool:
        """Whether anything is late. The last day of a rhythm is in time."""
        return self.touch_behind != 0 or self.visit_behind != 0

    @property
    def is_planned(self) -> bool:
        """Whether a next touch is agreed that is not overdue itself."""
        return bool(self.touch and self.touch.all_next_on and self.touch.all_next_on >= self.on)

    @property
    def rhythms_behind(self) -> float:
        """How many times its rhythm has passed since: what lists are ordered by."""
        return max(
            _times(self.last_touch, self.rhythm.touch, self.on), _times(self.last_visit, self.rhythm.visit, self.on)
        )


def _behind(last: date | None, days: int, on: date) -> int | None:
    if not days:
        return 0
    return None if last is None else max(0, (on - last).days - days)


def _times(last: date | None, days: int, on: date) -> float:
    if not days:
        return 0.0
    return NEVER if last is None else (on - last).days / days


def conduct_of(user: "User", on: date, *, only_key: bool) -> Sequence[Conduct]:
    """Give the accounts somebody sees whose conduct falls behind, the worst first; a constant number of queries.

    Parameters
    ----------
    only_key
        Only accounts decided to be key; else also every account of a cell, the largest of them.
    """
    held = in_force()
    seen = decided(user, KeyStatus.KEY).values("pk")
    keys = {row.account_id: row for row in KeyDecision.objects.filter(current=True, account__in=seen)}
    known = cells().figures(user, keys)
    subjects = {pk: applying(row, known[pk].cell if pk in known else "").subject for pk, row in keys.items()}
    asking = {pk: held[subject.code] for pk, subject in subjects.items() if subject is not None}
    if not only_key:
        more = cells().behind(user, _before(held, on), leaving_out=keys)
        asking |= {pk: held[one.cell] for pk, one in more.items()}
        known = {**known, **more}
    return _behind_of(asking, known, on)


def _before(held: Mapping[str, Strategy], on: date) -> Mapping[str, tuple[date | None, date | None]]:
    """Give the days before which a last touch, and a last visit, is too long ago, by cell."""
    asked = {code: one.rhythm for code, one in held.items() if one.subject.is_cell and one.rhythm.asks}
    return {
        code: tuple(on - timedelta(days=days) if days else None for days in (one.touch, one.visit))  # type: ignore[misc]  # two of them
        for code, one in asked.items()
    }


def _behind_of(asking: Mapping[int, Strategy], known: Mapping[int, Figures], on: date) -> Sequence[Conduct]:
    touches = touches_of(asking)
    every = (
        Conduct(pk, strategy, touches.get(pk), known[pk].revenue if pk in known else None, on)
        for pk, strategy in asking.items()
    )
    return sorted((one for one in every if one.is_behind), key=_order)


def _order(one: Conduct) -> tuple[float, int, int]:
    return -one.rhythms_behind, -(one.revenue or 0), one.account
