"""An interaction and a next step as lists show them."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anahtar_web.interactions.models import Interaction, Kind, NextTouch, Participant
from anahtar_web.ui.markdown import render
from anahtar_web.ui.templatetags.shown import number
from anahtar_web.ui.written import values, written

ICONS: Final = {
    Kind.MEETING: "users",
    Kind.CALL: "phone",
    Kind.MAIL: "mail",
    Kind.VISIT: "map-pin",
    Kind.EVENT: "calendar-days",
    Kind.LETTER: "mailbox",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An interaction with who took part and what was agreed.

    Parameters
    ----------
    elsewhere
        Whether it is of another account than the page's, whose name then stands beside it.
    """

    row: Interaction
    parts: Sequence[Participant]
    agreed: Sequence[NextTouch]
    elsewhere: bool = False

    @classmethod
    def of(cls, row: Interaction, account: int | None = None) -> "Shown":
        """Show a row of `queries.listed`."""
        parts, agreed = getattr(row, "took_part", ()), getattr(row, "agreed_steps", ())
        return cls(row, parts, agreed, row.account_id != account)

    @property
    def html(self) -> SafeString:
        """The interaction as lists write it."""
        parts = tuple((values(part), str(part), part.user.name if part.user else "") for part in self.parts)
        agreed = tuple((values(step), step.owner.name) for step in self.agreed)
        shows = (values(self.row), parts, agreed, self.row.account.name if self.elsewhere else None)
        return written("interactions/_row.html", {"shown": self}, shows=shows)

    @property
    def icon(self) -> str:
        """Its sign."""
        return ICONS[Kind(self.row.kind)]

    @property
    def notes(self) -> SafeString | None:
        """The notes as HTML; None where they are plain text."""
        return None if self.row.is_plain else render(self.row.notes)

    @property
    def theirs(self) -> list[Participant]:
        """People of the account, and whoever nobody knows."""
        return [part for part in self.parts if part.user_id is None]

    @property
    def ours(self) -> list[Participant]:
        """People of ours."""
        return [part for part in self.parts if part.user_id is not None]

    @property
    def strangers(self) -> int:
        """How many of them nobody knows."""
        return sum(part.is_unknown for part in self.parts)

    @property
    def hours(self) -> str:
        """When on that day; empty: not known."""
        if self.row.starts_at is None:
            return ""
        begins = f"{timezone.localtime(self.row.starts_at):%H:%M}"
        return f"{begins}–{timezone.localtime(self.row.ends_at):%H:%M}" if self.row.ends_at else begins


def by_month(rows: Iterable[Shown]) -> list[tuple[date, list[Shown]]]:
    """Lay rows that are in order under their months."""
    return [(month, list(of)) for month, of in groupby(rows, key=lambda one: one.row.day.replace(day=1))]


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A next step on a day."""

    touch: NextTouch
    on: date
    may: bool = False
    """Whether the reader may say what became of it."""

    @property
    def shows(self) -> Hashable:
        """Everything that its line shows."""
        touch = self.touch
        return values(touch), touch.owner.name, touch.account.name, self.on, self.may, self.was_moved

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return self.touch.is_late(self.on)

    @property
    def tone(self) -> str:
        """Its colour."""
        return "bad" if self.is_late else "warn" if self.touch.due_on == self.on else ""

    @property
    def when(self) -> str:
        """How far away its day is, in words."""
        days = (self.touch.due_on - self.on).days
        if days < 0:
            return ngettext("%(n)s day overdue", "%(n)s days overdue", -days) % {"n": number(-days)}
        if days == 0:
            return _("today")
        return _("tomorrow") if days == 1 else ngettext("in %(n)s day", "in %(n)s days", days) % {"n": number(days)}

    @property
    def was_moved(self) -> int:
        """How often it was moved."""
        return max(0, int(getattr(self.touch, "times", 1)) - 1)
