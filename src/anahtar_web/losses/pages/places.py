"""Where accounts were lost, against the base rate; and the directions that died while the account lives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, Sum
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from anahtar.metrics.loss.retention import Rate
from anahtar_web.foresight.models import KINDS
from anahtar_web.foresight.models import Dimension as KindOfDirection
from anahtar_web.insight.models import Run
from anahtar_web.losses.drawing import banded
from anahtar_web.losses.models import Gone, LossReport, PartialLoss
from anahtar_web.losses.pages.frame import Frame
from anahtar_web.losses.queries import gone_from, kinds_that_died, partial_losses

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SHOWN: Final = 15
SIZE: Final = 50

DIMENSIONS: Final[Mapping[str, Any]] = {
    "direction": _("By direction"),
    "region": _("By region"),
    "salesperson": _("By salesperson"),
    "product": _("By product"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One value of a dimension.

    Parameters
    ----------
    gone
        Accounts lost, where the dimension is bought with those that only left it.
    revenue_gone
        What these bought of it before.
    verdict
        `worse`, `better`, `usual` or `few`.
    """

    name: str
    address: str
    accounts: int
    gone: int
    left: int
    revenue_gone: int
    rate: Rate
    low: float
    high: float
    verdict: str
    drawn: SafeString

    @property
    def is_outside(self) -> bool:
        """Whether chance does not explain it."""
        return self.verdict in ("worse", "better")


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to say where; `rest`: values that are not shown."""

    label: str
    gone: int
    of: int
    bought: bool
    tested: int
    places: Sequence[Place]
    rest: int

    @property
    def base(self) -> float | None:
        """The base rate."""
        return self.gone / self.of if self.of else None

    @property
    def outside(self) -> int:
        """How many values chance does not explain."""
        return sum(place.is_outside for place in self.places)


@dataclass(frozen=True, slots=True)
class PlacesPage:
    """The template's contract."""

    frame: Frame
    dimensions: Sequence[Dimension]

    @classmethod
    def build(cls, user: "User", run: Run, report: LossReport) -> Self:
        """Lay out what the run found."""
        told = report.told["places"]
        found = [_dimension(name, str(label), told[name]) for name, label in DIMENSIONS.items() if name in told]
        return cls(Frame.of(user, "places", run, report), found)


def _dimension(name: str, label: str, told: Mapping[str, Any]) -> Dimension:
    bought = told["bought"]
    # What chance does not explain is read first, however little money it is.
    stored = sorted(told["places"], key=lambda one: one["judged"]["verdict"] not in ("worse", "better"))[:SHOWN]
    most = max((max(one["judged"]["rate"]["high"] or 0, one["judged"]["high"]) for one in stored), default=1.0)
    places = [_place(name, one, bought, most) for one in stored]
    base = told["base"]
    return Dimension(label, base["gone"], base["of"], bought, told["tested"], places, told["all"] - len(places))


def _place(dimension: str, told: Mapping[str, Any], bought: bool, most: float) -> Place:
    judged = told["judged"]
    rate = Rate(**judged["rate"])
    return Place(
        name=told["name"] or told["code"],
        address=urlencode({"of": dimension, "code": told["code"]}),
        accounts=told["accounts"],
        gone=told["lost"] + (told["left"] if bought else 0),
        left=told["left"] if bought else 0,
        revenue_gone=told["revenue_lost"] + (told["revenue_left"] if bought else 0),
        rate=rate,
        low=judged["low"],
        high=judged["high"],
        verdict=judged["verdict"],
        drawn=banded(rate, judged["low"], judged["high"], most=most),
    )


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Who is gone from one place, the dearest first.

    Parameters
    ----------
    lost
        How many are lost altogether; the others only left the place.
    """

    frame: Frame
    dimension: str
    name: str
    rows: "Page[Gone]"
    lost: int
    revenue: int

    @classmethod
    def build(cls, user: "User", run: Run, report: LossReport, of: str, code: str, page: str) -> Self | None:
        """Read it; None where the run knows no such place."""
        told = report.told["places"].get(of, {"places": []})["places"]
        place = next((one for one in told if one["code"] == code), None)
        if place is None or of not in DIMENSIONS:
            return None
        found = gone_from(user, run, of, code)
        sums = found.order_by().aggregate(lost=Count("pk", filter=Q(lost=True)), revenue=Sum("revenue_before"))
        return cls(
            Frame.of(user, "places", run, report),
            str(DIMENSIONS[of]),
            place["name"] or code,
            Paginator(found, SIZE).get_page(page),
            sums["lost"],
            sums["revenue"] or 0,
        )


@dataclass(frozen=True, slots=True)
class PartsPage:
    """Directions that died, the dearest first.

    Parameters
    ----------
    kinds, kind
        The kinds of direction that died, each with how many; and which one is asked for, empty: what counts of all.
    """

    frame: Frame
    rows: "Page[PartialLoss]"
    accounts: int
    revenue: int
    kinds: Sequence[tuple[str, str, int]]
    kind: str

    @classmethod
    def build(cls, user: "User", run: Run, report: LossReport, page: str, kind: str = "") -> Self:
        """Read it."""
        counts = kinds_that_died(user, run)
        kind = kind if kind in counts else ""
        found = partial_losses(user, run, kind)
        return cls(
            Frame.of(user, "parts", run, report),
            Paginator(found, SIZE).get_page(page),
            found.order_by().values("account").distinct().count(),
            found.aggregate(sum=Sum("revenue"))["sum"] or 0,
            [(one.value, str(KINDS[one]), counts[one]) for one in KindOfDirection if one in counts],
            kind,
        )
