"""What somebody asks of the cases: one filter for board and table, as an address says it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from django.http import QueryDict

from anahtar_web.risks.models import CLOSED, Stage

NONE: Final = "-"
"""Where nothing is said: cases without an owner, a direction, a KAM."""
SWITCHES: Final = ("mine", "overdue", "closed")
NARROWING: Final = ("q", "owner", "kam", "direction", "severity")
"""What the form of the board has; the rest is asked by links."""
PARAMETERS: Final = frozenset({*NARROWING, *SWITCHES, "stage", "reason", "view"})
SEVERITIES: Final[Sequence[str]] = ("5", "4", "3", "2")
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """One selection of cases; empty: all open ones that the person sees, on the board."""

    q: str = ""
    owner: str = ""
    kam: str = ""
    direction: str = ""
    severity: str = ""
    stage: str = ""
    mine: str = ""
    overdue: str = ""
    closed: str = ""
    reason: str = ""
    view: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read an address; what it cannot mean is left out."""
        told = {name: query.get(name, "").strip()[:_LONGEST] for name in PARAMETERS}
        for name in ("owner", "kam", "reason"):
            told[name] = told[name] if _is_key(told[name]) or (told[name] == NONE and name != "reason") else ""
        for name in SWITCHES:
            told[name] = "yes" if told[name] == "yes" else ""
        told["severity"] = told["severity"] if told["severity"] in SEVERITIES else ""
        told["stage"] = told["stage"] if told["stage"] in Stage.values else ""
        told["view"] = "table" if told["view"] == "table" else ""
        return cls(**told)

    @classmethod
    def sent(cls, text: str) -> Self:
        """Read what a form of the board carries, which is the part of the address behind the question mark."""
        return cls.of(QueryDict(text.removeprefix("?")[:2000]))

    def query(self, **instead: Any) -> str:
        """Write it behind the question mark, perhaps with something else in it."""
        asked = QueryDict(mutable=True)
        for name in sorted(PARAMETERS):
            value = str(instead.get(name, getattr(self, name)))
            if value:
                asked[name] = value
        return f"?{asked.urlencode()}" if asked else ""

    def without(self, *names: str) -> Self:
        """Leave something out of it."""
        return replace(self, **dict.fromkeys(names, ""))

    def as_board(self) -> Self:
        """Leave out what only the table shows."""
        return self.without("view", "stage", "closed", "reason")

    @property
    def sending(self) -> str:
        """What the forms of the board carry; never empty, which would be a form of another page."""
        return self.query() or "?"

    @property
    def board_address(self) -> str:
        """The same on the board."""
        return self.as_board().query()

    @property
    def table_address(self) -> str:
        """The same as a table."""
        return self.query(view="table")

    @property
    def is_table(self) -> bool:
        """Whether rows are shown; what is closed, or lost for one reason, stands in few columns of a board."""
        return bool(self.view or self.closed or self.reason or self.stage)

    @property
    def is_narrowed(self) -> bool:
        """Whether the form says anything."""
        return any(getattr(self, name) for name in NARROWING)

    @property
    def shows_closed(self) -> bool:
        """Whether closed cases are asked for instead of open ones."""
        return bool(self.closed) or self.stage in CLOSED


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
