"""Whom to win back first: the chance of a return, times what it would bring, less what trying costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet, Sum
from django.utils.safestring import SafeString

from anahtar.metrics.loss.retention import Rate
from anahtar_web.accounts.models import Account
from anahtar_web.gate.rights import Field, Right
from anahtar_web.insight.models import Run
from anahtar_web.losses.drawing import interval
from anahtar_web.losses.models import LossReport, WayBack
from anahtar_web.losses.pages.frame import Frame
from anahtar_web.losses.queries import ordered, ways_back

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SIZE: Final = 50
PARAMETERS: Final = frozenset({"cost", "q", "silence"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for.

    Parameters
    ----------
    attempt
        What one costs, in ten-thousandths.
    silence
        At least so many days of silence.
    """

    text: str = ""
    attempt: int = 0
    silence: int = 0

    def rows(self, user: "User", run: Run, *, valued: bool) -> "QuerySet[WayBack]":
        """Give the ways back, the dearest first; those without a value last, by revenue."""
        found = ways_back(user, run).filter(silence__gte=self.silence)
        if self.text:
            found = found.filter(account__in=Account.objects.visible_to(user).matching(self.text).values("pk"))
        by = (F("value").desc(nulls_last=True), F("revenue").desc()) if valued else (F("revenue").desc(),)
        return ordered(found, *by)

    def address(self, cost: str) -> str:
        """As the address writes it."""
        said = {"q": self.text, "cost": cost, "silence": str(self.silence or "")}
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a return is after some days of silence, and from how many."""

    days: int
    rate: Rate
    reached: int
    returned: int
    open: int
    drawn: SafeString

    @property
    def address(self) -> str:
        """Who has been silent for as long."""
        return urlencode({"silence": self.days})


@dataclass(frozen=True, slots=True)
class Way:
    """One account; `net`: its value less the cost of an attempt."""

    row: WayBack
    net: int | None
    drawn: SafeString


@dataclass(frozen=True, slots=True)
class WayBackPage:
    """The template's contract.

    Parameters
    ----------
    valued
        Whether the reader may see what winning back is worth: where the ledger knows costs it is profit.
    in_profit
        Whether worth is profit; otherwise revenue.
    worth, worthwhile
        Together and how many, of those whose value is above the cost.
    chances
        For who knows the company.
    """

    frame: Frame
    asked: Asked
    address: str
    valued: bool
    in_profit: bool
    rows: Sequence[Way]
    slice: "Page[WayBack]"
    worth: int
    worthwhile: int
    revenue: int
    recovery: Mapping[str, Any]
    chances: Sequence[Chance]
    may_export: bool

    @classmethod
    def build(cls, user: "User", run: Run, report: LossReport, asked: Asked, *, cost: str, page: str) -> Self:
        """Read it."""
        told, frame = report.told, Frame.of(user, "way_back", run, report)
        valued = is_valued(user, report)
        found = asked.rows(user, run, valued=valued)
        slice_ = Paginator(found, SIZE).get_page(page)
        over = Q(value__gt=asked.attempt)
        sums = found.order_by().aggregate(
            revenue=Sum("revenue"), worth=Sum("value", filter=over) if valued else Sum("pk", filter=Q(pk=None))
        )
        worthwhile = found.filter(over).count() if valued else 0
        return cls(
            frame,
            asked,
            asked.address(cost),
            valued,
            told["in_profit"],
            [_way(row, asked.attempt, valued) for row in slice_],
            slice_,
            (sums["worth"] or 0) - worthwhile * asked.attempt,
            worthwhile,
            sums["revenue"] or 0,
            told["recovery"],
            [_chance(one) for one in told["chances"]] if frame.whole else (),
            user.may(Right.EXPORT),
        )


def is_valued(user: "User", report: LossReport) -> bool:
    """Whether a person may see what winning back is worth."""
    return user.sees(Field.PROFIT) or not report.told["in_profit"]


def _way(row: WayBack, cost: int, valued: bool) -> Way:
    net = row.value - cost if valued and row.value is not None else None
    return Way(row, net, interval(Rate(row.chance, row.chance_low, row.chance_high)))


def _chance(told: Mapping[str, Any]) -> Chance:
    rate = Rate(told["value"], told["low"], told["high"])
    return Chance(told["days"], rate, told["reached"], told["returned"], told["open"], interval(rate))
