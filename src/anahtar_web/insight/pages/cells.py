"""Cells of the accounts table, one writer for each kind of column.

Written here and not by a template: a page has five hundred of them, and a template with a branch for each kind took
four times as long as all queries of the page together. Every text goes through `markup`, which escapes it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar.report import labels
from anahtar.report.labels import REGULARITY, STATES, TYPES
from anahtar.words import Message
from anahtar_web.accounts.models import KeyDecision, KeyStatus
from anahtar_web.dossier.models import Completeness
from anahtar_web.insight.columns import Column, Kind
from anahtar_web.insight.models import Standing
from anahtar_web.interactions.models import AccountTouch
from anahtar_web.ui.markup import markup
from anahtar_web.ui.templatetags.pieces import icon, meter, spark
from anahtar_web.ui.templatetags.shown import (
    NOTHING,
    change,
    day,
    hue,
    initials,
    money,
    number,
    say,
    share,
    short_money,
)

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
DECISION_TONES: Final[Mapping[str, str]] = {KeyStatus.KEY: "info", KeyStatus.WATCH: "warn", KeyStatus.NOT_KEY: ""}
_DAY_CELL: Final = '<td data-label="{}" class="num">{}</td>'
DECISION_ICONS: Final[Mapping[str, str]] = {
    KeyStatus.KEY: "key-round",
    KeyStatus.WATCH: "eye",
    KeyStatus.NOT_KEY: "minus",
}


@dataclass(slots=True)
class Reading:
    """What a row is read with, beside the standing itself.

    Parameters
    ----------
    managers
        Account -> its KAM.
    decisions
        Account -> what was decided of it.
    share_of
        Column -> the sum its shares are of, where they are not of the whole company's.
    largest
        Column -> the largest share of the page, which fills its bar: of the whole, all but two would be empty.
    """

    currency: str
    managers: "Mapping[int, User]"
    share_of: Mapping[str, int]
    largest: Mapping[str, float] = field(default_factory=dict)
    decisions: "Mapping[int, KeyDecision]" = field(default_factory=dict)
    touches: Mapping[int, AccountTouch] = field(default_factory=dict)
    """Account -> when it was touched last and will be next."""
    dossiers: Mapping[int, Completeness] = field(default_factory=dict)
    """Account -> how complete its dossier is; those without one are not in it."""
    on: date | None = None
    """The day that tells what is overdue."""


def value_of(column: Column, standing: Standing, reading: Reading) -> Any:
    """Read the value of a column, shares of what the reader may know."""
    if column.name in reading.share_of:
        return portfolio_share(standing, column, reading.share_of[column.name])
    return column.value(standing)


def portfolio_share(standing: Standing, column: Column, whole: int) -> float | None:
    """Give the share of the accounts a person sees; None where the account has no share at all."""
    amount = standing.value if column.name == "share" else standing.revenue
    return None if amount is None or amount <= 0 or whole <= 0 else amount / whole


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as it is written for one reader: on a phone every cell says its heading itself."""

    column: Column
    label: str


