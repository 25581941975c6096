"""The silences behind one month: who was lost in it, and who of them has bought since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet, Sum

from anahtar_web.insight.models import Run
from anahtar_web.losses.models import Lapse, LossReport
from anahtar_web.losses.pages.frame import Frame
from anahtar_web.losses.queries import lapses, ordered

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SIZE: Final = 50
PARAMETERS: Final = frozenset({"month", "show"})
SHOWN: Final = ("then", "now", "back")
"""Lost then; of them still lost; back in the month."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which month, and whom of it."""

    month: date
    show: str = "then"

    @classmethod
    def of(cls, query: Mapping[str, str], run: Run) -> Self:
        """Read it; without a month it is the last one.

        Raises
        ------
        BadRequest
            It names no month, or nothing that a month tells.
        """
        show = query.get("show", "then")
        try:
            month = date.fromisoformat(f"{query['month']}-01") if "month" in query else _last(run)
        except ValueError as error:
            raise BadRequest("no such month") from error
        if show not in SHOWN:
            raise BadRequest("no such accounts")
        return cls(month, show)

    def rows(self, user: "User", run: Run) -> "QuerySet[Lapse]":
        """Give the silences, the dearest first."""
        after = date(self.month.year + self.month.month // 12, self.month.month % 12 + 1, 1)
        found = lapses(user, run)
        if self.show == "back":
            inside: dict[str, Any] = {"returned_on__gte": self.month, "returned_on__lt": after}
            return ordered(found.filter(lost_on__lt=self.month, **inside), "-revenue", "bought_on")
        found = found.filter(lost_on__gte=self.month, lost_on__lt=after)
        # Who was back in the same month was lost for nobody who looked at its end.
        still = Q(returned_on=None) if self.show == "now" else Q(returned_on=None) | Q(returned_on__gte=after)
        return ordered(found.filter(still), "-revenue", "bought_on")


@dataclass(frozen=True, slots=True)
class LapsesPage:
    """The template's contract."""

    frame: Frame
    asked: Asked
    rows: "Page[Lapse]"
    revenue: int

    @classmethod
    def build(cls, user: "User", run: Run, report: LossReport, asked: Asked, page: str) -> Self:
        """Read it."""
        found = asked.rows(user, run)
        total = found.order_by().aggregate(sum=Sum("revenue"))["sum"] or 0
        return cls(Frame.of(user, "overview", run, report), asked, Paginator(found, SIZE).get_page(page), total)


def _last(run: Run) -> date:
    assert run.as_of is not None
    return run.as_of.replace(day=1)
