"""The profile of an account: what is known, area by area, with grade and age, and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from anahtar.rules.dossier import Completeness, Lack, Part, importance_for
from anahtar.rules.facts import Freshness
from anahtar_web.accounts.figures import figures
from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.audit.leaving import WITHOUT_REASON
from anahtar_web.company.queries import today
from anahtar_web.dossier.kinds import Kind, Kinds, every
from anahtar_web.dossier.models import Area, Contract, Demand, Form, Permission
from anahtar_web.dossier.queries import Known, completeness_of, facts_of, sheets_of, types_of
from anahtar_web.dossier.words import type_name
from anahtar_web.gate.rights import Right

if TYPE_CHECKING:
    from anahtar_web.people.models import User

ICONS: Final[Mapping[str, str]] = {
    Area.COMPANY: "building-2",
    Area.BUYING: "shopping-cart",
    Area.STRATEGY: "target",
    Area.DEVELOPMENT: "milestone",
    Area.SITES: "map-pin",
    Area.SURROUNDINGS: "orbit",
    Area.SWOT: "grid-2x2",
    Area.REPUTATION: "award",
    Area.EXPERTISE: "microscope",
}

SHOWN_MISSING: Final = 8
SHOWN_VALUES: Final = 6
"""Of a kind with many values so many are shown at once, the last ones; all of one kind by its address."""
SHOWN_EVENTS: Final = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of fact in its area.

    Parameters
    ----------
    known
        What is known; of a kind with one value at most one.
    lack
        Why it does not count; None: it counts, or nobody asks for it.
    whole
        Whether all that is known of it is asked for.
    """

    kind: Kind
    importance: int
    known: Sequence[Known] = ()
    lack: Lack | None = None
    whole: bool = False

    @property
    def shown(self) -> Sequence[Known]:
        """What is shown of it."""
        return self.known if self.whole else self.known[-SHOWN_VALUES:]

    @property
    def more(self) -> int:
        """How much is known beside that."""
        return len(self.known) - len(self.shown)

    @property
    def is_missing(self) -> bool:
        """Whether it is asked for and nothing is known."""
        return self.lack is Lack.MISSING


@dataclass(frozen=True, slots=True)
class AreaCard:
    """One area.

    Parameters
    ----------
    rows
        Kinds of which something is known, or that are asked for.
    spare
        Kinds that nobody asks for and of which nothing is known.
    whole
        Whether all of its days are asked for.
    """

    area: Area
    part: Part | None
    rows: Sequence[Row]
    spare: Sequence[Row]
    whole: bool = False

    @property
    def icon(self) -> str:
        """Its sign."""
        return ICONS[self.area]

    @property
    def events(self) -> Sequence[Known]:
        """Its days, in their order: the timeline."""
        dated = [one for row in self.rows for one in row.known if one.fact.day is not None]
        return sorted(dated, key=lambda one: (one.fact.day or date.min, one.fact.pk))

    @property
    def shown_events(self) -> Sequence[Known]:
        """Its last days, or all where they are asked for."""
        return self.events if self.whole else self.events[-SHOWN_EVENTS:]

    @property
    def more_events(self) -> int:
        """How many days there are beside these."""
        return 0 if self.whole else max(0, len(self.events) - SHOWN_EVENTS)

    @property
    def undated(self) -> Sequence[Row]:
        """Kinds of it that are no days."""
        return [row for row in self.rows if row.kind.form not in (Form.EVENT, Form.DATE)]

    @property
    def dated(self) -> Sequence[Row]:
        """Kinds of it that are days."""
        return [row for row in self.rows if row.kind.form in (Form.EVENT, Form.DATE)]


