"""Why the account is in its class: how firmly, what it takes to be in another, and how evenly it buys.

Words (class, cell, regularity) are everybody's. Borders tell of the whole company, and amounts by which accounts are
ranked may be profit: each is left out for who may not know it (docs/decisions/0013), and the page says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anahtar_web.gate.rights import Field
from anahtar_web.insight import passports
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.account import rulers
from anahtar_web.insight.pages.account.evenness import Evenness
from anahtar_web.insight.pages.account.header import Header, withheld_words
from anahtar_web.insight.pages.account.stats import lines_address
from anahtar_web.insight.queries import hides_measure, knows_company
from anahtar_web.ui.templatetags.shown import change, day, money, month, number, share, short_money

if TYPE_CHECKING:
    from anahtar.analysis.passport import Border, ClassPassport, Setting
    from anahtar_web.people.models import User

MEASURES: Final[Mapping[str, Any]] = {"revenue": gettext_lazy("revenue"), "profit": gettext_lazy("profit")}
NONE: Final = "–"


@dataclass(frozen=True, slots=True)
class Step:
    """What it takes to be in another class."""

    letter: str
    up: bool
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Tried:
    """The class under one setting, and the setting in words."""

    letter: str
    title: str


@dataclass(frozen=True, slots=True)
class Stability:
    """In how many of the settings tried the class is the same.

    Parameters
    ----------
    cuts
        Heads of the columns.
    rows
        How the months were moved, and the class under each cut. Empty where the reader gets the count alone.
    """

    same: int
    tried: int
    cuts: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Tried]]]

    @property
    def tone(self) -> str:
        """Green where nothing else was found, a warning where a third and more say otherwise."""
        return "good" if self.same == self.tried else "warn" if 3 * self.same <= 2 * self.tried else ""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The class had something been otherwise."""

    text: str
    note: str
    letter: str
    same: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class Then:
    """The class at the end of one month; `letter` empty: it had not bought yet or nothing in twelve months."""

    month: date
    letter: str
    title: str
    is_last: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The parts of a passport that a person may read; what is None or empty is not for them, or does not exist."""

    letter: str
    cell: str
    lead: str
    ruler: rulers.Ruler | None
    steps: Sequence[Step]
    stability: Stability | None
    otherwise: Sequence[Otherwise]
    history: Sequence[Then]
    evenness: Sequence[Evenness]


@dataclass(frozen=True, slots=True)
class PassportPage:
    """The template's contract.

    Parameters
    ----------
    passport
        None: no line of the account itself, or its tables are damaged.
    withheld
        What is left out for this reader, and why.
    """

    head: Header
    passport: Shown | None = None
    withheld: Sequence[str] = ()
    unreadable: bool = False

    @classmethod
    def build(cls, head: Header, user: "User") -> Self:
        """Read everything the page shows."""
        if head.run is None or head.standing is None:
            return cls(head)
        try:
            found = passports.read(head.run, head.account)
        except passports.NoPassport as none:
            return cls(head, unreadable=none.damaged)
        reader = _Reader(found, head, head.run, user)
        words = withheld_words(user, by_profit=found.measure.value == "profit")
        return cls(head, reader.shown(), words)


@dataclass(frozen=True, slots=True)
class _Reader:
    """One passport as one person may read it."""

    found: "ClassPassport"
    head: Header
    run: Run
    user: "User"

    @property
    def sees_value(self) -> bool:
        return not hides_measure(self.user, self.run)

    @property
    def sees_borders(self) -> bool:
        return self.sees_value and knows_company(self.user)

    @property
    def measure(self) -> str:
        return _("Profit") if self.found.measure.value == "profit" else _("Revenue")

    def money(self, units: int | None) -> str:
        return short_money(units, self.run.currency)

    def shown(self) -> Shown:
        found = self.found
        return Shown(
            letter=found.abc or NONE,
            cell=found.cell or "",
            lead=self.lead(),
            ruler=self.ruler(),
            steps=[self.step(border) for border in found.borders] if self.sees_borders else (),
            stability=self.stability(),
            otherwise=list(self.otherwise()),
            history=self.history(),
            evenness=[
                Evenness.build(one, self.run, measure=self.measure, sees_value=self.sees_value)
                for one in (found.regularity, found.other_regularity)
                if one is not None
            ],
        )

    def lead(self) -> str:
        found, by = self.found, str(MEASURES[self.found.measure.value])
        if found.abc is None:
            return _("No class: the account has no line in these months.")
        told = {"abc": found.abc, "measure": by, "rank": number(found.rank), "amount": self.money(found.value)}
        if not self.sees_value:
            return _("Class %(abc)s by %(measure)s.") % told
        if found.abc == "N":
            return _("Class N: %(measure)s of %(amount)s is not above zero, so the account is in no ranking.") % told
        if not self.sees_borders:
            return _("Class %(abc)s by %(measure)s: number %(rank)s with %(amount)s.") % told
        told["share"] = share(found.share)
        return _("Class %(abc)s by %(measure)s: number %(rank)s with %(amount)s, %(share)s of the whole.") % told

    # Class by value

    def ruler(self) -> rulers.Ruler | None:
        value, least = self.found.value, self._least()
        if not self.sees_borders or value is None or value <= 0 or not least:
            return None
        borders = [(letter, at, self.money(at)) for letter, at in sorted(least.items(), key=lambda one: one[1])]
        below = "C" if "B" in least else "B"
        return rulers.of_money(value, borders, below=below, told=self.money(value))

    def _least(self) -> Mapping[str, int]:
        """The least amount of A and of B: where one is above, its border; where one is below, one unit more."""
        own, least = self.found.abc or "N", {}
        for border in self.found.borders:
            if border.abc < own:
                least[border.abc] = border.value
            else:
                least[{"B": "A", "C": "B"}[border.abc]] = border.value + 1
        return least

    def step(self, border: "Border") -> Step:
        up, letter = border.difference > 0, border.abc
        amount = self.money(abs(border.difference))
        value = self.found.value or 0
        rate = change(border.difference / value) if value > 0 else ""
        text = (
            _("%(amount)s more, and it would be in class %(abc)s")
            if up
            else _("%(amount)s less, and it would be in class %(abc)s")
        )
        note = _("at %(border)s, while all others stay as they are") % {"border": self.money(border.value)}
        return Step(letter, up, text % {"amount": amount, "abc": letter}, " · ".join(filter(None, (rate, note))))

    def stability(self) -> Stability | None:
        settings = [one for one in self.found.settings if one.abc is not None]
        # Of a ranking by profit it would be a figure made of profit.
        if not settings or not self.sees_value:
            return None
        same = sum(one.abc == self.found.abc for one in settings)
        cuts = list(dict.fromkeys(one.cuts for one in self.found.settings))
        rows = self._grid(cuts) if self.sees_borders else ()
        return Stability(same, len(settings), [_cuts(one) for one in cuts] if rows else (), rows)

    def _grid(self, cuts: Sequence[tuple[float, float]]) -> Sequence[tuple[str, Sequence[Tried]]]:
        shifts = list(dict.fromkeys(one.shift for one in self.found.settings))
        by = {(one.shift, one.cuts): one for one in self.found.settings}
        return [(_shift(shift), [self._setting(by[shift, one]) for one in cuts]) for shift in shifts]

    def _setting(self, one: "Setting") -> Tried:
        title = _("%(amount)s in these months") % {"amount": money(one.value, self.run.currency)}
        return Tried(one.abc or NONE, title)

    def otherwise(self) -> Iterator[Otherwise]:
        without, other = self.found.without_largest_order, self.found.other_measure
        if without is not None and self.sees_borders:
            order = without.order
            told = {"day": day(order.sold_on), "amount": self.money(order.revenue)}
            yield Otherwise(
                _("Without its largest order"),
                " · ".join(
                    filter(None, (_("%(day)s, %(amount)s") % told, order.invoice, _left(self.money(without.value))))
                ),
                without.abc,
                without.abc == self.found.abc,
                lines_address(self.head.account, month=f"{order.sold_on:%Y-%m}", order="largest"),
            )
        if other is not None and knows_company(self.user):
            if other.measure.value == "profit" and not self.user.sees(Field.PROFIT):
                return
            by = str(MEASURES[other.measure.value])
            yield Otherwise(
                _("Ranked by %(measure)s") % {"measure": by},
                self.money(other.value),
                other.abc,
                other.abc == self.found.abc,
            )

    def history(self) -> Sequence[Then]:
        last = len(self.found.history) - 1
        return [
            Then(end, letter if letter in ("A", "B", "C", "N") else "", _then(end, letter), at == last)
            for at, (end, letter) in enumerate(self.found.history)
        ]


def _cuts(cuts: tuple[float, float]) -> str:
    return f"{share(cuts[0], 0)} / {share(cuts[1], 0)}"


def _shift(months: int) -> str:
    if not months:
        return _("these months")
    return ngettext("%(n)s month earlier", "%(n)s months earlier", months) % {"n": number(months)}


def _left(amount: str) -> str:
    return _("%(amount)s are left") % {"amount": amount}


def _then(end: date, letter: str | None) -> str:
    told = {"month": month(end), "abc": letter}
    if letter is None:
        return _("%(month)s: nothing bought in twelve months") % told
    return _("%(month)s: not yet bought") % told if letter == "new" else _("%(month)s: class %(abc)s") % told
