"""The people of an account as a table that is edited where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from django.utils.safestring import SafeString

from anahtar_web.accounts.models import Account
from anahtar_web.accounts.pages import Head
from anahtar_web.audit.leaving import WITHOUT_REASON
from anahtar_web.gate.rights import Right
from anahtar_web.people.models import User
from anahtar_web.stakeholders.models import Stakeholder, Stance
from anahtar_web.stakeholders.pages.look import Look, may_write, units_of
from anahtar_web.stakeholders.queries import everybody_of, known_by, relations_of
from anahtar_web.ui.text import sort_key
from anahtar_web.ui.written import values, written

SORTS: Final = ("name", "position", "unit", "role", "influence", "stance", "known")


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the table.

    Parameters
    ----------
    has_left
        On the day that is looked at.
    """

    account: Account
    who: Stakeholder
    superior: Stakeholder | None
    known: int
    has_left: bool
    may_write: bool

    @property
    def html(self) -> SafeString:
        """The row as it is written."""
        shows = (self.account.pk, values(self.who), values(self.superior), self.known, self.has_left, self.may_write)
        return written("stakeholders/_row.html", {"row": self}, shows=shows)


@dataclass(frozen=True, slots=True)
class TablePage:
    """Everything on the page.

    Parameters
    ----------
    left
        How many have left; they are shown where `with_left`.
    """

    head: Head
    look: Look
    sort: str
    rows: Sequence[Row]
    everybody: int
    units: Sequence[str]
    left: int
    with_left: bool
    may_write: bool
    may_export: bool

    @classmethod
    def build(cls, account: Account, user: User, look: Look, asked: Mapping[str, str]) -> Self:
        """Read everything the page shows; the same queries for any number of people."""
        rows = rows_of(account, user, look)
        with_left = asked.get("left") == "1"
        sort = asked.get("sort", "")
        shown = [row for row in rows if (with_left or not row.has_left) and look.takes(row.who)]
        return cls(
            head=Head.build(account, user, "people"),
            look=look,
            sort=sort if sort.removeprefix("-") in SORTS else "",
            rows=_sorted(shown, sort),
            everybody=sum(not row.has_left for row in rows),
            units=units_of(row.who for row in rows),
            left=sum(row.has_left for row in rows),
            with_left=with_left,
            may_write=may_write(user, account, look),
            may_export=user.may(Right.EXPORT) and bool(shown),
        )

    @property
    def asks_reason(self) -> bool:
        """Whether so many people leave the house only with a reason."""
        return len(self.rows) > WITHOUT_REASON


def rows_of(account: Account, user: User, look: Look) -> list[Row]:
    """Give a row for everybody, those who have left too."""
    everybody = everybody_of(account, on=look.on)
    known = known_by(relations_of(account, on=look.on))
    there = {who.pk: who for who in everybody}
    day, may = look.on or look.latest, may_write(user, account, look)
    return [
        Row(
            account=account,
            who=who,
            superior=there.get(who.reports_to_id or 0),
            known=known.get(who.pk, 0),
            has_left=who.left_on is not None and who.left_on <= day,
            may_write=may,
        )
        for who in everybody
    ]


def row_of(account: Account, user: User, who: Stakeholder, look: Look) -> Row:
    """Give the row of one person as it is now."""
    return next(row for row in rows_of(account, user, look) if row.who.pk == who.pk)


def _sorted(rows: Sequence[Row], sort: str) -> list[Row]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        return list(rows)
    known = [row for row in rows if _key(row, name) not in (None, "")]
    unknown = [row for row in rows if _key(row, name) in (None, "")]
    # What is not known stands last, however it is sorted.
    return sorted(known, key=lambda row: _key(row, name), reverse=sort.startswith("-")) + unknown


def _key(row: Row, name: str) -> Any:
    if name == "known":
        return row.known
    value = getattr(row.who, name)
    if name == "stance":
        return list(Stance.values).index(value) if value else None
    return sort_key(str(value)) if isinstance(value, str) else value
