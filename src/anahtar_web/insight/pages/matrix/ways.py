"""Who moved in a year: the ways from cell to cell as a table, and what each kind of them comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anahtar.analysis.portfolio import STATES, Move, Portfolio
from anahtar_web.insight.pages.matrix.arrows import Drawing
from anahtar_web.insight.pages.portfolio.accounts import place
from anahtar_web.insight.portfolio.asked import PortfolioAsked
from anahtar_web.insight.portfolio.ways import ASIDE, CAME, DOWN, STAYED, UP, WENT, Sum, kind_of, sums


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of ways with its accounts."""

    name: str
    label: str
    sum: Sum
    href: str


@dataclass(frozen=True, slots=True)
class Way:
    """The accounts that went from one place to another; `href` empty: there are none, or they stayed."""

    accounts: int
    kind: str
    href: str
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """The ways that begin in one place."""

    place: str
    accounts: int
    ways: Sequence[Way]


@dataclass(frozen=True, slots=True)
class Ways:
    """The template's contract.

    Parameters
    ----------
    kinds
        What moved, and what stayed, in the order in which it matters.
    columns
        Where the ways end, with how many accounts stand there now.
    moved
        Accounts that moved.
    """

    kinds: Sequence[Kind]
    columns: Sequence[tuple[str, int]]
    lines: Sequence[Line]
    drawing: Drawing
    moved: int
    href: str

    @classmethod
    def build(cls, portfolio: Portfolio, asked: PortfolioAsked) -> "Ways | None":
        """Lay the ways out; None where the ledger does not reach back a year."""
        moves = portfolio.migration
        if moves is None:
            return None
        found = {(move.before, move.after): move for move in moves}
        before = [state for state in STATES if any(one == state for one, _other in found)]
        after = [state for state in STATES if any(other == state for _one, other in found)]
        totals, labels = sums(moves), kinds_in_words()
        return cls(
            [
                Kind(name, label, totals[name], _href(asked, name, totals[name]))
                for name, label in labels.items()
                if name != ASIDE or totals[name].accounts
            ],
            [(place(state), sum(move.accounts for move in moves if move.after == state)) for state in after],
            [_line(state, after, found, asked) for state in before],
            Drawing.build(moves),
            sum(total.accounts for name, total in totals.items() if name != STAYED),
            moves_address(asked),
        )

    @property
    def stayed(self) -> Sum:
        """Who stands where they stood."""
        return next(kind.sum for kind in self.kinds if kind.name == STAYED)


def kinds_in_words() -> Mapping[str, str]:
    """Say the kinds of ways."""
    return {
        UP: _("Moved up"),
        DOWN: _("Moved down"),
        CAME: _("Came in"),
        WENT: _("Dropped out"),
        ASIDE: _("Moved outside"),
        STAYED: pgettext("accounts", "Stayed"),
    }


def moves_address(asked: PortfolioAsked, **narrowed: str) -> str:
    """Lead to the list of those who moved, under the filter in force."""
    names = {"kind": "way"}
    pairs = [*asked.parameters(), *((names.get(name, name), value) for name, value in narrowed.items() if value)]
    address = reverse("insight:matrix_moves")
    return f"{address}?{urlencode(pairs)}" if pairs else address


def _href(asked: PortfolioAsked, kind: str, total: Sum) -> str:
    return moves_address(asked, kind=kind) if total.accounts and kind != STAYED else ""


def _line(state: str, after: Sequence[str], found: Mapping[tuple[str, str], Move], asked: PortfolioAsked) -> Line:
    ways = [_way(state, other, found.get((state, other)), asked) for other in after]
    return Line(place(state), sum(way.accounts for way in ways), ways)


def _way(before: str, after: str, move: Move | None, asked: PortfolioAsked) -> Way:
    kind = kind_of(before, after)
    if move is None:
        return Way(0, kind, "", "")
    href = "" if kind == STAYED else moves_address(asked, before=before, after=after)
    said = _("from %(before)s to %(after)s") % {"before": place(before), "after": place(after)}
    return Way(move.accounts, kind, href, said)
