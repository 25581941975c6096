"""What a chart draws, and the same numbers as a table: prepared once, so that picture and table cannot differ."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from anahtar.money import to_decimal
from anahtar_web.ui.templatetags.shown import change, money, number, share, short_month, sign


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars: its name, the values that are drawn, and how each is written."""

    name: str
    values: list[float | None]
    shown: list[str]
    places: list[int] | None = None
    """Where along the axis each value stands, on an axis of numbers."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the axis up to a place, and what it is called."""

    place: int
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart."""

    kind: str
    names: list[str]
    series: list[Series]
    unit: str
    labels: list[str] | None = None
    """Shorter names for the axis, where there are some."""
    marks: list[Mark] = field(default_factory=list)
    told: list[int] | None = None
    """Which of the values the table tells, of the first series alone; None: all of them."""

    @property
    def columns(self) -> list[Series]:
        """What the table has a column for."""
        return self.series if self.told is None else self.series[:1]

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """Each name with its values as they are written: the table's rows."""
        told = range(len(self.names)) if self.told is None else self.told
        return [(self.names[at], [series.shown[at] for series in self.columns]) for at in told]

    @property
    def for_script(self) -> dict[str, Any]:
        """What `charts.js` reads."""
        return {
            "kind": self.kind,
            "names": self.names,
            "labels": self.labels or self.names,
            "unit": self.unit,
            "series": [
                {"name": one.name, "values": one.values, "shown": one.shown, "places": one.places}
                for one in self.series
            ],
            "marks": [{"place": mark.place, "name": mark.name, "title": mark.title} for mark in self.marks],
        }


def drawn(kind: str, data: dict[str, Any]) -> Drawn:
    """Prepare a chart of a kind.

    Parameters
    ----------
    data
        `months`: `months` (dates), `now` and `before` (one value per month, null where unknown), `now_name`,
        `before_name`. `bars` and `periods` (the same standing up): `names`, `values`, `name`. All three: `unit`
        (`money`, the default, in ten-thousandths; `share`; `change`; `number`) and `currency`. `pareto`: `places` (so
        many of the largest), `shares` (what they make), `names` of the first, `borders` (`place`, `name`, `title`),
        `name`, and `without`: another curve (`places`, `shares`, `name`) or None. `intervals` (measures from one half,
        which is chance, to one, each with its bounds): `names`, `values`, `lows`, `highs`, `name`. `pairs` (two bars
        side by side): `names`, `first`, `first_name`, `second`, `second_name`, `unit`.
    """
    return _KINDS[kind](data)


def _months(data: dict[str, Any]) -> Drawn:
    now = data.get("now_name") or _("This year")
    before = data.get("before_name") or _("Last year")
    names = [short_month(month) for month in data["months"]]
    # The axis leaves the year out: twelve names have to fit on a phone. Tooltip and table say it.
    labels = [name.split()[0] for name in names]
    series = [_series(before, data["before"], data), _series(now, data["now"], data)]
    return Drawn("months", names, series, _unit(data), labels)


def _bars(data: dict[str, Any]) -> Drawn:
    series = _series(data.get("name") or _("Value"), data["values"], data)
    return Drawn("bars", [str(name) for name in data["names"]], [series], _unit(data))


def _periods(data: dict[str, Any]) -> Drawn:
    series = _series(data.get("name") or _("Value"), data["values"], data)
    return Drawn("periods", [str(name) for name in data["names"]], [series], _unit(data))


def _pareto(data: dict[str, Any]) -> Drawn:
    series = [_curve(data["name"], data)]
    if data["without"]:
        series.append(_curve(data["without"]["name"], data["without"]))
    places, named = data["places"], data["names"]
    language = get_language() or ""
    names = [f"{place}. {named[at]}" for at, place in enumerate(places[: len(named)])]
    names += [_largest(place, language) for place in places[len(named) :]]
    marks = [Mark(**border) for border in data["borders"]]
    # Of two hundred points the table tells the named ones, the borders and the end; the others lie between.
    told = {*range(len(named)), *(places.index(mark.place) for mark in marks), len(places) - 1}
    return Drawn("pareto", names, series, "%", marks=marks, told=sorted(told))


def _curve(name: str, data: dict[str, Any]) -> Series:
    language = get_language() or ""
    return Series(name, data["shares"], [_share(value, language) for value in data["shares"]], data["places"])


# A curve has two hundred points, and everybody who looks at it gets the same: written for each page, they would cost as
# much as the rest of it.


@lru_cache(maxsize=4096)
def _share(value: float, language: str) -> str:
    return share(value)


@lru_cache(maxsize=4096)
def _largest(n: int, language: str) -> str:
    return ngettext("the largest %(n)s account", "the largest %(n)s accounts", n) % {"n": number(n)}


def _intervals(data: dict[str, Any]) -> Drawn:
    told = {**data, "unit": "measure"}
    named = ((data["name"], "values"), (_("95 % from"), "lows"), (_("95 % to"), "highs"))
    return Drawn(
        "intervals", [str(name) for name in data["names"]], [_series(name, data[of], told) for name, of in named], ""
    )


def _pairs(data: dict[str, Any]) -> Drawn:
    names = [str(name) for name in data["names"]]
    series = [_series(data["first_name"], data["first"], data), _series(data["second_name"], data["second"], data)]
    return Drawn("pairs", names, series, _unit(data))


_KINDS: Final[dict[str, Callable[[dict[str, Any]], Drawn]]] = {
    "months": _months,
    "bars": _bars,
    "periods": _periods,
    "pareto": _pareto,
    "intervals": _intervals,
    "pairs": _pairs,
}

_UNITS: Final[dict[str, tuple[Callable[[Any], float], Callable[[Any, str], str]]]] = {
    "money": (lambda value: float(to_decimal(value)), money),
    "number": (float, lambda value, _currency: number(value)),
    "share": (float, lambda value, _currency: share(value)),
    "change": (float, lambda value, _currency: change(value)),
    "measure": (float, lambda value, _currency: number(value, 3)),
}


def _series(name: str, values: Sequence[Any], data: dict[str, Any]) -> Series:
    draw, write = _UNITS[data.get("unit", "money")]
    currency = data.get("currency", "")
    drawn_values = [None if value is None else draw(value) for value in values]
    return Series(str(name), drawn_values, [write(value, currency) for value in values])


def _unit(data: dict[str, Any]) -> str:
    if data.get("unit", "money") in ("share", "change"):
        return "%"
    return sign(data.get("currency", "")).strip()
