"""What changed on the map, the last first, each with the day on which the map can be read as it was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Self

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.audit.shown import Line, label, value
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import TOLD, Level, Role, Stakeholder, StakeholderVersion
from anahtar_web.stakeholders.pages.cards import tie_said
from anahtar_web.stakeholders.queries import Change, changes, moments
from anahtar_web.ui.markdown import plain
from anahtar_web.ui.templatetags.shown import NOTHING

_PER_PAGE: Final = 30
_QUIET: Final = frozenset({"stance_since"})
"""Follows from another field."""


@dataclass(frozen=True, slots=True)
class Told:
    """One change, in words.

    Parameters
    ----------
    before
        The day before it, on which the map was as it had been.
    """

    at: datetime
    by: Any
    who: Stakeholder
    sentence: str
    icon: str
    lines: Sequence[Line]

    @property
    def before(self) -> date:
        """The day before."""
        return timezone.localtime(self.at).date() - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """A page of them."""

    head: Head
    told: Sequence[Told]
    page: Page[Any]

    @classmethod
    def build(cls, account: Account, user: User, page: str) -> Self:
        """Read a page; the same few queries for any number of changes."""
        shown = Paginator(moments(account), _PER_PAGE).get_page(page)
        head = Head.build(account, user, "map", here=_("What changed"))
        return cls(head, [_told(one) for one in changes(list(shown))], shown)


def _told(change: Change) -> Told:
    return _TELL[change.kind](change)


def _person(change: Change) -> Told:
    row, before = change.row, change.before
    who = {"person": row.shown}
    if before is None:
        sentence, icon = (_("Gap written down: %(person)s") if row.is_gap else _("New on the map: %(person)s")), "plus"
    elif row.left_on and not before.left_on:
        sentence, icon = _("%(person)s has left"), "log-out"
    elif before.is_gap and not row.is_gap:
        sentence, icon = _("The gap is filled: %(person)s"), "user-round-check"
    elif row.reports_to_id != before.reports_to_id:
        sentence, icon = _("%(person)s reports to somebody else"), "move"
    else:
        sentence, icon = _("%(person)s is described otherwise"), "pencil"
    lines = list(_lines(before, row)) if before is not None else []
    return Told(change.at, change.by, row.stakeholder, sentence % who, icon, lines)


def _lines(before: StakeholderVersion, row: StakeholderVersion) -> Iterator[Line]:
    for name in TOLD:
        if name in _QUIET or getattr(before, name) == getattr(row, name) or name == "place":
            continue
        yield Line(label("stakeholder", name), _shown(before, name), _shown(row, name))


def _shown(row: StakeholderVersion, name: str) -> str:
    stored = getattr(row, name)
    if name == "reports_to":
        return stored.shown if stored else NOTHING
    if name == "preferences":
        return plain(stored) or NOTHING
    if name == "more_roles":
        return ", ".join(str(Role(role).label) for role in stored.split()) or NOTHING
    return value("stakeholder", name, stored.isoformat() if hasattr(stored, "isoformat") else stored)


def _tie(change: Change) -> Told:
    tie = change.row
    said = tie_said(tie, tie.from_one, tie.to_other)
    icon = "zap" if tie.kind == "conflict" else "waypoints"
    return Told(change.at, change.by, tie.from_one, said, icon, [])


def _ended(change: Change) -> Told:
    tie = change.row
    said = _("No longer so: %(tie)s") % {"tie": tie_said(tie, tie.from_one, tie.to_other)}
    return Told(change.at, change.by, tie.from_one, said, "unlink", [])


def _relation(change: Change) -> Told:
    row, before = change.row, change.before
    said = _("%(colleague)s and %(person)s") % {"colleague": row.colleague, "person": row.stakeholder.shown}
    lines = [
        Line(label("relation", name), _level(getattr(before, name, None)), _level(getattr(row, name)))
        for name in ("level", "desired")
        if getattr(before, name, None) != getattr(row, name)
    ]
    return Told(change.at, change.by, row.stakeholder, said, "heart-handshake", lines)


def _level(level: int | None) -> str:
    return str(Level(level).label) if level is not None else NOTHING


_TELL: Final = {"person": _person, "tie": _tie, "ended": _ended, "relation": _relation}