@dataclass(frozen=True, slots=True)
class ShownContract:
    """A contract and how near its day is."""

    row: Contract
    as_of: date

    @property
    def days(self) -> int | None:
        """Days until notice or end; negative: it has passed; None: it has none."""
        due: date | None = self.row.due_on
        return (due - self.as_of).days if due else None

    @property
    def late(self) -> int:
        """Days since its day has passed."""
        return -(self.days or 0)

    @property
    def tone(self) -> str:
        """How pressing it is."""
        if self.days is None:
            return ""
        return "bad" if self.days < 0 else "warn" if self.days <= 90 else "good"


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """The profile.

    Parameters
    ----------
    on
        The day it is read as of; None: now.
    missing
        The most important first.
    """

    head: Head
    on: date | None
    as_of: date
    types: Sequence[str]
    stats: Sequence[Any]
    counted: Completeness
    cards: Sequence[AreaCard]
    missing: Sequence[Row]
    contracts: Sequence[ShownContract]
    permissions: Sequence[Permission]
    demands: Sequence[Demand]
    may_write: bool
    may_export: bool
    facts: int
    stale: int
    to_confirm: int

    @classmethod
    def build(cls, account: Account, user: "User", on: date | None = None, *, whole: str = "") -> Self:
        """Read everything the page shows; the number of queries does not depend on the number of facts.

        Parameters
        ----------
        whole
            Code of a kind, or an area, of which all is shown.
        """
        kinds = every()
        known, types = facts_of(account, on, kinds), types_of(account, on)
        counted = completeness_of(account, on, kinds=kinds, known=known)
        rows = _rows(kinds, known, types, counted, whole)
        as_of = on or today()
        return cls(
            head=Head.build(account, user, "profile"),
            on=on,
            as_of=as_of,
            types=[type_name(one) for one in types],
            stats=figures().stats(account, user),
            counted=counted,
            cards=_cards(rows, counted, whole),
            missing=[rows[item.asked.kind] for item in counted.missing],
            contracts=[ShownContract(row, as_of) for row in sheets_of(account, Contract, on)],
            permissions=sheets_of(account, Permission, on),
            demands=sheets_of(account, Demand, on),
            may_write=user.may(Right.WRITE_DOSSIER) and account.merged_into_id is None and on is None,
            may_export=user.may(Right.EXPORT) and bool(known),
            facts=len(known),
            stale=sum(one.freshness is Freshness.STALE for one in known),
            to_confirm=sum(one.wants_confirming for one in known),
        )

    @property
    def asks_reason(self) -> bool:
        """Whether so many facts leave the house only with a reason."""
        return self.facts > WITHOUT_REASON

    @property
    def first_missing(self) -> Sequence[Row]:
        """What is missing, as far as it is shown at once."""
        return self.missing[:SHOWN_MISSING]

    @property
    def more_missing(self) -> Sequence[Row]:
        """The rest of it."""
        return self.missing[SHOWN_MISSING:]

    def card(self, area: str) -> AreaCard | None:
        """Give one area."""
        return next((card for card in self.cards if card.area == area), None)

    def known(self, kind: Kind, item: int | None) -> Known | None:
        """Give one thing that is known."""
        found = [one for card in self.cards for row in card.rows for one in row.known if one.kind.code == kind.code]
        return next((one for one in found if not kind.many or one.fact.item == item), None)


def _rows(
    kinds: Kinds, known: Sequence[Known], types: Sequence[str], counted: Completeness, whole: str
) -> dict[str, Row]:
    held: dict[str, list[Known]] = {}
    for one in known:
        held.setdefault(one.kind.code, []).append(one)
    lacks = {item.asked.kind: item.why for item in counted.missing}
    return {
        kind.code: Row(
            kind,
            importance_for(kind.importance, types),
            held.get(kind.code, ()),
            lacks.get(kind.code),
            kind.code == whole,
        )
        for kind in kinds.values()
        if not kind.retired or kind.code in held
    }


def _cards(rows: Mapping[str, Row], counted: Completeness, whole: str) -> list[AreaCard]:
    return [
        AreaCard(
            area,
            counted.areas.get(area),
            [row for row in rows.values() if row.kind.area == area and (row.known or row.importance)],
            [row for row in rows.values() if row.kind.area == area and not row.known and not row.importance],
            area == whole,
        )
        for area in Area
        if any(row.kind.area == area for row in rows.values())
    ]
