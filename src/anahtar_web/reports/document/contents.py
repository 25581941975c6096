"""What the document says, in the reader's language: the portfolio page as plain texts and numbers, nothing protected.

Everything comes from what the page of the same person shows, so that paper and screen cannot differ.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from anahtar.report.labels import TYPES, label
from anahtar_web.files import letterhead
from anahtar_web.insight.pages.cells import status_words
from anahtar_web.insight.pages.portfolio.accounts import Moved, Row
from anahtar_web.insight.pages.portfolio.headline import Figure
from anahtar_web.insight.pages.portfolio.matrix import Cell
from anahtar_web.insight.pages.portfolio.page import Figures
from anahtar_web.reports.document.pareto import drawing
from anahtar_web.ui.templatetags.shown import change, day, moment, number, say, share, short_money

if TYPE_CHECKING:
    from anahtar_web.people.models import User
    from anahtar_web.reports.gathering import Gathered
    from anahtar_web.reports.queries import KeyAccount

UNITS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Made:
    """Who has the document made, when, and under which number it stands on the trail."""

    by: "User"
    at: datetime
    entry: int | None
    company: str


def contents(found: "Gathered", made: Made) -> Mapping[str, Any]:
    """Give what the template reads."""
    figures = found.figures
    return {
        "lang": (get_language() or "en")[:2],
        "company": made.company,
        "logo": letterhead.told(),
        "title": _("Portfolio of key accounts"),
        "as_of": _("as of %(day)s") % {"day": day(found.run.as_of)},
        "months": found.filtering.months,
        "against": _against(found),
        "filter": _filter(found),
        "of": " ".join(_of(found)),
        "empty": _("Nobody bought under this filter in these months.") if figures.empty else "",
        "figures": [_figure(one) for one in figures.headline],
        "warnings": list(_warnings(figures)),
        "concentration": _concentration(found),
        "matrix": _matrix(figures),
        "bridge": _bridge(found),
        "moved": _moved(figures),
        "keys": _keys(found),
        "largest": _largest(found),
        # Without the last part: how long ago the analysis ran is true only while a page is read.
        "trust": {
            "title": _("How far to trust these figures"),
            "lines": [part.text for part in found.trust.parts[:-1]],
        },
        "made": _made(found, made),
        "foot": _foot(made),
        "page": _("Page {at} of {all}"),
    }


# Head and foot ---------------------------------------------------------------------------------------------------


def _against(found: "Gathered") -> str:
    then = found.filtering.months_year_ago
    return _("against %(months)s") % {"months": then} if then else _("the ledger does not reach back a year earlier")


def _filter(found: "Gathered") -> Sequence[Sequence[str]]:
    """Every part of the filter with its name; the measure always, so that nobody has to guess what is ranked."""
    by = _("profit") if found.asking.asked.by_profit else _("revenue")
    return [(_("Ranked by"), by), *((chip.label, chip.text) for chip in found.filtering.chips)]


def _of(found: "Gathered") -> Iterator[str]:
    if found.own:
        yield _("Totals and shares are of your own accounts, not of the company.")
    elif found.asking.asked.narrowed:
        yield _("Totals and shares are of the accounts of this filter, not of the company.")
    else:
        yield _("Totals and shares are of the whole company.")
    if found.asking.asked.without:
        # The filter names them, and a reader would take every figure to be without them.
        yield _("They include the accounts left out; only the concentration in the document is shown without them too.")


def _made(found: "Gathered", made: Made) -> Sequence[str]:
    run = found.run
    told = {"who": made.by, "role": made.by.get_role_display(), "when": moment(made.at)}
    first = _("Made for %(who)s (%(role)s) on %(when)s, with the rights of that person.") % told
    names = {"run": number(run.pk), "when": moment(run.finished_at), "day": day(run.last_date)}
    second = _("From analysis %(run)s of %(when)s; the ledger ends on %(day)s.") % names
    return [
        first,
        second,
        *([_("Number on the audit trail: %(entry)s.") % {"entry": made.entry}] if made.entry else []),
    ]


def _foot(made: Made) -> str:
    return " · ".join(part for part in (made.company, _("Confidential"), moment(made.at)) if part)


# Cards -----------------------------------------------------------------------------------------------------------


def _figure(figure: Figure) -> Mapping[str, Any]:
    band = figure.band
    return {
        "label": figure.label,
        "value": figure.value,
        "delta": figure.delta,
        "tone": figure.tone,
        "note": figure.note,
        "beside": figure.beside,
        "band": None if band is None else {"at": band.at, "low": band.low, "wide": band.wide},
    }


def _warnings(figures: Figures) -> Iterator[Mapping[str, Any]]:
    for one in figures.hanging:
        name = one.account.name if one.account else one.dependence.code
        half = one.dependence.half
        yield {
            "title": _("Half of it is one account") if half else _("Dependence on one account"),
            "text": f"{name}: {share(one.dependence.share)}.",
            "more": _("From 50 % on, whoever decides there decides here.")
            if half
            else _("From 20 % on, losing it endangers the whole."),
            "half": half,
        }


def _concentration(found: "Gathered") -> Mapping[str, Any]:
    card = found.figures.concentration
    heads = [_("Now"), *([_("Without")] if card.has_without else []), *([_("A year ago")] if card.has_year_ago else [])]
    rows = [
        [
            *(one.label, one.now),
            *([one.without] if card.has_without else []),
            *([one.year_ago] if card.has_year_ago else []),
        ]
        for one in card.measures
    ]
    profit = found.asking.asked.by_profit
    return {
        "title": _("Concentration of the profit") if profit else _("Concentration of the revenue"),
        "drawing": drawing(card.chart) if card.chart else "",
        "says": _("Pareto curve: what the largest accounts make together; A, B and C are the classes of value."),
        "heads": heads,
        "rows": rows,
    }


def _matrix(figures: Figures) -> Mapping[str, Any]:
    return {
        "title": _("ABC-XYZ matrix"),
        "says": _("Value against regularity of buying: accounts, what they bring, and what we do with them."),
        "heads": [_("A: brings most"), _("B: brings some"), _("C: brings little")],
        "rows": [
            {"letter": letter, "meaning": meaning, "cells": [_cell(cell, figures.currency) for cell in cells]}
            for letter, meaning, cells in figures.matrix.rows
        ],
        "notes": list(figures.matrix.notes),
    }


def _cell(cell: Cell, currency: str) -> Mapping[str, Any]:
    counted = ngettext("%(n)s account", "%(n)s accounts", cell.accounts) % {"n": number(cell.accounts)}
    return {
        "name": cell.name,
        "accounts": counted if cell.accounts else "–",
        "value": short_money(cell.value, currency) if cell.accounts else "",
        "share": share(cell.share) if cell.share > 0 else "",
        "word": cell.word,
        "shade": cell.shade if cell.accounts else 0,
    }


def _bridge(found: "Gathered") -> Mapping[str, Any]:
    card, currency = found.figures.bridge, found.figures.currency
    rate = "" if card.rate is None else change(card.rate)
    return {
        "title": _("Where the change comes from"),
        "rate": rate,
        "steps": [
            {
                "label": step.label,
                "accounts": "" if step.accounts is None else number(step.accounts),
                "value": short_money(step.value, currency),
                "kind": step.kind,
                "start": float(step.start),
                "width": float(step.width),
            }
            for step in card.steps
        ],
    }


def _moved(figures: Figures) -> Mapping[str, Any]:
    return {
        "title": _("Who moved in the matrix"),
        "nobody": _("Nobody moved, or the ledger does not reach back so far."),
        "up": _("Moved up"),
        "down": _("Moved down"),
        "risen": [_move(one, figures.currency) for one in figures.shown.up],
        "fallen": [_move(one, figures.currency) for one in figures.shown.down],
    }


def _move(one: Moved, currency: str) -> Mapping[str, Any]:
    gained = one.mover.value - one.mover.value_year_ago
    sign = "+" if gained > 0 else ""
    return {"name": one.name, "way": f"{one.before} → {one.after}", "gained": sign + short_money(gained, currency)}


# Lists -----------------------------------------------------------------------------------------------------------


def _keys(found: "Gathered") -> Mapping[str, Any]:
    keys = found.keys
    return {
        "title": _("Key accounts"),
        "says": _("Decided by people, and computed from the ledger; amounts in %(currency)s.") % _currency(found),
        "heads": [
            *(_("Account"), _("Decided"), _("By the ledger")),
            *(pgettext("short for key account manager", "KAM"), _value(found)),
            *(_share(found), pgettext("of a figure", "Change")),
        ],
        "rows": [_key(one) for one in keys.rows],
        "none": _("No account of this selection is key, by decision or by the ledger."),
        "more": _more(keys.more),
    }


def _key(one: "KeyAccount") -> Mapping[str, Any]:
    standing, decision = one.standing, one.decision
    types = [say(label(TYPES, name)) for name in standing.type_list]
    says = ", ".join(types) or _("key") if standing.key else _("not key")
    return {
        "name": standing.account.name,
        "code": _code(standing.account.code, standing.account.name),
        "decided": _("not decided") if decision is None else status_words(decision),
        "on": "" if decision is None else day(decision.at),
        "open": decision is None,
        # Of a group without lines of its own the ledger says nothing.
        "ledger": says if standing.lines else "–",
        "manager": str(one.manager) if one.manager else "–",
        "value": _whole(one.value),
        "share": share(one.share),
        "change": change(one.change),
        "tone": _tone(one.change),
    }


def _largest(found: "Gathered") -> Mapping[str, Any]:
    rows = found.figures.shown.rows
    buying = found.asking.reckoned.portfolio.now.accounts
    return {
        "title": _("The largest accounts"),
        "says": _("Amounts in %(currency)s.") % _currency(found),
        "heads": [
            *(_("Account"), _("Class"), _value(found), pgettext("of a figure", "Change"), _share(found)),
            *(_("Silence"), pgettext("of an account's purchases", "State")),
            pgettext("short for key account manager", "KAM"),
        ],
        "rows": [_row(row) for row in rows],
        "more": _more(buying - len(rows)),
    }


def _row(row: Row) -> Mapping[str, Any]:
    told, silence = row.figures, row.silence
    before = told.abc_year_ago if row.moved else ""
    return {
        "name": row.name,
        "code": _code(row.code, row.name),
        "class": told.cell or told.abc or "–",
        "was": _("was %(class)s") % {"class": before} if before else "",
        "value": _whole(told.value),
        "change": change(told.change),
        "tone": _tone(told.change),
        "share": share(told.share),
        "part": row.part,
        "silence": _days(silence.days) if silence else "–",
        "late": _late(silence.days_late) if silence and silence.days_late else "",
        "state": silence.state if silence else "–",
        "state_tone": silence.tone if silence else "",
        "manager": str(row.manager) if row.manager else "–",
    }


def _code(code: str, name: str) -> str:
    """Leave a code out that is the name again."""
    return "" if code == name else code


def _days(days: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": number(days)}


def _late(days: int) -> str:
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": number(days)}


def _more(count: int) -> str:
    if count <= 0:
        return ""
    told = ngettext("%(n)s more account is not named here.", "%(n)s more accounts are not named here.", count)
    return told % {"n": number(count)}


def _whole(units: int | None) -> str:
    """Write an amount without its cents: a page of a board holds what can be read at a glance."""
    return number(None if units is None else units / UNITS)


def _tone(rate: float | None) -> str:
    return "" if not rate else "good" if rate > 0 else "bad"


def _value(found: "Gathered") -> str:
    return _("Profit") if found.asking.asked.by_profit else _("Revenue")


def _share(found: "Gathered") -> str:
    return _("Your share") if found.own else _("Share")


def _currency(found: "Gathered") -> Mapping[str, str]:
    return {"currency": found.figures.currency or _("the ledger's currency")}
