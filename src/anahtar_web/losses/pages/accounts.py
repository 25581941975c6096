"""The accounts behind the bridge, with what they brought before and now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.db.models.functions import Abs

from anahtar_web.accounts.models import Account
from anahtar_web.audit.leaving import WITHOUT_REASON, left_today
from anahtar_web.gate.rights import Right
from anahtar_web.insight.models import Run
from anahtar_web.losses.bridging import Bridge, bridge_of
from anahtar_web.losses.models import BridgeRow, LossReport
from anahtar_web.losses.pages.frame import Frame, bucket_words
from anahtar_web.losses.queries import bridge_rows, ordered

if TYPE_CHECKING:
    from anahtar_web.people.models import User

SIZE: Final = 50
PARAMETERS: Final = frozenset({"bucket", "q", "sort"})

_SORTS: Final[Mapping[str, Any]] = {
    "account": F("account__sort_key"),
    "before": F("revenue_before"),
    "now": F("revenue"),
    "change": F("change"),
    "weight": Abs("change"),
}
"""`weight`: what changed most, whichever way."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what it does not know is as good as not asked."""

    bucket: str = ""
    text: str = ""
    sort: str = "-weight"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """Read it."""
        bucket, sort = query.get("bucket", ""), query.get("sort", "")
        return cls(
            bucket=bucket if bucket in BridgeRow.Bucket.values else "",
            text=query.get("q", "").strip()[:200],
            sort=sort if sort.removeprefix("-") in _SORTS else "-weight",
        )

    def rows(self, user: "User", run: Run) -> "QuerySet[BridgeRow]":
        """Give the rows asked for, in the order asked for."""
        found = bridge_rows(user, run)
        if self.bucket:
            found = found.filter(bucket=self.bucket)
        if self.text:
            found = found.filter(account__in=Account.objects.visible_to(user).matching(self.text).values("pk"))
        by = _SORTS[self.sort.removeprefix("-")]
        ranked = found.annotate(change=F("revenue") - F("revenue_before"))
        return ordered(ranked, by.desc() if self.sort.startswith("-") else by.asc())

    @property
    def address(self) -> str:
        """As the address writes it."""
        said = {"bucket": self.bucket, "q": self.text, "sort": "" if self.sort == "-weight" else self.sort}
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True, slots=True)
class Choice:
    """One bucket to choose; empty: all of them."""

    name: str
    label: str
    accounts: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Row:
    """One account, and where its lines are."""

    row: BridgeRow
    lines_before: str
    lines: str

    @property
    def change(self) -> int:
        """Revenue of now less that of before."""
        return self.row.revenue - self.row.revenue_before

    @property
    def credits_only(self) -> bool:
        """Whether only credit notes changed: it bought in neither period."""
        return not (self.row.bought or self.row.bought_before)


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """The template's contract."""

    frame: Frame
    asked: Asked
    bridge: Bridge
    choices: Sequence[Choice]
    rows: Sequence[Row]
    slice: "Page[BridgeRow]"
    may_export: bool

    @classmethod
    def build(cls, user: "User", run: Run, report: LossReport, asked: Asked, page: str) -> Self | None:
        """Read it; None where there is no bridge."""
        frame = Frame.of(user, "accounts", run, report)
        bridge, periods = bridge_of(user, run, report), frame.periods
        if bridge is None or periods is None:
            return None
        found = Paginator(asked.rows(user, run), SIZE).get_page(page)
        words = bucket_words()
        choices = [
            Choice(name, str(BridgeRow.Bucket(name).label), one.accounts, words[name])
            for name, one in bridge.buckets.items()
        ]
        rows = [Row(row, periods.lines_before(row.account), periods.lines(row.account)) for row in found]
        return cls(frame, asked, bridge, choices, rows, found, user.may(Right.EXPORT))

    @property
    def chosen(self) -> Choice | None:
        """The bucket that is open."""
        return next((choice for choice in self.choices if choice.name == self.asked.bucket), None)

    @property
    def all(self) -> int:
        """How many accounts stand in the bridge."""
        return sum(choice.accounts for choice in self.choices)


@dataclass(frozen=True, slots=True)
class ExportPage:
    """What is about to leave the house.

    Parameters
    ----------
    left
        How many rows the person may still take out today.
    back
        Where the list is.
    """

    title: str
    rows: int
    left: int
    back: str

    @classmethod
    def build(cls, user: "User", *, title: str, rows: int, back: str) -> Self:
        """Count it."""
        return cls(title, rows, left_today(user), back)

    @property
    def asks_reason(self) -> bool:
        """Whether so many rows leave only with a reason."""
        return self.rows > WITHOUT_REASON
