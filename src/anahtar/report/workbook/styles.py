"""How a workbook looks: one palette, one set of number formats, each format made once."""

from collections.abc import Mapping
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format

INK: Final = "#1F2933"
QUIET: Final = "#6B7785"
RULE: Final = "#DDE2E7"
SHADE: Final = "#F4F6F8"
ACCENT: Final = "#0F5C6E"
SOFT: Final = "#E6F0F2"
BAR: Final = "#A9CED6"
SECOND: Final = "#C9752B"
GOOD: Final = "#2E7D4F"
BAD: Final = "#B3402E"

CLASS_FILL: Final = {"A": "#CFE6DC", "B": "#DCE8F4", "C": "#EEF0F2", "N": "#F6DEDA"}
STATE_FILL: Final = {
    "new": "#DCE8F4",
    "watch": "#FFF1CC",
    "at_risk": "#FCDDC2",
    "lapsed": "#F6CFC9",
    "lost": "#E0E3E6",
    "returned": "#CFE6DC",
}

# Signs of thousands and decimals and the order of a date (format 14) are those of the reader's own Excel.
WHOLE: Final = "#,##0;-#,##0;0"
CENTS: Final = "#,##0.00;-#,##0.00;0.00"

_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": {"font_size": 20, "bold": True, "font_color": ACCENT},
    "subtitle": {"font_color": QUIET},
    "link": {"font_color": ACCENT, "underline": 0},
    "heading": {"font_size": 12, "bold": True, "font_color": INK, "bottom": 1, "bottom_color": ACCENT},
    "heading_link": {"font_color": ACCENT, "underline": 0, "align": "right", "bottom": 1, "bottom_color": ACCENT},
    "header": {
        **{"bold": True, "font_color": INK, "bg_color": SHADE, "text_wrap": True},
        **{"bottom": 1, "bottom_color": QUIET, "valign": "vcenter"},
    },
    "cell": {"bottom": 1, "bottom_color": RULE, "valign": "vcenter"},
    "wrap": {"text_wrap": True, "align": "left", "indent": 1},
    "top": {"valign": "top"},
    "bold": {"bold": True},
    "quiet": {"font_color": QUIET},
    "note": {"font_color": QUIET, "text_wrap": True, "valign": "top"},
    "center": {"align": "center"},
    "right": {"align": "right"},
    "tile_label": {"font_color": QUIET, "bg_color": SOFT, "font_size": 9, "align": "left", "indent": 1},
    "tile_value": {"font_color": ACCENT, "bg_color": SOFT, "font_size": 15, "bold": True, "align": "left", "indent": 1},
    "tile_note": {
        **{"font_color": QUIET, "bg_color": SOFT, "font_size": 9, "align": "left", "indent": 1},
        **{"text_wrap": True, "valign": "top"},
    },
    "gap": {"left": 5, "left_color": "#FFFFFF", "indent": 1},
    "careful": {"font_color": BAD},
    "good": {"font_color": GOOD},
    "text": {"align": "left", "indent": 1},
    "whole": {"num_format": "#,##0", "align": "right"},
    "plain": {"num_format": "0", "align": "right"},
    "places": {"num_format": "0.00", "align": "right"},
    "fine": {"num_format": "0.0000", "align": "right"},
    "cents": {"num_format": CENTS, "align": "right"},
    "steps": {"num_format": "+0;-0;0", "align": "center"},
    "share": {"num_format": "0.0%", "align": "right"},
    "percent": {"num_format": "0%", "align": "right"},
    "change": {"num_format": "+0.0%;-0.0%;0.0%", "align": "right"},
    "day": {"num_format": 14, "align": "center"},
    "month": {"num_format": "mmm yyyy", "align": "right"},
}


class Styles:
    """The formats of one workbook by name; several names are laid over one another, the last one wins."""

    def __init__(self, workbook: Workbook, *, money: str) -> None:
        self._workbook = workbook
        self._looks = {**_LOOKS, "money": {"num_format": money, "align": "right"}}
        self._made: dict[tuple[str, ...], Format] = {}

    def __call__(self, *names: str) -> Format:
        """The format of the names together, made on first use."""
        if names not in self._made:
            looks: dict[str, Any] = {}
            for name in names:
                looks |= self._looks[name]
            self._made[names] = self._workbook.add_format(looks)
        return self._made[names]

    def filled(self, color: str, *names: str) -> Format:
        """The format of the names on a ground of its own colour (the cells of the matrix)."""
        key = (*names, color)
        if key not in self._made:
            self._looks[color] = {"bg_color": color}
            return self(*key)
        return self._made[key]

    def condition(self, *, fill: str | None = None, ink: str | None = None) -> Format:
        """What a conditional format changes: the ground, the ink, nothing else."""
        looks = {"bg_color": fill} if fill else {}
        return self._workbook.add_format(looks | ({"font_color": ink} if ink else {}))
