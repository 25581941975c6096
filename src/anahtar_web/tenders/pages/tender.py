"""One tender: everything of it, now or as known on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from anahtar_web.accounts.figures import Figure, figures
from anahtar_web.accounts.pages import Head
from anahtar_web.company.queries import today
from anahtar_web.gate.rights import Right
from anahtar_web.tenders.due import Due, due
from anahtar_web.tenders.models import OPEN, Record, Stage, Tender
from anahtar_web.tenders.queries import Known, as_known, records_of

if TYPE_CHECKING:
    from anahtar_web.people.models import User


_PARTS: Final[Mapping[str, Any]] = {
    "stage": _("Stage"),
    "lots": _("Lots"),
    "criteria": _("Criteria"),
    "participants": _("Competitors taking part"),
    "papers": _("Documents"),
    "lessons": _("Lessons"),
    **dict.fromkeys(
        ("outcome", "decided_on", "their_reason_id", "their_words", "our_reason_id", "our_words"), _("Decision")
    ),
}
"""Part of what is recorded -> what it is called; whatever else changed is the tender itself."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One change of the tender, and what of it changed."""

    record: Record
    what: Sequence[str]

    @classmethod
    def among(cls, records: Sequence[Record]) -> list[Self]:
        """Compare each with the one before; they come with the last one first."""
        earlier = [*records[1:], None]
        return [cls(record, _changed(record, before)) for record, before in zip(records, earlier, strict=True)]


def _changed(record: Record, before: Record | None) -> list[str]:
    if before is None:
        return [pgettext("of a tender", "written down")] if record.number == 1 else []
    names = [name for name, value in record.content.items() if before.content.get(name) != value]
    return list(dict.fromkeys(str(_PARTS.get(name, _("The tender"))) for name in names))


@dataclass(frozen=True, slots=True)
class TenderPage:
    """Everything of a tender.

    Parameters
    ----------
    known
        None: on that day nothing was known of it.
    on
        As known on that day; None: now.
    """

    head: Head
    tender: Tender
    known: Known | None
    due: Due | None
    records: Sequence[Recorded]
    figure: Figure | None
    currency: str
    may_write: bool
    on: date | None
    today: date

    @classmethod
    def build(cls, tender: Tender, user: "User", on: date | None = None) -> Self:
        """Read it; a fixed number of queries."""
        known = as_known(tender, user=user, on=on)
        money = figures()
        return cls(
            head=Head.build(tender.account, user, "tenders"),
            tender=tender,
            known=known,
            due=due(known.stage, known.deadline, on or today()) if known else None,
            records=Recorded.among(records_of(tender)),
            figure=money.of([tender.account_id]).get(tender.account_id),
            currency=money.currency,
            may_write=tender.account.merged_into_id is None and user.may(Right.WRITE_DOSSIER) and on is None,
            on=on,
            today=today(),
        )

    @property
    def stages(self) -> Sequence[Stage]:
        """Where an open tender may be moved."""
        return [stage for stage in OPEN if stage != self.tender.stage]

    @property
    def steps(self) -> Sequence[tuple[Stage, str]]:
        """All stages, each with `done`, `now` or nothing."""
        at = list(Stage).index(Stage(self.known.stage)) if self.known else -1
        return [(stage, "now" if place == at else "done" if place < at else "") for place, stage in enumerate(Stage)]
