"""The deliveries of one account: how many were on time in full, where not, and each line that was late."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from django.db.models import Q
from django.utils.translation import gettext as _

from anahtar.rules.on_time import OrderLine, Score, Standing, late_days, standing
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.audit import leaving
from anahtar_web.company.queries import today
from anahtar_web.deliveries.models import DeliveryLine, Terms
from anahtar_web.deliveries.pages.asked import NAMELESS, PERIODS, SHOWS, Asked
from anahtar_web.deliveries.queries import scores
from anahtar_web.deliveries.queries.lines import among, latest, lines, terms
from anahtar_web.deliveries.words import STANDINGS
from anahtar_web.gate.rights import Right
from anahtar_web.ui.templatetags.shown import short_month
from anahtar_web.ui.written import values

if TYPE_CHECKING:
    from anahtar_web.accounts.belonging import BelongingQuerySet
    from anahtar_web.people.models import User

SIZE: Final = 50
_COMPANIES: Final = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    line: DeliveryLine
    standing: Standing
    days: int

    @property
    def shows(self) -> Hashable:
        """Everything that it shows."""
        return values(self.line), self.line.account and self.line.account.name, self.standing, self.days

    @property
    def label(self) -> Any:
        """How it stands, in words."""
        return STANDINGS[self.standing][0]

    @property
    def tone(self) -> str:
        """The colour of these words."""
        return STANDINGS[self.standing][1]

    @classmethod
    def of(cls, line: DeliveryLine, *, as_of: date, terms: Terms) -> Self:
        """Hold a line against its promise, by the rule itself."""
        told = OrderLine(line.order, line.promised_first, line.ordered, line.part_list)
        stands = standing(told, as_of=as_of, tolerance=terms.tolerance)
        return cls(line, stands, late_days(told, as_of=as_of, tolerance=terms.tolerance))


@dataclass(frozen=True, slots=True)
class DirectionRow:
    """One direction; `address`: its name in the address."""

    name: str
    score: Score

    @property
    def address(self) -> str:
        """What stands in the address for it."""
        return self.name or NAMELESS


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One month or quarter."""

    name: str
    first: date
    score: Score


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The template's contract.

    Parameters
    ----------
    as_of
        The day lines are held against.
    known
        Whether there is any line of the account at all.
    companies
        The accounts of the group that can be looked at alone; empty where there are none.
    more
        What the address says for the next part of the list; empty at its end.
    asks_reason
        Whether so many lines leave the house only with a reason.
    """

    head: Head
    asked: Asked
    as_of: date
    terms: Terms
    known: bool
    totals: scores.Totals
    periods: Sequence[PeriodRow]
    directions: Sequence[DirectionRow]
    bands: Sequence[tuple[int, int | None, int]]
    rows: Sequence[Row]
    more: str
    companies: Sequence[Account]
    may_import: bool
    may_export: bool
    asks_reason: bool
    may_agree: bool

    @classmethod
    def build(cls, account: Account, user: "User", asked: Asked) -> Self:
        """Gather the page; the number of queries does not depend on how many lines there are."""
        as_of, held = asked.on or today(), terms()
        accounts = among(account, user)
        found = lines(user, among(account, user, asked.company) if asked.company else accounts, on=asked.on)
        known = found.exists()
        last = latest(found, as_of)
        window = in_window(found, asked, last)
        narrowed = window.filter(asked.narrow(as_of, held.days))
        rows, more = part_of(narrowed, asked)
        how: dict[str, Any] = {"as_of": as_of, "days": held.days}
        return cls(
            head=Head.build(account, user, "deliveries"),
            asked=asked,
            as_of=as_of,
            terms=held,
            known=known,
            totals=scores.totals(window, **how),
            periods=_periods(scores.by_period(window, asked.step, **how), asked, last),
            directions=[DirectionRow(*row) for row in scores.by_direction(window, **how)],
            bands=scores.by_days_late(window, **how),
            rows=[Row.of(line, as_of=as_of, terms=held) for line in rows],
            more=more,
            companies=_companies(account, user, accounts),
            may_import=user.may(Right.IMPORT),
            may_export=user.may(Right.EXPORT),
            asks_reason=narrowed.order_by("pk")[leaving.WITHOUT_REASON :].exists(),
            may_agree=user.may(Right.DEFINE_DOSSIER),
        )

    @property
    def chart(self) -> dict[str, Any]:
        """Share of what was due that was on time in full, for each period."""
        return {
            "names": [row.name for row in self.periods],
            "values": [row.score.share for row in self.periods],
            "unit": "share",
            "name": _("On time in full"),
        }

    @property
    def late_chart(self) -> dict[str, Any]:
        """Lines by how late they were or are."""
        return {
            "names": [_band(first, last) for first, last, _lines in self.bands],
            "values": [lines for _first, _last, lines in self.bands],
            "unit": "number",
            "name": _("Lines"),
        }

    @property
    def any_late(self) -> bool:
        """Whether a line of the period was late or is overdue."""
        return any(lines for _first, _last, lines in self.bands)

    @property
    def several(self) -> bool:
        """Whether rows may be of several accounts."""
        return bool(self.companies)

    @property
    def period_choices(self) -> list[tuple[str, Any]]:
        """The periods, by their name in the address."""
        return [(name, label) for name, (label, _months) in PERIODS.items()]

    @property
    def shows(self) -> list[tuple[str, Any]]:
        """What the list may show."""
        return list(SHOWS.items())

    @property
    def direction_asked(self) -> str:
        """The direction in the address; empty: all."""
        return NAMELESS if self.asked.direction == "" else self.asked.direction or ""


def in_window(found: "BelongingQuerySet", asked: Asked, last: date) -> "BelongingQuerySet":
    """Leave the lines of the period and the direction."""
    start = asked.start(last)
    if start is not None:
        found = found.filter(promised_first__gte=start)
    return found if asked.direction is None else found.filter(direction=asked.direction)


def part_of(found: "BelongingQuerySet", asked: Asked) -> tuple[list[DeliveryLine], str]:
    """Give one part of the list, the latest promises first, and where the next begins."""
    if asked.after is not None:
        day, pk = asked.after
        found = found.filter(Q(promised_first__lt=day) | Q(promised_first=day, pk__lt=pk))
    rows: list[DeliveryLine] = list(found.select_related("account").order_by("-promised_first", "-pk")[: SIZE + 1])
    if len(rows) <= SIZE:
        return rows, ""
    last = rows[SIZE - 1]
    return rows[:SIZE], f"{last.promised_first.isoformat()}.{last.pk}"


def _companies(account: Account, user: "User", accounts: Sequence[int]) -> list[Account]:
    if len(accounts) == 1:
        return []
    below = Account.objects.visible_to(user).standing_alone().filter(lineage_above__ancestor=account)
    found = list(below.order_by("sort_key", "pk")[:_COMPANIES])
    return found if len(found) > 1 else []


def _periods(found: dict[date, Score], asked: Asked, last: date) -> list[PeriodRow]:
    """Every period from the first to today, those without a promise too: a gap is a gap."""
    if not found:
        return []
    step = 3 if asked.step == "quarter" else 1
    first = _floor(asked.start(last) or min(found), step)
    told = []
    while first <= last:
        told.append(PeriodRow(_name(first, step), first, found.get(first, Score())))
        first = _after(first, step)
    return told


def _floor(day: date, step: int) -> date:
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def _after(first: date, step: int) -> date:
    number = first.year * 12 + first.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)


def _name(first: date, step: int) -> str:
    if step == 1:
        return short_month(first)
    return _("Q%(quarter)s %(year)s") % {"quarter": (first.month + 2) // 3, "year": first.year}


def _band(first: int, last: int | None) -> str:
    if last is None:
        return _("over %(n)s days") % {"n": first - 1}
    if first == last:
        return _("1 day")
    return _("%(first)s–%(last)s days") % {"first": first, "last": last}
