"""Where accounts were lost, against the base rate; and the directions that died while the account lives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.paginator import Page, Paginator
from django.db.models import Sum
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from anahtar.metrics.loss.retention import Rate
from anahtar_web.insight.models import Run
from anahtar_web.losses.drawing import banded
from anahtar_web.losses.models import LossReport, PartialLoss
from anahtar_web.losses.pages.frame import Frame
from anahtar_web.losses.queries import partial_losses

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
        found = [_dimension(str(label), told[name]) for name, label in DIMENSIONS.items() if name in told]
        return cls(Frame.of(user, "places", run, report), found)


def _dimension(label: str, told: Mapping[str, Any]) -> Dimension:
    bought = told["bought"]
    # What chance does not explain is read first, however little money it is.
    stored = sorted(told["places"], key=lambda one: one["judged"]["verdict"] not in ("worse", "better"))[:SHOWN]
    most = max((max(one["judged"]["rate"]["high"] or 0, one["judged"]["high"]) for one in stored), default=1.0)
    places = [_place(one, bought, most) for one in stored]
    base = told["base"]
    return Dimension(label, base["gone"], base["of"], bought, told["tested"], places, told["all"] - len(places))


def _place(told: Mapping[str, Any], bought: bool, most: float) -> Place:
    judged = told["judged"]
    rate = Rate(**judged["rate"])
    return Place(
        name=told["name"] or told["code"],
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
class PartsPage:
    """Directions that died, the dearest first."""

    frame: Frame
    rows: "Page[PartialLoss]"
    accounts: int
    revenue: int

    @classmethod
    def build(cls, user: "User", run: Run, report: LossReport, page: str) -> Self:
        """Read it."""
        found = partial_losses(user, run)
        return cls(
            Frame.of(user, "parts", run, report),
            Paginator(found, SIZE).get_page(page),
            found.order_by().values("account").distinct().count(),
            found.aggregate(sum=Sum("revenue"))["sum"] or 0,
        )
