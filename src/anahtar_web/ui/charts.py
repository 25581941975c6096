"""What a chart draws, and the same numbers as a table: prepared once, so that picture and table cannot differ."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from anahtar.money import to_decimal
from anahtar_web.ui.templatetags.shown import change, money, number, share, short_month, sign


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars: its name, the values that are drawn, and how each is written."""

    name: str
    values: list[float | None]
    shown: list[str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart."""

    kind: str
    names: list[str]
    series: list[Series]
    unit: str
    labels: list[str] | None = None
    """Shorter names for the axis, where there are some."""

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """Each name with its values as they are written: the table's rows."""
        return [(name, [series.shown[at] for series in self.series]) for at, name in enumerate(self.names)]

    @property
    def for_script(self) -> dict[str, Any]:
        """What `charts.js` reads."""
        return {
            "kind": self.kind,
            "names": self.names,
            "labels": self.labels or self.names,
            "unit": self.unit,
            "series": [{"name": one.name, "values": one.values, "shown": one.shown} for one in self.series],
        }


def drawn(kind: str, data: dict[str, Any]) -> Drawn:
    """Prepare a chart of a kind.

    Parameters
    ----------
    data
        `months`: `months` (dates), `now` and `before` (one value per month, null where unknown), `now_name`,
        `before_name`. `bars`: `names`, `values`, `name`. Both: `unit` (`money`, the default, in ten-thousandths;
        `share`; `change`; `number`) and `currency`.
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


_KINDS: Final[dict[str, Callable[[dict[str, Any]], Drawn]]] = {"months": _months, "bars": _bars}

_UNITS: Final[dict[str, tuple[Callable[[Any], float], Callable[[Any, str], str]]]] = {
    "money": (lambda value: float(to_decimal(value)), money),
    "number": (float, lambda value, _currency: number(value)),
    "share": (float, lambda value, _currency: share(value)),
    "change": (float, lambda value, _currency: change(value)),
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
