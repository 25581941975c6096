"""What is about to leave the house."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from anahtar_web.audit.leaving import WITHOUT_REASON, left_today
from anahtar_web.insight.actions.exporting import among
from anahtar_web.insight.asked import Asked
from anahtar_web.insight.choosing import address_of
from anahtar_web.insight.models import Run
from anahtar_web.insight.queries import standings_of

if TYPE_CHECKING:
    from anahtar_web.people.models import User


@dataclass(frozen=True, slots=True)
class ExportPage:
    """The template's contract."""

    rows: int
    columns: Sequence[str]
    left: int
    asks_reason: bool
    address: str
    chosen: bool

    @classmethod
    def build(cls, user: "User", run: Run, asked: Asked, chosen: Sequence[int] | None = None) -> Self:
        """Count the rows: of the list, or of the accounts chosen in it."""
        rows = among(asked.narrow(standings_of(user, run), user), chosen).count()
        columns = [str(column.label) for column in asked.columns]
        address = asked.address() if chosen is None else address_of(asked, chosen)
        return cls(rows, columns, left_today(user), rows > WITHOUT_REASON, address, chosen is not None)
