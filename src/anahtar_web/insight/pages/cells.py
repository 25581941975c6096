"""One value of a standing as a cell of the table: its words, its tone, and what it says exactly when asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar.report import labels
from anahtar.report.labels import REGULARITY, STATES, TYPES
from anahtar_web.insight.columns import Column, Kind
from anahtar_web.insight.models import Standing
from anahtar_web.ui.templatetags.shown import NOTHING, change, day, money, number, say, share, short_money

if TYPE_CHECKING:
    from anahtar_web.people.models import User

STATE_TONES: Final[Mapping[str, str]] = {
    "active": "good",
    "new": "info",
    "returned": "info",
    "watch": "warn",
    "at_risk": "warn",
    "lapsed": "bad",
    "lost": "bad",
}
CLASS_TONES: Final[Mapping[str, str]] = {"A": "info"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Parameters
    ----------
    kind
        Which markup it gets (`Kind`).
    text
        What it says; – where nothing is known.
    title
        The exact value, or what the word means.
    tone
        good, warn, bad, info.
    below
        A quieter second line.
    value
        What a picture in the cell is drawn from.
    """

    kind: str
    label: Any
    text: str = NOTHING
    title: str = ""
    tone: str = ""
    below: str = ""
    value: Any = None
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row is read with, beside the standing itself.

    Parameters
    ----------
    share_of
        Column -> the sum its shares are of, where they are not of the whole company's.
    managers
        Account -> its KAM.
    """

    user: "User"
    currency: str
    managers: "Mapping[int, User]"
    share_of: Mapping[str, int]


def cell(column: Column, standing: Standing, reading: Reading) -> Cell:
    """Show the value of a column."""
    label = column.label_for(reading.user)
    if column.kind == Kind.MANAGER:
        manager = reading.managers.get(standing.account_id)
        return Cell(column.kind, label, str(manager) if manager else NOTHING, value=manager)
    value = column.value(standing)
    if column.name in reading.share_of:
        value = portfolio_share(standing, column, reading.share_of[column.name])
    if value is None or value == "" or value == []:
        return Cell(column.kind, label, numeric=column.numeric)
    words = _WRITERS[column.kind](value, standing, reading)
    return Cell(column.kind, label, numeric=column.numeric, **words)


def portfolio_share(standing: Standing, column: Column, whole: int) -> float | None:
    """Give the share of the accounts a person sees; None where the account has no share at all."""
    amount = standing.value if column.name == "share" else standing.revenue
    return None if amount is None or amount <= 0 or whole <= 0 else amount / whole


Written = dict[str, Any]


def _name(value: str, standing: Standing, reading: Reading) -> Written:
    account = standing.account
    group = account.parent.name if account.parent else ""
    if standing.companies:
        n = standing.companies
        group = ngettext("group of %(n)s company", "group of %(n)s companies", n) % {"n": number(n)}
    return {"text": value, "below": f"{account.code} · {group}" if group else account.code, "value": account.pk}


def _text(value: str, standing: Standing, reading: Reading) -> Written:
    return {"text": value}


def _group(value: Any, standing: Standing, reading: Reading) -> Written:
    return {"text": value.name, "value": value.pk}


def _class(value: str, standing: Standing, reading: Reading) -> Written:
    before = standing.abc_year_ago
    moved = before is not None and before != value
    title = _("class %(now)s, a year ago %(before)s") % {"now": value, "before": before} if moved else ""
    return {
        "text": standing.cell or value,
        "tone": CLASS_TONES.get(value, ""),
        "below": before if moved else "",
        "title": title,
        "value": "up" if moved and before is not None and value < before else "down",
    }


def _regularity(value: str, standing: Standing, reading: Reading) -> Written:
    return {"text": say(labels.label(REGULARITY, value))}


def _types(value: Sequence[str], standing: Standing, reading: Reading) -> Written:
    return {"text": ", ".join(say(labels.label(TYPES, one)) for one in value)}


def _key(value: bool, standing: Standing, reading: Reading) -> Written:
    return {"text": _("key account") if value else NOTHING, "value": value}


def _months(value: Sequence[int], standing: Standing, reading: Reading) -> Written:
    return {"text": "", "value": value if any(value) else None}


def _money(value: int, standing: Standing, reading: Reading) -> Written:
    return {"text": short_money(value, reading.currency), "title": money(value, reading.currency)}


def _change(value: float, standing: Standing, reading: Reading) -> Written:
    return {"text": change(value), "tone": "good" if value > 0 else "bad" if value < 0 else ""}


def _share(value: float, standing: Standing, reading: Reading) -> Written:
    return {"text": share(value), "value": value}


def _number(value: int, standing: Standing, reading: Reading) -> Written:
    return {"text": number(value)}


def _ratio(value: float, standing: Standing, reading: Reading) -> Written:
    return {"text": number(value, 2)}


def _day(value: Any, standing: Standing, reading: Reading) -> Written:
    return {"text": day(value)}


def _silence(value: int, standing: Standing, reading: Reading) -> Written:
    text = ngettext("%(n)s day", "%(n)s days", value) % {"n": number(value)}
    if late := standing.days_late:
        below = ngettext("%(n)s day late", "%(n)s days late", late) % {"n": number(late)}
        return {"text": text, "below": below, "tone": "warn", "title": _expected(standing)}
    return {"text": text, "title": _expected(standing)}


def _expected(standing: Standing) -> str:
    return _("expected by %(day)s") % {"day": day(standing.expected_by)} if standing.expected_by else ""


def _state(value: str, standing: Standing, reading: Reading) -> Written:
    return {"text": say(labels.label(STATES, value)), "tone": STATE_TONES.get(value, "")}


_WRITERS: Final[Mapping[Kind, Callable[[Any, Standing, Reading], Written]]] = {
    Kind.NAME: _name,
    Kind.TEXT: _text,
    Kind.GROUP: _group,
    Kind.CLASS: _class,
    Kind.WORD: _regularity,
    Kind.TYPES: _types,
    Kind.KEY: _key,
    Kind.MONTHS: _months,
    Kind.MONEY: _money,
    Kind.CHANGE: _change,
    Kind.SHARE: _share,
    Kind.FRACTION: _share,
    Kind.NUMBER: _number,
    Kind.RATIO: _ratio,
    Kind.DAY: _day,
    Kind.SILENCE: _silence,
    Kind.STATE: _state,
}
