"""What the address of the portfolio asks for. A name it does not know, or may not, is refused whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import QueryDict

from anahtar.analysis.slicing import UNDIRECTED, SliceAsked
from anahtar_web.accounts.access import accounts_for
from anahtar_web.gate.rights import Field, Right
from anahtar_web.insight import filters
from anahtar_web.insight.among import column_of
from anahtar_web.insight.models import Measure, Run
from anahtar_web.insight.portfolio.periods import MONTHS, Period, period
from anahtar_web.insight.slices import asked_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from anahtar_web.accounts.models import Account
    from anahtar_web.insight.models import Standing
    from anahtar_web.insight.remembered import Memory
    from anahtar_web.people.models import User

PARAMETERS: Final = frozenset(
    {"period", "from", "to", "measure", "direction", "kam", "team", "group", "without", "view"}
)

ALL: Final = "all"
"""The value of `view` that asks for the page as it is, whatever view it opens with."""

MOST_WITHOUT: Final = 10
"""Accounts that can be thought away at once."""


@dataclass(frozen=True, slots=True)
class PortfolioAsked:
    """One state of the page.

    Parameters
    ----------
    measure, usual_measure
        What accounts are ranked by, and by what they are where nobody chooses.
    measures
        What this person may choose from.
    direction
        As the address writes it; empty: all lines.
    directions
        Value in the address -> code of the core.
    kam, team, group
        Primary keys, as the accounts table takes them.
    without
        Accounts thought away.
    view
        Key of the saved view that is open, which the filter may have left since; `all`: none; empty: nobody asked.
    """

    period: Period
    measure: str
    usual_measure: str
    measures: Sequence[str]
    direction: str
    directions: Mapping[str, str]
    kam: str
    team: str
    group: str
    without: "Sequence[Account]"
    view: str

    @classmethod
    def of(cls, query: QueryDict, user: "User", run: Run, directions: Mapping[str, str]) -> Self:
        """Read an address.

        Parameters
        ----------
        directions
            Lines of business of the ledger, by code.

        Raises
        ------
        BadRequest
            A parameter or its value is unknown, or not for this person. That it exists for others must not be told.
        Http404
            An account to be left out is absent or invisible.
        """
        for name in query:
            if name not in PARAMETERS:
                raise BadRequest(f"unknown parameter {name!r}")
        told = {name: _single(query, name) for name in PARAMETERS - {"without"}}
        measures = measures_for(user, run)
        usual = run.measure if run.measure in measures else measures[0]
        codes = addresses(directions)
        return cls(
            period=period(run, told["period"], told["from"], told["to"]),
            measure=_known(told["measure"] or usual, measures, "measure"),
            usual_measure=usual,
            measures=measures,
            direction=_known(told["direction"], ["", *codes], "direction"),
            directions=codes,
            kam=_meant(told["kam"], "kam"),
            team=_meant(told["team"], "team"),
            group=_meant(told["group"], "group"),
            without=_without(query, user),
            view=_view(told["view"]),
        )

    def slice_of(self, run: Run) -> SliceAsked:
        """Give the filter that the core answers."""
        direction = self.directions[self.direction] if self.direction else None
        return asked_of(run, window=self.period.window, measure=self.measure, direction=direction)

    def keys(self, memory: "Memory") -> list[int] | None:
        """Give the accounts it is about, as far as a person sees them; None: all of the company."""
        whole = memory.user.is_active and memory.user.may(Right.SEE_ALL_ACCOUNTS)
        if whole and not self.narrowed:
            return None
        return column_of(self.standings(memory), "account")

    def standings(self, memory: "Memory") -> "QuerySet[Standing]":
        """Give the standings of the accounts it is about, as far as a person sees them."""
        standings = memory.standings()
        for name, value in self.narrowed.items():
            standings = filters.BY_NAME[name].narrow(standings, (value,))
        return standings

    @property
    def narrowed(self) -> Mapping[str, str]:
        """The filters that leave accounts out, as the accounts table names them."""
        told = {"kam": self.kam, "team": self.team, "group": self.group}
        return {name: value for name, value in told.items() if value}

    @property
    def by_profit(self) -> bool:
        """Whether accounts are ranked by profit."""
        return self.measure == Measure.PROFIT

    @property
    def is_usual(self) -> bool:
        """Whether nothing is in force."""
        return not self.parameters()

    def parameters(self, **changed: str) -> list[tuple[str, str]]:
        """Write the state as parameters, some of them changed; empty takes one out, `without` takes a key out."""
        return list(self._parameters(changed))

    def address(self, **changed: str) -> str:
        """Write the state as an address."""
        told = self.parameters(**changed)
        return "?" + urlencode([("view", self.view or ALL), *told] if self.view or not told else told)

    def query(self) -> str:
        """Write the state as a saved view keeps it."""
        return urlencode(self.parameters())

    def address_without(self, account: int) -> str:
        """Write the state with one account more thought away."""
        return f"{self.address()}&{urlencode({'without': account})}"

    def _parameters(self, changed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        first, last = self.period.months if self.period.name == MONTHS else ("", "")
        if "period" in changed:
            first, last = "", ""
        told = {
            "period": self.period.name,
            "from": first,
            "to": last,
            "measure": "" if self.measure == self.usual_measure else self.measure,
            "direction": self.direction,
            "kam": self.kam,
            "team": self.team,
            "group": self.group,
            **{name: value for name, value in changed.items() if name != "without"},
        }
        yield from ((name, value) for name, value in told.items() if value)
        left = changed.get("without")
        if left != "all":
            yield from (("without", str(account.pk)) for account in self.without if str(account.pk) != left)


def measures_for(user: "User", run: Run) -> Sequence[str]:
    """Give the measures a person may rank by: profit only where costs are known, to who sees it."""
    if run.profit is not None and user.sees(Field.PROFIT):
        return (Measure.REVENUE.value, Measure.PROFIT.value)
    return (Measure.REVENUE.value,)


def addresses(directions: Mapping[str, str]) -> Mapping[str, str]:
    """Give each line of business its value in the address; those that name none have one no code has."""
    if not directions:
        return {}
    none = filters.NONE
    while none in directions:
        none += "-"
    return {**{code: code for code in directions}, none: UNDIRECTED}


def _single(query: QueryDict, name: str) -> str:
    values = query.getlist(name)
    if len(values) > 1:
        raise BadRequest(f"{name!r} more than once")
    return values[0] if values else ""


def _known(value: str, known: Sequence[str], name: str) -> str:
    if value not in known:
        raise BadRequest(f"unknown value of {name!r}")
    return value


def _meant(value: str, name: str) -> str:
    if value and not filters.is_meant(filters.BY_NAME[name], value):
        raise BadRequest(f"unknown value of {name!r}")
    return value


def _view(value: str) -> str:
    if value not in ("", ALL) and not (value.isdecimal() and len(value) < 19):
        raise BadRequest("unknown value of 'view'")
    return value


def _without(query: QueryDict, user: "User") -> "Sequence[Account]":
    asked = [value for value in query.getlist("without") if value]
    if len(asked) > MOST_WITHOUT:
        raise BadRequest("too many accounts left out")
    return accounts_for(user, asked) if asked else ()
