"""The headline: a handful of figures against the year before, each leading to what it is made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar.analysis.portfolio import KeyShare
from anahtar.words import MINUS
from anahtar_web.gate.rights import Field
from anahtar_web.insight.pages.portfolio.links import Links
from anahtar_web.insight.portfolio.reckoning import Reckoned
from anahtar_web.insight.queries import QUIET
from anahtar_web.ui.templatetags.shown import change, money, number, share, short_money, words

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Parameters
    ----------
    exact
        What the short figure is exactly.
    delta, tone
        How it changed in a year, and whether that is good or bad; empty tone: neither.
    rises
        Which way the arrow points; None: no arrow.
    note
        What stands behind the change.
    band
        Share and its band, drawn as a bar; None: no band.
    beside, beside_href
        The same thing said by somebody else, and where that leads.
    """

    label: str
    value: str
    exact: str = ""
    delta: str = ""
    tone: str = ""
    rises: bool | None = None
    note: str = ""
    href: str = ""
    course: Sequence[int] = ()
    band: "Band | None" = None
    beside: str = ""
    beside_href: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A share of one and the band it should stay in, in hundredths of the width."""

    at: float
    low: float
    wide: float


@dataclass(frozen=True, slots=True)
class Listed:
    """How many accounts the lists hold to which the share of the key accounts leads.

    A group is one of them; what it makes is what its companies buy.
    """

    decided: int
    proposed: int
    decided_href: str


def figures(reckoned: Reckoned, user: "User", links: Links, *, whole: bool, listed: Listed) -> Sequence[Figure]:
    """Give the figures a person may see.

    Parameters
    ----------
    whole
        Whether they are of the whole company, which the band of the key accounts is a policy for: a manager's few are
        chosen to be key, and would always stand above it.
    """
    return list(_figures(reckoned, user, links, whole, listed))


def _figures(reckoned: Reckoned, user: "User", links: Links, whole: bool, listed: Listed) -> Iterator[Figure]:
    yield _revenue(reckoned, links)
    if user.sees(Field.PROFIT) and reckoned.portfolio.now.profit is not None:
        yield _profit(reckoned, user, links)
    yield _buying(reckoned, links)
    yield _key(reckoned, links, whole, listed)
    yield _quiet(reckoned, links)


def _revenue(reckoned: Reckoned, links: Links) -> Figure:
    now, then = reckoned.portfolio.now, reckoned.portfolio.year_ago
    currency = reckoned.portfolio.slice.currency
    figure = Figure(
        label=_("Revenue"),
        value=short_money(now.revenue, currency),
        exact=money(now.revenue, currency),
        href=links.figures(sort="-revenue"),
        course=reckoned.course,
    )
    return _against(figure, None if then is None else _rate(now.revenue, then.revenue))


def _profit(reckoned: Reckoned, user: "User", links: Links) -> Figure:
    now, then = reckoned.portfolio.now, reckoned.portfolio.year_ago
    currency, note = reckoned.portfolio.slice.currency, ""
    if user.sees(Field.MARGIN) and now.margin is not None:
        note = _("margin %(margin)s") % {"margin": share(now.margin)}
        if then is not None and then.margin is not None:
            note += f" ({_points(now.margin - then.margin)})"
    figure = Figure(
        label=_("Profit"),
        value=short_money(now.profit, currency),
        exact=money(now.profit, currency),
        note=note,
        href=links.figures(columns="name,abc,last12,revenue,profit,margin,kam", sort="-profit"),
    )
    known = now.profit is not None and then is not None and then.profit is not None
    return _against(figure, _rate(now.profit or 0, then.profit or 0) if known and then is not None else None)


def _buying(reckoned: Reckoned, links: Links) -> Figure:
    now, then = reckoned.portfolio.now, reckoned.portfolio.year_ago
    difference = None if then is None else now.buying - then.buying
    by_revenue = not links.asked.by_profit
    return Figure(
        label=_("Buying accounts"),
        value=number(now.buying),
        delta="" if difference is None else _signed(difference),
        tone=_tone(difference),
        rises=_rises(difference),
        note="" if then is None else _("%(n)s a year ago") % {"n": number(then.buying)},
        href=links.classes(**{"class": ["A", "B", "C"]}) if by_revenue else links.figures(sort="-revenue"),
    )


def _key(reckoned: Reckoned, links: Links, whole: bool, listed: Listed) -> Figure:
    """What the key accounts make: those decided on where people have decided, else those the ledger proposes."""
    key = reckoned.decided if reckoned.is_decided else reckoned.key
    moved = None if key.share is None or key.share_year_ago is None else key.share - key.share_year_ago
    low, high = key.band
    return Figure(
        label=_("Share of the key accounts"),
        value=share(key.share),
        exact=_about_key(reckoned, whole, listed),
        delta="" if moved is None else _points(moved),
        rises=_rises(moved),
        note=_against_band(key) if whole else _so_many(reckoned, listed),
        tone="" if not whole or key.verdict in ("within", None) else "warn",
        href=listed.decided_href if reckoned.is_decided else links.always(key="yes"),
        band=None if key.share is None or not whole else Band(min(key.share, 1.0) * 100, low * 100, (high - low) * 100),
        beside=_proposed(reckoned.key, listed) if reckoned.is_decided else "",
        beside_href=links.always(key="yes") if reckoned.is_decided else "",
    )


def _against_band(key: KeyShare) -> str:
    match key.verdict:
        case "below":
            return _("below the band: scattered")
        case "within":
            return _("within the band")
        case "above":
            return _("above the band: dependent")
    return ""


def _so_many(reckoned: Reckoned, listed: Listed) -> str:
    count = listed.decided if reckoned.is_decided else listed.proposed
    return ngettext("%(n)s key account", "%(n)s key accounts", count) % {"n": number(count)}


def _about_key(reckoned: Reckoned, whole: bool, listed: Listed) -> str:
    """Say it whole: how many there are, who says so, and the band where it is meant."""
    key = reckoned.decided if reckoned.is_decided else reckoned.key
    whose = (
        _("decided by people, with the companies below them")
        if reckoned.is_decided
        else _("as the ledger proposes, none is decided to be key")
    )
    told = f"{_so_many(reckoned, listed)}, {whose}"
    if not whole:
        return told
    low, high = key.band
    band = _("%(low)s–%(high)s") % {"low": number(low * 100), "high": share(high, 0)}
    return _("%(accounts)s; the band is %(band)s") % {"accounts": told, "band": band}


def _proposed(key: KeyShare, listed: Listed) -> str:
    told = {"share": share(key.share), "n": number(listed.proposed)}
    text = ngettext(
        "by the ledger: %(share)s, %(n)s account", "by the ledger: %(share)s, %(n)s accounts", listed.proposed
    )
    return text % told


def _quiet(reckoned: Reckoned, links: Links) -> Figure:
    quiet, currency = reckoned.quiet, reckoned.portfolio.slice.currency
    accounts = ngettext("%(n)s account", "%(n)s accounts", quiet.accounts) % {"n": number(quiet.accounts)}
    figure = Figure(
        label=_("Beyond their rhythm"),
        value=short_money(quiet.revenue, currency),
        exact=money(quiet.revenue, currency),
        note=accounts,
        href=links.always(state=list(QUIET), sort="-revenue"),
    )
    return _against(figure, None if quiet.revenue_year_ago is None else _rate(quiet.revenue, quiet.revenue_year_ago))


# How a figure changed --------------------------------------------------------------------------------------------


def _rate(now: int, then: int) -> float | None:
    return now / then - 1 if then > 0 else None


def _against(figure: Figure, rate: float | None) -> Figure:
    if rate is None:
        return figure
    return replace(figure, delta=change(rate), tone=_tone(rate), rises=_rises(rate))


def _tone(difference: float | None) -> str:
    return "" if not difference else "good" if difference > 0 else "bad"


def _rises(difference: float | None) -> bool | None:
    return None if not difference else difference > 0


def _signed(count: int) -> str:
    return f"+{number(count)}" if count > 0 else number(count)


def _points(difference: float) -> str:
    """Say a difference of two shares: percentage points, never a change in per cent."""
    told = words().number(abs(difference) * 100, places=1)
    sign = "+" if difference > 0 else MINUS if difference < 0 else ""
    return _("%(n)s points") % {"n": f"{sign}{told}"}
