"""The map as a file of its own: it carries the colours that a page has from its styles, light, for paper and slides."""

from datetime import date
from typing import Final

from anahtar_web.stakeholders.drawing.map import Drawing
from anahtar_web.ui.markup import markup
from anahtar_web.ui.templatetags.shown import day

_TONES: Final = {
    "champion": "#14693f",
    "supporter": "#1d7a78",
    "neutral": "#5d6270",
    "sceptic": "#8a5206",
    "blocker": "#b3262f",
    "unknown": "#767b89",
}
# No variables: programs that open such files on a desk do not know them.
_STANCE: Final = (
    ".st-{0} .rm-edge,.st-{0} .rm-stance rect,.st-{0} .rm-stance text{{fill:{1}}}"
    ".st-{0} .rm-stance{{color:{1}}}.st-{0} .assumed rect{{stroke:{1}}}"
)
_STYLE: Final = (
    'svg{font-family:"Inter Variable",Inter,"Segoe UI",Arial,sans-serif}'
    ".rm-paper{fill:#fff}.rm-title{font-size:16px;font-weight:600;fill:#1b1d24}.rm-sub{font-size:11.5px;fill:#666b78}"
    ".rm-box{fill:#fff;stroke:#dcdfe6}.gap .rm-box{fill:#fafbfc;stroke:#9aa0ae;stroke-dasharray:5 4}"
    ".rm-name{font-size:12.5px;font-weight:600;fill:#1b1d24}"
    ".rm-position,.rm-caption{font-size:11px;fill:#5d6270}"
    ".rm-ava circle{fill:#e4e8f3}.rm-who circle{fill:none;stroke:#9aa0ae;stroke-dasharray:3 3}"
    ".rm-ava text,.rm-who text{font-size:10px;font-weight:600;text-anchor:middle;fill:#3a4256}"
    ".rm-who text{font-size:14px}.rm-ask{font-size:10.5px;fill:#5d6270}"
    ".rm-stance text,.rm-known text{font-size:10.5px}.rm-stance text{font-weight:500}"
    + "".join(_STANCE.format(stance, tone) for stance, tone in _TONES.items())
    + ".rm-stance rect{fill-opacity:.12}.rm-stance.assumed rect{fill-opacity:0;stroke-dasharray:3 2}"
    ".rm-role{color:#3a4256}.rm-known{color:#5d6270}.rm-known text{fill:#5d6270}"
    ".rm-known.none{color:#b3262f}.rm-known.none text{fill:#b3262f}"
    ".rm-dots .on{fill:#3a4256}.rm-dots .off{fill:#d9dce4}.rm-dots path.off{stroke:#b9becb;fill:none}"
    ".rm-line{fill:none;stroke:#b4b9c5;stroke-width:1.25}"
    ".rm-tie path{fill:none;stroke-width:1.5}.rm-tie.s1 path{stroke-dasharray:2 4}.rm-tie.s3 path{stroke-width:2.5}"
    ".influence path{stroke:#4263d8}.influence polygon{fill:#4263d8}.conflict path{stroke:#c0392f}"
    ".rm-mark circle{fill:#fff;stroke:#4263d8}.rm-mark.influence{color:#4263d8}"
    ".rm-mark.conflict{color:#c0392f}.rm-mark.conflict circle{stroke:#c0392f}"
    ".rm-mark path{stroke-width:2}.faded{opacity:.25}"
)
_HEAD: Final = 52
"""Room for the title."""


def standalone(drawing: Drawing, *, title: str, on: date) -> str:
    """Write the file."""
    left, top, width, height = drawing.box
    return markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="{x} {y} {w} {h}">'
        '<style>{style}</style><rect class="rm-paper" x="{x}" y="{y}" width="{w}" height="{h}"/>'
        '<text class="rm-title" x="{tx}" y="{ty}">{title}</text>'
        '<text class="rm-sub" x="{tx}" y="{sy}">{day}</text>{body}</svg>',
        w=f"{max(width, 420):.0f}",
        h=f"{height + _HEAD:.0f}",
        x=f"{left:.0f}",
        y=f"{top - _HEAD:.0f}",
        style=_STYLE,
        tx=f"{left + 28:.0f}",
        ty=f"{top - _HEAD + 32:.0f}",
        sy=f"{top - _HEAD + 50:.0f}",
        title=title,
        day=day(on),
        body=drawing.body,
    )
