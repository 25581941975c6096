"""How much hangs on how few: the curve, its measures now and a year ago, with and without some accounts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar.analysis.portfolio import Portfolio
from anahtar.analysis.result import Concentration
from anahtar_web.insight.portfolio.reckoning import Reckoned
from anahtar_web.ui.templatetags.shown import NOTHING, number, share, short_money

TOP: Final = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure in every column of the card: now, a year ago, and without the accounts that are left out."""

    label: str
    help: str
    now: str
    year_ago: str
    without: str


@dataclass(frozen=True, slots=True)
class Dependence:
    """An account with a fifth of everything, or with half."""

    code: str
    share: float
    half: bool


@dataclass(frozen=True, slots=True)
class ConcentrationCard:
    """The card; `chart` None: no account has a positive value."""

    chart: Mapping[str, Any] | None
    measures: Sequence[Measured]
    dependences: Sequence[Dependence]
    has_year_ago: bool
    has_without: bool

    @classmethod
    def build(cls, reckoned: Reckoned, without: Reckoned | None) -> "ConcentrationCard":
        """Put the concentration of a selection into words."""
        portfolio = reckoned.portfolio
        return cls(
            chart=_chart(portfolio, without.portfolio if without else None),
            measures=list(_measures(reckoned, without)),
            dependences=_dependences(portfolio),
            has_year_ago=portfolio.year_ago is not None,
            has_without=without is not None,
        )


def _chart(portfolio: Portfolio, without: Portfolio | None) -> Mapping[str, Any] | None:
    curve = portfolio.curve
    if not len(curve.places):
        return None
    return {
        "places": curve.places.tolist(),
        "shares": curve.shares.tolist(),
        "names": _names(portfolio, curve.names),
        "borders": [
            {"place": place, "name": name, "title": _border(name, place)} for name, place in curve.borders.items()
        ],
        "name": _("Share of the largest"),
        "without": _other(without) if without is not None and len(without.curve.places) else None,
    }


def _other(portfolio: Portfolio) -> Mapping[str, Any]:
    curve = portfolio.curve
    return {"name": _("Without them"), "places": curve.places.tolist(), "shares": curve.shares.tolist()}


def _border(name: str, place: int) -> str:
    text = ngettext("to the end of %(class)s: %(n)s account", "to the end of %(class)s: %(n)s accounts", place)
    return text % {"class": name, "n": number(place)}


def _names(portfolio: Portfolio, codes: Sequence[str]) -> Sequence[str]:
    ranked = portfolio.slice.table["name"].take(portfolio.rows[: len(codes)])
    return list(ranked.to_pylist())


def _dependences(portfolio: Portfolio) -> Sequence[Dependence]:
    found, total = portfolio.concentration, portfolio.concentration.total
    if not found.dependence:
        return ()
    # Five accounts at most have a fifth each, and they are among those the curve names.
    named = portfolio.curve.names
    first = portfolio.slice.amounts("value")[portfolio.rows[: len(named)]]
    values = dict(zip(named, first.tolist(), strict=True))
    return [
        Dependence(code, float(values.get(code, 0)) / max(total, 1), code == found.mono_client)
        for code in found.dependence
    ]


# The measures ----------------------------------------------------------------------------------------------------


def _measures(reckoned: Reckoned, without: Reckoned | None) -> Iterator[Measured]:
    now, then = reckoned.portfolio.concentration, reckoned.portfolio.concentration_year_ago
    rest = without.portfolio.concentration if without else None
    if without is not None:
        yield from _with_and_without(reckoned, without)
    for top in TOP:
        label = ngettext("Largest account", "Largest %(n)s", top) % {"n": number(top)}
        yield _row(label, _("their share of the total"), lambda one, top=top: share(one.top[top]), now, then, rest)
    yield _row(
        _("Accounts for 80 %"),
        _("how many of the largest make four fifths of the total"),
        lambda one: number(one.customers_for_80pct),
        now,
        then,
        rest,
    )
    yield _row(
        _("Effective number"),
        _("as if the total hung on so many accounts of one size"),
        lambda one: number(one.effective_number, 1),
        now,
        then,
        rest,
    )
    yield _row(
        _("Herfindahl index"),
        _("the sum of the squared shares of all accounts, from 0 to 1"),
        lambda one: number(one.hhi, 3),
        now,
        then,
        rest,
    )


def _row(
    label: str, help: str, write: Any, now: Concentration, then: Concentration | None, rest: Concentration | None
) -> Measured:
    return Measured(
        label,
        help,
        write(now) if now.customers_positive else NOTHING,
        write(then) if then is not None and then.customers_positive else NOTHING,
        write(rest) if rest is not None and rest.customers_positive else NOTHING,
    )


def _with_and_without(reckoned: Reckoned, without: Reckoned) -> Iterator[Measured]:
    whole, rest = reckoned.portfolio, without.portfolio
    currency, then = whole.slice.currency, whole.year_ago
    key, key_without = (reckoned.decided, without.decided) if reckoned.is_decided else (reckoned.key, without.key)
    yield Measured(
        _("Revenue"),
        "",
        short_money(whole.now.revenue, currency),
        NOTHING if then is None else short_money(then.revenue, currency),
        short_money(rest.now.revenue, currency),
    )
    yield Measured(
        _("Share of the key accounts"),
        "",
        share(key.share),
        share(key.share_year_ago),
        share(key_without.share),
    )
