"""What is to be done next on somebody's accounts, day by day, and what happened last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.conf import settings
from django.forms import Form
from django.utils.translation import gettext as _

from anahtar_web.company.queries import today
from anahtar_web.config.mail import Imap
from anahtar_web.gate.rights import Right
from anahtar_web.interactions.models import Dropped, FetchedMail, MailFolder
from anahtar_web.interactions.pages.shown import Shown, ShownStep, by_month
from anahtar_web.interactions.queries import agenda, listed, recent
from anahtar_web.interactions.queries.folder import mail_folder, mails_waiting_for, unread_mails
from anahtar_web.interactions.queries.listing import MOST_STEPS, read_before
from anahtar_web.people.models import User

PARAMETERS: Final = frozenset({"person", "all", "before"})
RECENT: Final = 30


@dataclass(frozen=True, slots=True)
class Span:
    """Next steps that lie together: overdue, today, this week, later."""

    name: Any
    tone: str
    steps: Sequence[ShownStep]


@dataclass(frozen=True, slots=True)
class FolderState:
    """When the mail folder was read, why it is not, and which mails of it could not be read."""

    name: str
    row: MailFolder | None
    unread: Sequence[FetchedMail]

    @classmethod
    def build(cls, imap: Imap | None) -> Self | None:
        """Read how it stands; None where the settings name no folder."""
        if imap is None:
            return None
        row = mail_folder(imap.name)
        return cls(imap.name, row, unread_mails(row) if row is not None else ())


@dataclass(frozen=True, slots=True)
class ListPage:
    """The template's contract.

    Parameters
    ----------
    person
        Of whom; None: the reader.
    every
        Whether everything the reader sees is shown, not only what they look after.
    has_own
        Whether the reader looks after any account; who does not begins with everything they see.
    waiting
        Mails of the folder that wait for the reader's word.
    folder
        How the mail folder stands; None: there is none, or it is not the reader's to see.
    """

    form: Form
    spans: Sequence[Span]
    open_steps: int
    late_steps: int
    months: Sequence[tuple[date, Sequence[Shown]]]
    older: str
    person: User | None
    every: bool
    has_own: bool
    may_write: bool
    waiting: Sequence[Dropped]
    folder: "FolderState | None"

    @property
    def is_cut(self) -> bool:
        """Whether there are more open steps than are shown."""
        return self.open_steps >= MOST_STEPS

    @classmethod
    def build(cls, user: User, form: Form, person: User | None, *, every: bool, has_own: bool, before: str) -> Self:
        """Read everything the page shows; the number of queries does not depend on the number of rows."""
        on, may = today(), user.may(Right.WRITE_DOSSIER)
        steps = agenda(user, person=person, mine=not every)[:MOST_STEPS]
        shown = [ShownStep(one, on, may) for one in steps]
        page = listed(recent(user, person=person, mine=not every), read_before(before[:40]), size=RECENT)
        kept = {"person": str(person.pk) if person else "", "before": page.before}
        kept["all"] = "on" if every and has_own else ""
        return cls(
            form=form,
            spans=list(_spans(shown, on)),
            open_steps=len(shown),
            late_steps=sum(one.is_late for one in shown),
            months=by_month(Shown.of(row) for row in page.rows),
            older="?" + urlencode({name: value for name, value in kept.items() if value}) if page.before else "",
            person=person,
            every=every,
            has_own=has_own,
            may_write=may,
            waiting=mails_waiting_for(user) if may else (),
            folder=FolderState.build(settings.IMAP) if user.may(Right.DEFINE_DOSSIER) else None,
        )


def _spans(steps: Sequence[ShownStep], on: date) -> Any:
    end_of_week = on + timedelta(days=6 - on.weekday())
    names = {
        0: (_("Overdue"), "bad"),
        1: (_("Today"), "warn"),
        2: (_("This week"), ""),
        3: (_("Next week"), ""),
        4: (_("Later"), ""),
    }

    def place(one: ShownStep) -> int:
        due = one.touch.due_on
        if due <= on:
            return 0 if due < on else 1
        return 2 if due <= end_of_week else 3 if due <= end_of_week + timedelta(days=7) else 4

    for at, of in groupby(steps, key=place):
        yield Span(*names[at], list(of))
