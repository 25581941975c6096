"""Small drawings of rhythms, as SVG."""

from django.utils.safestring import SafeString

from anahtar_web.foresight.models import Silence
from anahtar_web.ui.markup import markup

_WIDTH = 200


def rhythm(told: Silence) -> SafeString:
    """Draw today's silence on a track of days: up to where its gaps usually reach, with their mean as a stroke.

    Nothing where there is no gap to hold it against.
    """
    if told.gap_mean is None or told.gap_p95 is None:
        return markup("")
    most = max(told.silence, told.gap_p95, 2 * told.gap_mean) * 1.1 or 1.0

    def at(days: float) -> float:
        return days / most * _WIDTH

    return markup(
        '<svg class="rhythm {tone}" viewBox="0 0 200 16" width="200" height="16" preserveAspectRatio="xMinYMid"'
        ' aria-hidden="true">'
        '<rect class="rate-track" y="7" width="200" height="2" rx="1"/>'
        '<rect class="rate-band" y="2" width="{usual}" height="12" rx="2"/>'
        '<rect class="rhythm-now" y="5" width="{now}" height="6" rx="3"/>'
        '<rect class="rhythm-mean" x="{mean}" y="1" width="1.5" height="14"/></svg>',
        tone="late" if told.silence > told.gap_p95 else "",
        usual=f"{at(told.gap_p95):.1f}",
        now=f"{max(at(told.silence), 1):.1f}",
        mean=f"{at(told.gap_mean):.1f}",
    )
