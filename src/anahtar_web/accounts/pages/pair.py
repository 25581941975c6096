"""Two accounts side by side, and what would become of each if they were one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.accounts.figures import Figure, figures
from anahtar_web.accounts.models import Account, Part
from anahtar_web.accounts.queries import Member, Moving, Pair, moving, pair_of, team_of
from anahtar_web.company.queries import today
from anahtar_web.ui.templatetags.shown import NOTHING, day, money, number


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    account: Account
    figure: Figure | None
    team: Sequence[Member]
    becomes: Sequence[str]
    """What happens if this one stays."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing, of both."""

    label: Any
    first: str
    second: str
    numeric: bool = False

    @property
    def known(self) -> bool:
        """Whether it is known of one of them at least."""
        return not self.first == self.second == NOTHING

    @property
    def same(self) -> bool:
        """Whether both say it, and the same."""
        return self.first == self.second != NOTHING


@dataclass(frozen=True, slots=True)
class PairPage:
    """Two accounts.

    Parameters
    ----------
    apart
        Somebody has found them to be two.
    blocked
        Why they cannot be merged; empty where they can.
    """

    pair: Pair
    sides: Sequence[Side]
    rows: Sequence[Row]
    form: forms.Form
    currency: str
    blocked: str = ""

    @classmethod
    def build(cls, one: Account, other: Account, form: forms.Form) -> Self:
        """Compare them."""
        pair = pair_of(one, other)
        answers, day_of = figures(), today()
        told, currency = answers.of([one.pk, other.pk]), answers.currency
        sides = [
            Side(each, told.get(each.pk), team_of(each, day_of), list(_becomes(moving(gone, each, day_of), gone, each)))
            for each, gone in ((pair.first, pair.second), (pair.second, pair.first))
        ]
        return cls(
            pair,
            sides,
            [row for row in _rows(sides[0], sides[1], currency) if row.known],
            form,
            currency,
            _blocked(one, other),
        )


def _blocked(one: Account, other: Account) -> str:
    for each in (one, other):
        if each.merged_into is not None:
            return _("%(account)s goes on under %(target)s already.") % {"account": each, "target": each.merged_into}
    return ""


def _becomes(moves: Moving, gone: Account, stays: Account) -> Iterator[str]:
    names = {"gone": gone, "stays": stays}
    yield _("Sales of %(gone)s count for %(stays)s, and the code %(code)s leads here.") % {**names, "code": gone.code}
    if moves.companies:
        yield ngettext(
            "%(n)s company of %(gone)s moves below %(stays)s.",
            "%(n)s companies of %(gone)s move below %(stays)s.",
            moves.companies,
        ) % {**names, "n": number(moves.companies)}
    if moves.receivers:
        yield ngettext(
            "%(stays)s pays for %(n)s account that %(gone)s paid for.",
            "%(stays)s pays for %(n)s accounts that %(gone)s paid for.",
            moves.receivers,
        ) % {**names, "n": number(moves.receivers)}
    for part in moves.along:
        yield _("%(person)s comes along: %(part)s.") % {"person": part.person, "part": part.get_part_display()}
    for part in moves.ending:
        yield _("%(person)s's part ends: %(part)s.") % {"person": part.person, "part": part.get_part_display()}


def _rows(first: Side, second: Side, currency: str) -> Iterator[Row]:
    def row(label: Any, value: Any, *, numeric: bool = False) -> Row:
        return Row(label, str(value(first) or NOTHING), str(value(second) or NOTHING), numeric)

    yield row(_("Code"), lambda side: side.account.code)
    yield row(_("Name in the ledger"), lambda side: side.account.ledger_name)
    yield row(_("Tax number"), lambda side: side.account.tax_number)
    yield row(_("Group"), lambda side: side.account.parent)
    yield row(_("City"), lambda side: side.account.city)
    yield row(_("Website"), lambda side: side.account.website)
    yield row(_("First purchase"), lambda side: side.figure and day(side.figure.first_purchase), numeric=True)
    yield row(_("Last purchase"), lambda side: side.figure and day(side.figure.last_purchase), numeric=True)
    yield row(_("Revenue"), lambda side: side.figure and money(side.figure.revenue, currency), numeric=True)
    yield row(_("Orders"), lambda side: side.figure and number(side.figure.orders), numeric=True)
    yield row(Part.MANAGER.label, lambda side: ", ".join(_of_part(side, manager=True)))
    yield row(_("Core team"), lambda side: ", ".join(_of_part(side, manager=False)))


def _of_part(side: Side, *, manager: bool) -> Iterator[str]:
    return (str(each.person) for each in side.team if (each.assignment.part == Part.MANAGER) == manager)
