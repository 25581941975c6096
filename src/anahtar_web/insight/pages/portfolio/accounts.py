"""Accounts on the portfolio page: the ten largest with what their standings say, and those that moved."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.forms import model_to_dict
from django.utils.translation import gettext as _

from anahtar.report.labels import PLACES, STATES, label
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import managers_of
from anahtar_web.company.queries import today
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.pages.cells import CLASS_TONES, STATE_TONES
from anahtar_web.insight.portfolio.reckoning import Largest, Mover, Reckoned
from anahtar_web.interactions.models import AccountTouch
from anahtar_web.interactions.queries import touches_of
from anahtar_web.ui.templatetags.shown import say

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Silence:
    """How long an account has not bought, and when an order was expected, from its standing."""

    days: int
    expected_by: date | None
    days_late: int
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class Row:
    """One of the largest accounts; `part` is its share against the largest one's, for the bar."""

    pk: int | None
    code: str
    name: str
    figures: Largest
    tone: str
    part: float
    silence: Silence | None
    manager: "User | None"
    touch: AccountTouch | None = None
    """When it was touched last and will be next."""
    is_late: bool = False
    """Whether the day of its next touch has passed."""

    @property
    def moved(self) -> str:
        """`up` or `down` where its class of value is another than a year ago."""
        now, then = self.figures.abc, self.figures.abc_year_ago
        return "" if not now or not then or now == then else "up" if now < then else "down"


@dataclass(frozen=True, slots=True)
class Moved:
    """An account that moved, with the words for where it stood and stands."""

    pk: int | None
    name: str
    before: str
    after: str
    mover: Mover


@dataclass(frozen=True, slots=True)
class Known:
    """What the house says of the accounts that a page names, in a number of queries that does not depend on theirs.

    Parameters
    ----------
    accounts
        By code, as far as the reader sees them.
    managers
        Account -> its manager, of the largest.
    touches
        Account -> when it was touched last and will be next, of the largest.
    on
        The day against which the next touch is late.
    """

    accounts: Mapping[str, Account]
    managers: "Mapping[int, User]"
    touches: Mapping[int, AccountTouch]
    on: date

    @classmethod
    def read(cls, reckoned: Reckoned, user: "User", largest: Sequence[Largest] | None = None) -> "Known":
        """Look them up: the largest (None: the ten of the page), those that moved, those on which much hangs."""
        largest, movers = reckoned.largest if largest is None else largest, [*reckoned.up, *reckoned.down]
        hanging = reckoned.portfolio.concentration.dependence
        accounts = named_of({*(one.code for one in largest), *(mover.code for mover in movers), *hanging}, user)
        pks, on = [accounts[one.code].pk for one in largest if one.code in accounts], today()
        return cls(accounts, managers_of(pks, on), touches_of(pks), on)

    @property
    def told(self) -> Hashable:
        """All of it that a page shows."""
        names = tuple((code, one.pk, one.name) for code, one in sorted(self.accounts.items()))
        managers = tuple((pk, one.name) for pk, one in sorted(self.managers.items()))
        touches = tuple((pk, *model_to_dict(one).values()) for pk, one in sorted(self.touches.items()))
        owners = tuple(str(one.all_next_owner) for _pk, one in sorted(self.touches.items()))
        return names, managers, touches, owners, self.on


def named_of(codes: Iterable[str], user: "User") -> dict[str, Account]:
    """Give the accounts of some codes that a person sees."""
    # By code: of 100,000 accounts only those named are looked at.
    found = Account.objects.visible_to(user).filter(code__in=set(codes)).only("code", "name")
    return {one.code: one for one in found.order_by("pk")}


@dataclass(frozen=True, slots=True)
class Shown:
    """Rows and moves of the page."""

    rows: Sequence[Row]
    up: Sequence[Moved]
    down: Sequence[Moved]
    names: Mapping[str, Account]

    @classmethod
    def build(cls, reckoned: Reckoned, run: Run, known: Known, largest: Sequence[Largest] | None = None) -> "Shown":
        """Put together what the page names.

        Parameters
        ----------
        largest
            The rows; None: the ten of the page.
        """
        named = known.accounts
        return cls(
            _rows(reckoned.largest if largest is None else largest, known, run),
            [_moved(mover, named) for mover in reckoned.up],
            [_moved(mover, named) for mover in reckoned.down],
            named,
        )


def _rows(largest: Sequence[Largest], known: Known, run: Run) -> Sequence[Row]:
    named = known.accounts
    pks = [named[one.code].pk for one in largest if one.code in named]
    standings = {one.account_id: one for one in Standing.objects.filter(run=run, account__in=pks)}
    top = max((one.share or 0.0 for one in largest), default=0.0) or 1.0
    return [_row(one, named.get(one.code), standings, known, top) for one in largest]


def _row(
    one: Largest,
    account: Account | None,
    standings: Mapping[int, Standing],
    known: Known,
    top: float,
) -> Row:
    pk = account.pk if account else None
    touch = known.touches.get(pk) if pk else None
    return Row(
        pk=pk,
        code=one.code,
        name=account.name if account else one.name,
        figures=one,
        tone=CLASS_TONES.get(one.abc or "", ""),
        part=(one.share or 0.0) / top,
        silence=_silence(standings.get(pk)) if pk else None,
        manager=known.managers.get(pk) if pk else None,
        touch=touch,
        is_late=touch is not None and touch.all_next_on is not None and touch.all_next_on < known.on,
    )


def _silence(standing: Standing | None) -> Silence | None:
    if standing is None or standing.silence is None or standing.state is None:
        return None
    return Silence(
        standing.silence,
        standing.expected_by,
        standing.days_late or 0,
        say(label(STATES, standing.state)),
        STATE_TONES.get(standing.state, ""),
    )


def _moved(mover: Mover, named: Mapping[str, Account]) -> Moved:
    account = named.get(mover.code)
    return Moved(
        account.pk if account else None,
        account.name if account else mover.name,
        place(mover.before),
        place(mover.after),
        mover,
    )


def place(state: str) -> str:
    """Say where an account stands: its cell, or what it is beside the matrix."""
    return _("unjudged") if state == "undefined" else say(label(PLACES, state))
