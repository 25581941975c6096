"""One line of an order: what was promised, what came when, and what every file said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from anahtar_web.accounts.pages import Head
from anahtar_web.company.queries import today
from anahtar_web.deliveries.models import DeliveryLine
from anahtar_web.deliveries.pages.account import Row
from anahtar_web.deliveries.queries.lines import siblings_of, terms, words_on
from anahtar_web.gate.rights import Right

if TYPE_CHECKING:
    from anahtar_web.accounts.models import Account
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class PartRow:
    """One delivery towards the line; `total`: all that had come by then; `filled`: with it the line was in full."""

    on: date
    quantity: int
    total: int
    late: int
    filled: bool


@dataclass(frozen=True, slots=True)
class LinePage:
    """The template's contract.

    Parameters
    ----------
    holds
        Whether nothing later was said of the line.
    words
        All that was ever said of it, the latest first.
    """

    head: Head
    row: Row
    parts: Sequence[PartRow]
    words: Sequence[DeliveryLine]
    siblings: Sequence[Row]
    sees_imports: bool

    @property
    def line(self) -> DeliveryLine:
        """The line as this page tells it."""
        return self.row.line

    @property
    def holds(self) -> bool:
        """Whether this is the last word on it."""
        return self.line.ended_at is None

    @classmethod
    def build(cls, line: DeliveryLine, account: "Account", user: "User") -> Self:
        """Gather the page."""
        held, day = terms(), today()
        return cls(
            head=Head.build(account, user, "deliveries", here=str(line)),
            row=Row.of(line, as_of=day, terms=held),
            parts=_parts(line),
            words=words_on(line),
            siblings=[Row.of(one, as_of=day, terms=held) for one in siblings_of(line) if one.pk != line.pk],
            sees_imports=user.may(Right.SEE_IMPORTS),
        )


def _parts(line: DeliveryLine) -> list[PartRow]:
    told, total = [], 0
    for part in line.part_list:
        total += part.quantity
        late = max(0, (part.on - line.promised_first).days)
        told.append(PartRow(part.on, part.quantity, total, late, part.on == line.filled_on))
    return told
