"""Where the change comes from: a year ago, what came and went, now; drawn as steps that end where the next begins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from anahtar_web.insight.portfolio.reckoning import Reckoned

WIDTH: Final = 100.0
"""Of the drawing, in its own units."""

LEAST: Final = 0.6
"""A bar of something is never too narrow to be seen."""

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
    reached = [then]
    for _label, _accounts, value in changes:
        reached.append(reached[-1] + value)
    low, high = min(0, now, *reached), max(0, now, *reached)
    scale = WIDTH / ((high - low) or 1)

    def bar(start: int, end: int) -> tuple[str, str]:
        left, width = (min(start, end) - low) * scale, abs(end - start) * scale
        width = max(width, LEAST) if start != end else 0.0
        return f"{min(left, WIDTH - width):.2f}", f"{width:.2f}"

    yield Step(_("A year ago"), None, then, "whole", *bar(0, then))
    for at, (label, accounts, value) in enumerate(changes):
        yield Step(label, accounts, value, "up" if value >= 0 else "down", *bar(reached[at], reached[at + 1]))
    yield Step(_("Now"), None, now, "whole", *bar(0, now))
