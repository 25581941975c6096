"""Small drawings of rates: a share with its interval on a track, and the band in which chance leaves it."""

from django.utils.safestring import SafeString

from anahtar.metrics.loss.retention import Rate
from anahtar_web.ui.markup import markup

_WIDTH = 100


def interval(rate: Rate, *, most: float = 1.0) -> SafeString:
    """Draw a rate as a point and its interval as a bar, on a track from none to `most`."""
    return banded(rate, None, None, most=most)


def banded(rate: Rate, low: float | None, high: float | None, *, most: float = 1.0) -> SafeString:
    """The same over a band."""
    if rate.value is None or rate.low is None or rate.high is None:
        return markup("")
    band = markup("")
    if low is not None and high is not None:
        start, width = _reach(low, high, most)
        band = markup('<rect class="rate-band" x="{}" y="0" width="{}" height="10"/>', start, width)
    start, width = _reach(rate.low, rate.high, most)
    return markup(
        '<svg class="rate" viewBox="0 0 100 10" width="100" height="10" aria-hidden="true">'
        '<rect class="rate-track" x="0" y="4" width="100" height="2" rx="1"/>{band}'
        '<rect class="rate-reach" x="{start}" y="2" width="{width}" height="6" rx="3"/>'
        '<circle class="rate-point" cx="{at}" cy="5" r="3"/></svg>',
        band=band,
        start=start,
        width=width,
        at=f"{min(max(_at(rate.value, most), 3), _WIDTH - 3):.1f}",
    )


def _reach(low: float, high: float, most: float) -> tuple[str, str]:
    start, end = _at(low, most), _at(high, most)
    return f"{start:.1f}", f"{max(end - start, 1):.1f}"


def _at(value: float, most: float) -> float:
    return min(max(value / (most or 1.0), 0.0), 1.0) * _WIDTH
