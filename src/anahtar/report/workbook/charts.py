"""Native charts of the workbook: they read cells, so a reader who changes a cell sees the chart follow."""

from collections.abc import Mapping, Sequence
from typing import Any

from anahtar.report.harmless import printable
from anahtar.report.workbook.book import Book
from anahtar.report.workbook.styles import ACCENT, BAR, INK, QUIET, RULE, SECOND
from anahtar.words import Message

Chart = Any
"""A chart of xlsxwriter, which ships no types."""

_FONT = {"name": "Calibri", "size": 9, "color": QUIET}


def new_chart(book: Book, kind: str, title: Message, *, subtype: str | None = None) -> Chart:
    """A quiet chart: no frame, light grid, legend below."""
    chart = book.workbook.add_chart({"type": kind} | ({"subtype": subtype} if subtype else {}))
    name = printable(book.words(title))
    chart.set_title({"name": name, "overlay": False, "name_font": {"name": "Calibri", "size": 11, "color": INK}})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": "#FFFFFF"}})
    chart.set_plotarea({"fill": {"none": True}})
    chart.set_legend({"position": "bottom", "font": _FONT})
    return chart


def axis(*, percent: bool = False, grid: bool = True, **more: object) -> dict[str, Any]:
    """An axis with small quiet labels; percent axes go from 0 to 1."""
    look: dict[str, Any] = {"num_font": _FONT, "line": {"none": True}, "major_tick_mark": "none"}
    look["major_gridlines"] = {"visible": grid, "line": {"color": RULE, "width": 0.75}}
    if percent:
        look |= {"num_format": "0%", "min": 0}
    return look | more


def series(
    name: str, categories: str, values: str, cached: tuple[Sequence[object], Sequence[object]], **more: object
) -> Mapping[str, object]:
    """One series, with a copy of its cells: programs that only preview a file draw from the copy."""
    labels, numbers = cached
    texts = [printable(label) if isinstance(label, str) else label for label in labels]
    return {
        "name": printable(name),
        "categories": f"={categories}",
        "values": f"={values}",
        "categories_data": texts,
        "values_data": list(numbers),
        **more,
    }


def columns(color: str = BAR) -> dict[str, Any]:
    """The look of columns."""
    return {"fill": {"color": color}, "border": {"none": True}, "gap": 40}


def line(color: str = SECOND, *, width: float = 2.0, marked: bool = True) -> dict[str, Any]:
    """The look of a line, its points marked or not."""
    dots = {"type": "circle", "size": 4, "fill": {"color": color}, "border": {"color": color}}
    return {"line": {"color": color, "width": width}, "marker": dots if marked else {"type": "none"}}


STACK = (ACCENT, BAR, "#D5DADF")
"""Colours of X, Y and Z, from regular to irregular."""
