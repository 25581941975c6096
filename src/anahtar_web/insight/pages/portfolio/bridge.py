"""Where the change comes from: a year ago, what came and went, now; drawn as steps that end where the next begins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from anahtar_web.insight.pages.waterfall import bars
from anahtar_web.insight.portfolio.reckoning import Reckoned

LABELS: Final[dict[str, Any]] = {
    "new": pgettext_lazy("accounts", "New"),
    "returned": pgettext_lazy("accounts", "Returned"),
    "grown": pgettext_lazy("accounts", "Grown"),
    "shrunk": pgettext_lazy("accounts", "Shrunk"),
    "lost": pgettext_lazy("accounts", "Stopped buying"),
    "steady": pgettext_lazy("accounts", "Unchanged"),
    "others": pgettext_lazy("accounts", "Returns only"),
}
"""In the order of the steps."""

ALWAYS: Final = ("new", "returned", "grown", "shrunk", "lost")


@dataclass(frozen=True, slots=True)
class Step:
    """One bar.

    Parameters
    ----------
    kind
        `whole`, `up` or `down`.
    start, width
        Of the bar, in hundredths of the drawing, as SVG reads them.
    """

    label: str
    accounts: int | None
    value: int
    kind: str
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class BridgeCard:
    """The card; without steps where the ledger is younger than a year ago."""

    steps: Sequence[Step]
    difference: int | None
    rate: float | None

    @classmethod
    def build(cls, reckoned: Reckoned) -> "BridgeCard":
        """Lay the steps out."""
        portfolio = reckoned.portfolio
        if portfolio.bridge is None or portfolio.year_ago is None:
            return cls((), None, None)
        then, now = portfolio.year_ago.value, portfolio.now.value
        changes = [
            (str(label), change.accounts, change.value)
            for name, label in LABELS.items()
            for change in [getattr(portfolio.bridge, name)]
            if change.value or name in ALWAYS
        ]
        steps = list(_steps(then, now, changes))
        return cls(steps, now - then, now / then - 1 if then > 0 else None)


def _steps(then: int, now: int, changes: Sequence[tuple[str, int, int]]) -> Iterator[Step]:
    first, *between, last = bars(then, now, [value for _label, _accounts, value in changes])
    yield Step(_("A year ago"), None, then, "whole", *first)
    for (label, accounts, value), bar in zip(changes, between, strict=True):
        yield Step(label, accounts, value, "up" if value >= 0 else "down", *bar)
    yield Step(_("Now"), None, now, "whole", *last)
