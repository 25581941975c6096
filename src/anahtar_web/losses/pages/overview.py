"""The page of losses: how much is lost, the bridge from one year's revenue to the next, and the months."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.insight.models import Run
from anahtar_web.insight.pages.waterfall import bars
from anahtar_web.insight.queries import standings_of
from anahtar_web.jobs.told import shown
from anahtar_web.losses.bridging import Bridge, bridge_of
from anahtar_web.losses.drawing import interval
from anahtar_web.losses.models import BridgeRow, PartialLoss
from anahtar_web.losses.months import Month, Silence, months_of
from anahtar_web.losses.pages.frame import Frame, bucket_words
from anahtar_web.losses.panels import LOOKS, Line
from anahtar_web.losses.queries import (
    bridge_rows,
    continuations,
    lapses,
    ordered,
    partial_losses,
    shared_with_others,
    standing_ends,
)
from anahtar_web.ui.panels import Panel
from anahtar_web.ui.templatetags.shown import say

if TYPE_CHECKING:
    from anahtar_web.people.models import User

PARAMETERS: Final = frozenset({"months"})
MONTHS: Final = 13
"""Shown; the others are asked for."""
CHARTED: Final = 12
PARTS: Final = 8
APART: Final = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the bridge, and one row of its table.

    Parameters
    ----------
    kind
        `whole`, `up` or `down`.
    accounts
        None: of a whole.
    """

    label: str
    meaning: str
    value: int
    accounts: int | None
    credits_only: int
    kind: str
    start: str
    width: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """One month with its drawing."""

    told: Month
    drawn: SafeString


@dataclass(frozen=True, slots=True)
class Contraction:
    """An account that buys less, and why, as far as the analysis took it apart."""

    account: Account
    row: BridgeRow
    parts: Sequence[tuple[str, int]]

    @property
    def change(self) -> int:
        """Revenue of now less that of before."""
        return self.row.revenue - self.row.revenue_before


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The template's contract.

    Parameters
    ----------
    bridge
        None: there is nothing to compare.
    months
        The latest first.
    more
        Months that are not shown.
    went_on
        Accounts that went on under another code, of those the reader sees.
    """

    frame: Frame
    criterion: str = ""
    bridge: Bridge | None = None
    steps: Sequence[Step] = ()
    months: Sequence[ShownMonth] = ()
    more: int = 0
    chart: Mapping[str, Any] | None = None
    apart: Sequence[Contraction] = ()
    partial: Sequence[PartialLoss] = ()
    partial_count: int = 0
    went_on: int = 0
    panels: Sequence[Panel[Line]] = ()

    @classmethod
    def build(cls, user: "User", *, every_month: bool) -> Self:
        """Read everything the page shows; the number of queries does not depend on the accounts."""
        frame = Frame.build(user, "overview")
        run, report = frame.run, frame.report
        if run is None or report is None:
            return cls(frame)
        bridge = bridge_of(user, run, report)
        found = _months(user, frame)
        listed = found if every_month else found[-MONTHS:]
        partial = partial_losses(user, run)
        return cls(
            frame,
            criterion=shown(report.told["criterion"]),
            bridge=bridge,
            steps=_steps(bridge),
            months=[ShownMonth(one, _drawn(one, listed)) for one in reversed(listed)],
            more=len(found) - len(listed),
            chart=_chart(found[-CHARTED:]),
            apart=_apart(user, run, report.told["apart"]),
            partial=list(partial[:PARTS]),
            partial_count=partial.count(),
            went_on=continuations(user, run).count(),
            panels=LOOKS.panels(run, user),
        )

    @property
    def lost(self) -> int:
        """Accounts lost."""
        return self.bridge.buckets["lost"].accounts if self.bridge else 0

    @property
    def revenue_lost(self) -> int:
        """Revenue that went with them, above zero."""
        return -self.bridge.buckets["lost"].amount if self.bridge else 0


def bucket_address(bucket: str) -> str:
    """Where the accounts of a bucket are."""
    return f"{reverse('losses:accounts')}?{urlencode({'bucket': bucket})}"


def _steps(bridge: Bridge | None) -> list[Step]:
    if bridge is None:
        return []
    words = bucket_words()
    named = [(name, one) for name, one in bridge.buckets.items() if name != "steady"]
    first, *between, last = bars(bridge.revenue_before, bridge.revenue, [one.amount for _name, one in named])
    every = reverse("losses:accounts")
    steps = [Step(_("Revenue before"), "", bridge.revenue_before, None, 0, "whole", *first, every)]
    for (name, one), bar in zip(named, between, strict=True):
        kind = "down" if name in ("contraction", "lost") else "up"
        label = str(BridgeRow.Bucket(name).label)
        told = (label, words[name], one.amount, one.accounts, one.credits_only, kind)
        steps.append(Step(*told, *bar, bucket_address(name)))
    return [*steps, Step(_("Revenue now"), "", bridge.revenue, None, 0, "whole", *last, every)]


# Months -----------------------------------------------------------------------------------------------------------


def _months(user: "User", frame: Frame) -> list[Month]:
    assert frame.run is not None
    assert frame.report is not None
    if frame.whole:
        return [Month.told(stored) for stored in frame.report.told["months"]]
    return own_months(user, frame.run)


def own_months(user: "User", run: Run) -> list[Month]:
    """Count the months from the rows of the accounts that a person sees: exposed are these, and no others."""
    rows = lapses(user, run).values_list("lost_on", "returned_on", "purchases", "revenue")
    first = standings_of(user, run).exclude(account__in=shared_with_others(user, run))
    begun = first.values_list("account", "first_purchase")
    assert run.as_of is not None
    silences = (Silence(*row) for row in rows.order_by("pk"))
    return months_of(silences, _begun(begun.order_by("pk"), standing_ends(run)), as_of=run.as_of)


def _begun(first: Iterable[tuple[int, date | None]], ends: Mapping[int, int]) -> Iterable[date]:
    found: dict[int, date] = {}
    for account, day in first:
        end = ends.get(account, account)
        if day is not None:
            found[end] = min(day, found.get(end, day))
    return found.values()


def _drawn(one: Month, among: Sequence[Month]) -> SafeString:
    most = max((other.rate_now.high or 0.0 for other in among), default=1.0)
    return interval(one.rate_now, most=most)


def _chart(months: Sequence[Month]) -> Mapping[str, Any] | None:
    if not any(one.lost_then for one in months):
        return None
    return {
        "months": [one.month for one in months],
        "before": [one.lost_then for one in months],
        "now": [one.lost_now for one in months],
        "before_name": _("Lost then"),
        "now_name": _("of them still lost"),
        "unit": "number",
    }


# Contraction ------------------------------------------------------------------------------------------------------


def _apart(user: "User", run: Run, told: Mapping[str, Mapping[str, int]]) -> list[Contraction]:
    rows = bridge_rows(user, run).filter(bucket=BridgeRow.Bucket.CONTRACTION, bought_before=True)
    found = ordered(rows.annotate(change=F("revenue") - F("revenue_before")), "change")[:APART]
    return [Contraction(row.account, row, _parts(told.get(row.account.code, {}))) for row in found]


def _parts(told: Mapping[str, int]) -> list[tuple[str, int]]:
    from anahtar.report.explain_change import PARTS

    return [(say(PARTS[name]), told[name]) for name in PARTS if told.get(name)]
