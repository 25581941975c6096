"""Accounts on the portfolio page: the ten largest with what their standings say, and those that moved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from anahtar.report.labels import PLACES, STATES, label
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.queries import managers_of
from anahtar_web.company.queries import today
from anahtar_web.insight.models import Run, Standing
from anahtar_web.insight.pages.cells import CLASS_TONES, STATE_TONES
from anahtar_web.insight.portfolio.reckoning import Largest, Mover, Reckoned
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
class Shown:
    """Rows and moves of the page; read together, in a number of queries that does not depend on theirs."""

    rows: Sequence[Row]
    up: Sequence[Moved]
    down: Sequence[Moved]
    names: Mapping[str, Account]

    @classmethod
    def build(cls, reckoned: Reckoned, user: "User", run: Run, *, also: Iterable[str]) -> "Shown":
        """Look up what the database says of the accounts that the page names.

        Parameters
        ----------
        also
            Codes of others that are named.
        """
        largest, movers = reckoned.largest, [*reckoned.up, *reckoned.down]
        codes = {*(one.code for one in largest), *(mover.code for mover in movers), *also}
        # By code: of 100,000 accounts only those named are looked at.
        named = {one.code: one for one in Account.objects.visible_to(user).filter(code__in=codes).order_by("pk")}
        return cls(
            _rows(largest, named, run),
            [_moved(mover, named) for mover in reckoned.up],
            [_moved(mover, named) for mover in reckoned.down],
            named,
        )


def _rows(largest: Sequence[Largest], named: Mapping[str, Account], run: Run) -> Sequence[Row]:
    pks = [named[one.code].pk for one in largest if one.code in named]
    standings = {one.account_id: one for one in Standing.objects.filter(run=run, account__in=pks)}
    managers = managers_of(pks, today())
    top = max((one.share or 0.0 for one in largest), default=0.0) or 1.0
    return [_row(one, named.get(one.code), standings, managers, top) for one in largest]


def _row(
    one: Largest,
    account: Account | None,
    standings: Mapping[int, Standing],
    managers: "Mapping[int, User]",
    top: float,
) -> Row:
    pk = account.pk if account else None
    return Row(
        pk=pk,
        code=one.code,
        name=account.name if account else one.name,
        figures=one,
        tone=CLASS_TONES.get(one.abc or "", ""),
        part=(one.share or 0.0) / top,
        silence=_silence(standings.get(pk)) if pk else None,
        manager=managers.get(pk) if pk else None,
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
        _place(mover.before),
        _place(mover.after),
        mover,
    )


def _place(state: str) -> str:
    return _("unjudged") if state == "undefined" else say(label(PLACES, state))
