"""Distributions and intervals drawn on the server, as SVG; the numbers stand beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Final

from django.utils.safestring import SafeString

from anahtar.rules.price_gap import Spread
from anahtar.rules.win_rate import WinRate
from anahtar.words import MINUS
from anahtar_web.ui.markup import markup
from anahtar_web.ui.templatetags.shown import words

_WIDTH: Final = 320
_HEIGHT: Final = 28
_EDGE: Final = 6
_MOST_DOTS: Final = 200
_STEPS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Axis:
    """From which gap to which the drawings of a table reach, all alike.

    Parameters
    ----------
    marks
        Gaps at which a line stands; 1 is the winner's price.
    """

    low: float
    high: float
    marks: Sequence[float]

    def at(self, gap: float) -> float:
        """Give the place of a gap."""
        part = (gap - self.low) / (self.high - self.low)
        return _EDGE + min(max(part, 0.0), 1.0) * (_WIDTH - 2 * _EDGE)

    @property
    def drawn(self) -> SafeString:
        """The scale above the drawings; its ends and the winner's price are named beside it."""
        lines = markup(
            "".join('<path class="gap-mark{}" d="M{} 10V16"/>' for _mark in self.marks),
            *(part for mark in self.marks for part in (" one" if mark == 1 else "", f"{self.at(mark):.1f}")),
        )
        texts = markup(
            "".join('<text x="{}" y="8" text-anchor="middle">{}</text>' for _mark in self.marks),
            *(part for mark in self.marks for part in (f"{self.at(mark):.1f}", _percent(mark))),
        )
        return markup('<svg class="gap-axis" viewBox="0 0 {} 16" aria-hidden="true">{}{}</svg>', _WIDTH, lines, texts)


def _percent(gap: float) -> str:
    above = round((gap - 1) * 100)
    sign = "+" if above > 0 else MINUS
    return f"{sign}{words().share(abs(above) / 100, 0)}" if above else words().share(0, 0)


def axis_of(spreads: Iterable[Spread]) -> Axis | None:
    """Choose a scale that holds every gap and the winner's price itself."""
    ends = [end for spread in spreads for end in (spread.least, spread.greatest)]
    if not ends:
        return None
    low, high = min(*ends, 1.0), max(*ends, 1.0)
    step = next((one for one in _STEPS if (high - low) / one <= 4), _STEPS[-1])
    # Counted from the winner's price, so that a line stands on it.
    first, last = floor((low - 1) / step - 1e-9), ceil((high - 1) / step + 1e-9)
    shown = range(first, last + 1, max(1, (last - first) // 5))
    marks = sorted({1.0, *(1 + at * step for at in shown)})
    return Axis(1 + first * step, 1 + last * step, marks)


def box(spread: Spread, axis: Axis) -> SafeString:
    """Draw a distribution: each gap as a dot, the middle half as a box, the middle as a line, the winner dashed."""
    middle = _HEIGHT / 2
    dots = spread.gaps[:: max(1, len(spread.gaps) // _MOST_DOTS)]
    # Dots that fall together lie above each other, each a little higher or lower.
    drawn = markup(
        "".join('<circle cx="{}" cy="{}" r="2.5" class="gap-dot"/>' for _dot in dots),
        *(part for at, gap in enumerate(dots) for part in (f"{axis.at(gap):.1f}", f"{middle + (at % 3 - 1) * 5:.1f}")),
    )
    return markup(
        '<svg class="gap" viewBox="0 0 {w} {h}" aria-hidden="true">'
        '<path class="gap-one" d="M{one} 0V{h}"/><path class="gap-line" d="M{least} {mid}H{greatest}"/>'
        '<rect class="gap-box" x="{lower}" y="{top}" width="{width}" height="{height}" rx="2"/>'
        '{dots}<path class="gap-middle" d="M{middle} {top}v{height}"/></svg>',
        w=_WIDTH,
        h=_HEIGHT,
        mid=middle,
        one=f"{axis.at(1.0):.1f}",
        least=f"{axis.at(spread.least):.1f}",
        greatest=f"{axis.at(spread.greatest):.1f}",
        lower=f"{axis.at(spread.lower):.1f}",
        width=f"{max(axis.at(spread.upper) - axis.at(spread.lower), 1):.1f}",
        top=4,
        height=_HEIGHT - 8,
        middle=f"{axis.at(spread.middle):.1f}",
        dots=drawn,
    )


def interval(rate: WinRate) -> SafeString:
    """Draw a win rate on a track from none to all: the interval as a bar, the rate as a point."""
    if rate.rate is None or rate.low is None or rate.high is None:
        return markup("")
    return markup(
        '<svg class="rate{few}" viewBox="0 0 100 10" width="100" height="10" aria-hidden="true">'
        '<rect class="rate-track" x="0" y="4" width="100" height="2" rx="1"/>'
        '<rect class="rate-reach" x="{low}" y="2" width="{width}" height="6" rx="3"/>'
        '<circle class="rate-point" cx="{at}" cy="5" r="3"/></svg>',
        few=" few" if rate.is_few else "",
        low=f"{rate.low * 100:.1f}",
        width=f"{max((rate.high - rate.low) * 100, 1):.1f}",
        at=f"{min(max(rate.rate * 100, 3), 97):.1f}",
    )
