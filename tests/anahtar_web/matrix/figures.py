"""Every way in which a page could write a protected figure of the firm, and that no open figure is written in."""

import re
from collections.abc import Iterator
from typing import Final

from django.utils import translation

from anahtar.money import to_decimal
from anahtar_web.insight.models import Run, Standing
from anahtar_web.ui.templatetags import shown
from tests.anahtar_web.matrix.canaries import Canary
from tests.anahtar_web.matrix.sales import LINES

SEES_FIGURES: Final = frozenset({"admin", "director", "head", "kam", "stranger", "analyst", "auditor"})
"""Everybody but marketing."""

_PROTECTED: Final = ("profit", "group_profit")
_OPEN: Final = ("revenue", "revenue_year_ago", "group_revenue", "group_revenue_year_ago")
_OPEN_SHARES: Final = ("revenue_change", "revenue_share", "trend", "stability", "cv")
_NUMBER: Final = re.compile(r"\d[\d.,]*\d")


def numbers(text: str) -> set[str]:
    """Give every number of a text as it is written."""
    return set(_NUMBER.findall(text))


def figures() -> dict[str, Canary]:
    """Write cost, profit and margin of every account, line and the house as exact numbers of both languages."""
    standings = list(Standing.objects.select_related("account"))
    found: dict[str, Canary] = {}
    for standing in standings:
        for name in _PROTECTED:
            _add(found, _money(getattr(standing, name)), f"{name} of {standing.account.code}")
        _add(found, _share(standing.margin), f"margin of {standing.account.code}")
    for run in Run.objects.all():
        _add(found, _money(run.profit), "profit of the house")
    for line in LINES:
        _add(found, _money(line.cost * 100), f"cost of a line of {line.code}")
        _add(found, _money((line.amount - line.cost) * 100), f"profit of a line of {line.code}")
    for units in _told_to_all(standings):
        for text in _money(units):
            found.pop(text, None)
    return found


def rounded() -> list[Canary]:
    """Write profit and margin rounded, as tables do (35.3 %, 321.4K), but for what an open figure rounds to, too."""
    standings = list(Standing.objects.select_related("account"))
    opened = {text for units in _told_to_all(standings) for text in _short(units)}
    opened |= {text for one in standings for name in _OPEN_SHARES for text in _percent(getattr(one, name))}
    found = {}
    for standing in standings:
        for text in (*_percent(standing.margin), *_short(standing.profit), *_short(standing.group_profit)):
            if text not in opened:
                found[text] = Canary(text, f"profit or margin of {standing.account.code}", SEES_FIGURES)
    return list(found.values())


def _told_to_all(standings: list[Standing]) -> Iterator[int | None]:
    for standing in standings:
        yield from (getattr(standing, name) for name in _OPEN)
        yield from standing.last12
    yield from (line.amount * 100 for line in LINES)


def _percent(fraction: float | None) -> Iterator[str]:
    if fraction is not None:
        for language in ("tr", "en"):
            with translation.override(language):
                yield shown.share(fraction)


def _short(units: int | None) -> Iterator[str]:
    if units is not None:
        for language in ("tr", "en"):
            with translation.override(language):
                yield shown.short_money(units)


def _add(found: dict[str, Canary], texts: Iterator[str], of: str) -> None:
    found |= {text: Canary(text, of, SEES_FIGURES) for text in texts if not _common(text)}


def _common(text: str) -> bool:
    """Whether a number stands in a page for any reason: a short one, and a bare one that rows are numbered by."""
    return sum(sign.isdigit() for sign in text) < 5 or (text.isdigit() and len(text) < 7)


def _money(units: int | None) -> Iterator[str]:
    if units is None:
        return
    yield str(units)
    yield f"{to_decimal(units):f}"
    yield f"{to_decimal(units):.2f}"
    yield f"{to_decimal(units).normalize():f}"
    for language in ("tr", "en"):
        with translation.override(language):
            for text in (shown.money(units), shown.number(to_decimal(units), 0), shown.short_money(units)):
                yield from numbers(text)


def _share(fraction: float | None) -> Iterator[str]:
    if fraction is None:
        return
    for places in range(4, 18):
        yield f"{fraction:.{places}f}"
    yield repr(fraction)
    for language in ("tr", "en"):
        with translation.override(language):
            yield from numbers(shown.share(fraction, 3))
            yield from numbers(shown.number(fraction * 100, 4))