def cell(heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    """Write the cell of a column."""
    column = heading.column
    if column.kind == Kind.MANAGER:
        return _manager(reading.managers.get(standing.account_id), heading)
    if column.kind == Kind.DECIDED:
        return _decided(reading.decisions.get(standing.account_id), heading)
    if column.kind in (Kind.TOUCHED, Kind.NEXT):
        return _touched(reading.touches.get(standing.account_id), heading, reading)
    if column.kind == Kind.KNOWN:
        return _known(reading.dossiers.get(standing.account_id), heading)
    value = value_of(column, standing, reading)
    if value is None or value == "" or value == []:
        return _nothing(heading)
    return _WRITERS[column.kind](value, heading, standing, reading)


def _nothing(heading: Heading) -> SafeString:
    if heading.column.kind == Kind.MONTHS:
        return markup('<td class="course">{}</td>', NOTHING)
    return markup(
        '<td data-label="{}" class="{}">{}</td>', heading.label, "text-end" if heading.column.numeric else "", NOTHING
    )


def _quiet(text: str, heading: Heading) -> SafeString:
    return markup('<td data-label="{}">{}</td>', heading.label, text)


def _figure(text: str, heading: Heading, title: str = "", tone: str = "") -> SafeString:
    return (
        markup('<td data-label="{}" class="text-end num {}" title="{}">{}</td>', heading.label, tone, title, text)
        if title
        else markup('<td data-label="{}" class="text-end num {}">{}</td>', heading.label, tone, text)
    )


def avatar(name: str, shape: str = "") -> SafeString:
    """Draw somebody's first letters in their colour."""
    return markup('<span class="ava h{} {}" aria-hidden="true">{}</span>', hue(name), shape, initials(name))


def _manager(manager: "User | None", heading: Heading) -> SafeString:
    if manager is None:
        return _nothing(heading)
    return markup(
        '<td data-label="{}"><span class="person" title="{}">{}<span class="sr-only">{}</span></span></td>',
        heading.label,
        manager.name,
        avatar(manager.name),
        manager.name,
    )


def status_words(decision: KeyDecision) -> str:
    """Say what was decided, with the tier of a key account."""
    words = [decision.get_status_display(), *([decision.get_tier_display()] if decision.tier else [])]
    return " · ".join(words)


def _decided(decision: KeyDecision | None, heading: Heading) -> SafeString:
    if decision is None:
        return _nothing(heading)
    return markup(
        '<td data-label="{}" class="wide"><span class="chip {}" title="{}">{}{}</span></td>',
        heading.label,
        DECISION_TONES[decision.status],
        _("%(person)s: %(reason)s") % {"person": decision.by, "reason": decision.reason},
        icon(DECISION_ICONS[decision.status], "size-3!"),
        status_words(decision),
    )


def _touched(touch: AccountTouch | None, heading: Heading, reading: Reading) -> SafeString:
    if heading.column.kind == Kind.TOUCHED:
        last = touch.all_last_any if touch else None
        return _nothing(heading) if last is None else markup(_DAY_CELL, heading.label, day(last))
    if touch is None or touch.all_next_on is None:
        return _nothing(heading)
    owner = touch.all_next_owner
    late = reading.on is not None and touch.all_next_on < reading.on
    return markup(
        '<td data-label="{}" class="num wide"><span class="inline-flex items-center gap-1.5 {}" title="{}">{}'
        '<span>{}</span><span class="sr-only">{}</span></span></td>',
        *(heading.label, "text-bad" if late else "", owner, avatar(str(owner)), day(touch.all_next_on)),
        f"{owner}, {_('overdue')}" if late else str(owner),
    )


def _known(dossier: Completeness | None, heading: Heading) -> SafeString:
    if dossier is None or dossier.share is None:
        return _nothing(heading)
    missing = ngettext("%(n)s thing missing", "%(n)s things missing", dossier.missing) % {"n": number(dossier.missing)}
    stale = ngettext("%(n)s stale", "%(n)s stale", dossier.stale) % {"n": number(dossier.stale)}
    return markup(
        '<td data-label="{}" class="text-end num" title="{}"><span class="metered">{}<span>{}</span></span></td>',
        *(heading.label, f"{missing}, {stale}", meter(dossier.share, "", 48), share(dossier.share, 0)),
    )


def _name(value: str, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    account = standing.account
    below = account.code
    if standing.companies:
        n = standing.companies
        group = ngettext("group of %(n)s company", "group of %(n)s companies", n) % {"n": number(n)}
        below = f"{account.code} · {group}"
    elif account.parent:
        below = f"{account.code} · {account.parent.name}"
    return markup(
        '<td class="who"><a class="row-link" href="{}">{}<span class="min-w-0"><span class="who-name">{}</span>'
        '<span class="who-below">{}</span></span></a></td>',
        _page(account.pk),
        avatar(value, "sq"),
        value,
        below,
    )


def _page(account: int) -> str:
    return _page_pattern().replace("0", str(account))


@lru_cache(maxsize=1)
def _page_pattern() -> str:
    return reverse("insight:account", args=[0])


def _text(value: str, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    return _quiet(value, heading)


def _group(value: Any, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    return markup(
        '<td data-label="{}"><a class="link font-normal!" href="{}">{}</a></td>',
        heading.label,
        _page(value.pk),
        value.name,
    )


def _class(value: str, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    before, text, tone = standing.abc_year_ago, standing.cell or value, CLASS_TONES.get(value, "")
    if before is None or before == value:
        return markup('<td data-label="{}"><span class="chip num {}">{}</span></td>', heading.label, tone, text)
    title = _("class %(now)s, a year ago %(before)s") % {"now": value, "before": before}
    up = value < before
    return markup(
        '<td data-label="{}"><span class="chip num {}" title="{}">{}</span>'
        '<span class="was {}">{}{}<span class="sr-only">{}</span></span></td>',
        *(heading.label, tone, title, text),
        *("up" if up else "down", icon("arrow-up-right" if up else "arrow-down-right", "size-3!"), before, title),
    )


def _regularity(value: str, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    return _quiet(word(REGULARITY, value), heading)


def _types(value: Sequence[str], heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    return _quiet(", ".join(word(TYPES, one) for one in value), heading)


def _key(value: bool, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    if not value:
        return _nothing(heading)
    return markup(
        '<td data-label="{}"><span class="chip info">{}{}</span></td>',
        heading.label,
        icon("key-round", "size-3!"),
        _("key account"),
    )


def _months(value: Sequence[int], heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    if not any(value):
        return _nothing(heading)
    return markup('<td class="course">{}</td>', spark(value, 72, 22))


def _money(value: int, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    return _figure(short_money(value, reading.currency), heading, money(value, reading.currency))


def _change(value: float, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    return _figure(change(value), heading, tone="text-good" if value > 0 else "text-bad" if value < 0 else "")


def _share(value: float, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    largest = reading.largest.get(heading.column.name) or 1.0
    return markup(
        '<td data-label="{}" class="text-end num"><span class="metered">{}<span>{}</span></span></td>',
        heading.label,
        meter(value / largest, "", 48),
        share(value),
    )


def _fraction(value: float, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    return _figure(share(value), heading)


def _number(value: int, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    return _figure(number(value), heading)


def _ratio(value: float, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    return _figure(number(value, 2), heading)


def _day(value: Any, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    return markup(_DAY_CELL, heading.label, day(value))


def _silence(value: int, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    text = ngettext("%(n)s day", "%(n)s days", value) % {"n": number(value)}
    expected = _("expected by %(day)s") % {"day": day(standing.expected_by)} if standing.expected_by else ""
    if not (late := standing.days_late):
        return _figure(text, heading, expected)
    below = ngettext("%(n)s day late", "%(n)s days late", late) % {"n": number(late)}
    return markup(
        '<td data-label="{}" class="text-end num wide" title="{}"><span>{}'
        '<span class="below text-warn">{}</span></span></td>',
        *(heading.label, expected, text, below),
    )


def _state(value: str, heading: Heading, standing: Standing, reading: Reading) -> SafeString:
    tone = STATE_TONES.get(value, "")
    return markup(
        '<td data-label="{}"><span class="{}">{}</span></td>',
        heading.label,
        f"chip {tone}" if tone else "text-muted-foreground",
        word(STATES, value),
    )


def word(words: Mapping[str, Message], code: str) -> str:
    """Say what a code of the analysis means, in the reader's language."""
    return say(labels.label(words, code))


Writer = Callable[[Any, Heading, Standing, Reading], SafeString]

_WRITERS: Final[Mapping[Kind, Writer]] = {
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
    Kind.FRACTION: _fraction,
    Kind.NUMBER: _number,
    Kind.RATIO: _ratio,
    Kind.DAY: _day,
    Kind.SILENCE: _silence,
    Kind.STATE: _state,
}
