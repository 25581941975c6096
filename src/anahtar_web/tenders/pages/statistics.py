"""What past tenders teach: against whom, by which criterion, for which reasons and at which price we win and lose."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from anahtar.rules.price_gap import Spread
from anahtar.rules.win_rate import WinRate
from anahtar_web.gate.rights import Field, Right
from anahtar_web.people.models import User as Person
from anahtar_web.tenders.asked import COMPETED, NONE, NOT_WON, Asked
from anahtar_web.tenders.boxes import Axis, axis_of, box, interval
from anahtar_web.tenders.models import DECIDED, Outcome, Reason
from anahtar_web.tenders.pages.choices import Choices, MoreChoices
from anahtar_web.tenders.pages.tabs import Tab, tabs
from anahtar_web.tenders.queries.figures import Bid, Group, Past, grouped, past_of, rate_of, why_lost

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Why:
    """A reason and how many of the lost tenders of a line it explains."""

    name: str
    count: int
    href: str
    among: int = 0

    @property
    def part(self) -> float | None:
        """Which part of them it explains."""
        return self.count / self.among if self.among else None


@dataclass(frozen=True, slots=True)
class Line:
    """Tenders that have something in common; every count opens them.

    Parameters
    ----------
    second
        What they have in common besides.
    """

    name: str
    second: str
    rate: WinRate
    why: Sequence[Why]
    href: str
    won_href: str
    lost_href: str
    filter_href: str

    @property
    def drawn(self) -> SafeString:
        """The interval as a line with the rate on it."""
        return interval(self.rate)


@dataclass(frozen=True, slots=True)
class Gap:
    """Our price against one winner's."""

    name: str
    spread: Spread
    drawn: SafeString
    href: str

    @property
    def above(self) -> float:
        """The middle gap, as what we are above them."""
        return self.spread.middle - 1

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest gap, likewise."""
        return self.spread.least - 1, self.spread.greatest - 1

    @property
    def quartiles(self) -> tuple[float, float]:
        """The quartiles, likewise."""
        return self.spread.lower - 1, self.spread.upper - 1


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """All of it, for the accounts one person sees."""

    tabs: Sequence[Tab]
    asked: Asked
    choices: Choices
    more: MoreChoices
    rate: WinRate
    drawn: SafeString
    others: Sequence[Why]
    """Withdrawn, cancelled and never bid for: in no rate."""
    rivals: Sequence[Line]
    crossed: Sequence[Line]
    reasons: Sequence[Why]
    directions: Sequence[Line]
    years: Sequence[Line]
    owners: Sequence[Line]
    gaps: Sequence[Gap] | None
    axis: Axis | None
    own: bool
    href: str
    won_href: str
    lost_href: str

    @classmethod
    def build(cls, user: "User", asked: Asked) -> Self:
        """Read it; the number of queries does not depend on the number of tenders."""
        asked = asked.without("stage", "outcome", "due", "sort", "q")
        past = past_of(asked.narrow(user), user)
        names = _Names.read(past)
        tell = _Telling(asked, names, past)
        axis = axis_of(past.gaps.values()) if past.gaps else None
        counts = [bid.outcome for bid in past.bids]
        return cls(
            tabs=tabs(user, "statistics", asked),
            asked=asked,
            choices=Choices.among(user, asked),
            more=MoreChoices.among(user),
            rate=(rate := rate_of(past.bids)),
            drawn=interval(rate),
            others=[
                Why(str(outcome.label), counts.count(outcome), asked.query(outcome=outcome))
                for outcome in Outcome
                if outcome not in DECIDED and outcome in counts
            ],
            rivals=tell.lines(lambda bid: bid.rivals or (NONE,), names.rival, "competitor"),
            crossed=tell.crossed(),
            reasons=tell.why(past.bids, {}),
            directions=tell.lines(lambda bid: (bid.direction or NONE,), names.direction, "direction"),
            years=sorted(
                tell.lines(lambda bid: (bid.decided_on.year,), str, "year"), key=lambda line: line.name, reverse=True
            ),
            owners=tell.lines(lambda bid: (bid.owner or NONE,), names.owner, "owner"),
            gaps=_gaps(past, names, axis, asked) if user.sees(Field.OFFER) else None,
            axis=axis,
            own=not user.may(Right.SEE_ALL_ACCOUNTS),
            href=asked.query(outcome=COMPETED),
            won_href=asked.query(outcome=Outcome.WON),
            lost_href=asked.query(outcome=NOT_WON),
        )


@dataclass(frozen=True, slots=True)
class _Names:
    past: Past
    people: Mapping[int, Person]
    reasons: Mapping[int, Reason]

    @classmethod
    def read(cls, past: Past) -> Self:
        people = Person.objects.in_bulk({bid.owner for bid in past.bids if bid.owner})
        return cls(past, people, Reason.objects.in_bulk())

    def rival(self, key: Any) -> str:
        return self.past.competitors[key].name if key in self.past.competitors else _("nobody known")

    def criterion(self, key: str) -> str:
        return self.past.criteria.get(key) or _("no criterion known")

    def direction(self, key: str) -> str:
        return _("none said") if key == NONE else key

    def owner(self, key: Any) -> str:
        return self.people[key].name if key in self.people else _("nobody")

    def reason(self, key: int | None) -> str:
        return str(self.reasons[key]) if key is not None and key in self.reasons else _("no reason given")


@dataclass(frozen=True, slots=True)
class _Telling:
    asked: Asked
    names: _Names
    past: Past

    def lines(self, keys: Callable[[Bid], Iterable[Any]], name: Callable[[Any], str], of: str) -> list[Line]:
        return [self._line(group, name(group.key), "", {of: group.key}) for group in grouped(self.past.bids, keys)]

    def crossed(self) -> list[Line]:
        """Give competitor by weightiest criterion: that is where one finds what decides against whom."""

        def keys(bid: Bid) -> Iterable[Any]:
            return ((rival, bid.criterion or NONE) for rival in bid.rivals)

        return [
            self._line(
                group,
                self.names.rival(group.key[0]),
                self.names.criterion(group.key[1]),
                {"competitor": group.key[0], "criterion": group.key[1]},
            )
            for group in grouped(self.past.bids, keys)
        ]

    def why(self, bids: Iterable[Bid], instead: Mapping[str, Any]) -> list[Why]:
        return self._why(why_lost(bids), instead)

    def _line(self, group: Group, name: str, second: str, instead: Mapping[str, Any]) -> Line:
        return Line(
            name=name,
            second=second,
            rate=group.rate,
            why=self._why(group.reasons, instead),
            href=self.asked.query(**instead, outcome=COMPETED),
            won_href=self.asked.query(**instead, outcome=Outcome.WON),
            lost_href=self.asked.query(**instead, outcome=NOT_WON),
            filter_href=self.asked.query(**instead),
        )

    def _why(self, reasons: Iterable[tuple[int | None, int]], instead: Mapping[str, Any]) -> list[Why]:
        told = list(reasons)
        among = sum(count for _key, count in told)
        return [
            Why(self.names.reason(key), count, self.asked.query(**instead, reason=key or NONE, outcome=NOT_WON), among)
            for key, count in told
        ]


def _gaps(past: Past, names: _Names, axis: Axis | None, asked: Asked) -> list[Gap]:
    if past.gaps is None or axis is None:
        return []
    ordered = sorted(past.gaps.items(), key=lambda one: (-one[1].count, names.rival(one[0])))
    return [
        Gap(names.rival(key), spread, box(spread, axis), asked.query(competitor=key, outcome=NOT_WON))
        for key, spread in ordered
    ]
