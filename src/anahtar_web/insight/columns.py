"""The columns of the accounts table: the one list asked by the page, the export, saved views and the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anahtar_web.gate.rights import Field, Role
from anahtar_web.insight.models import Measure, Run, Standing
from anahtar_web.insight.queries import hides_measure, knows_company

if TYPE_CHECKING:
    from anahtar_web.people.models import User


class Kind(StrEnum):
    """How a cell is shown, and of which type it is in a workbook."""

    NAME = "name"
    TEXT = "text"
    GROUP = "group"
    MANAGER = "manager"
    CLASS = "class"
    WORD = "word"
    TYPES = "types"
    KEY = "key"
    DECIDED = "decided"
    TOUCHED = "touched"
    NEXT = "next"
    KNOWN = "known"
    MONTHS = "months"
    MONEY = "money"
    CHANGE = "change"
    SHARE = "share"
    FRACTION = "fraction"
    NUMBER = "number"
    RATIO = "ratio"
    DAY = "day"
    SILENCE = "silence"
    STATE = "state"


NUMERIC: Final = frozenset(
    {Kind.MONEY, Kind.CHANGE, Kind.SHARE, Kind.FRACTION, Kind.NUMBER, Kind.RATIO, Kind.SILENCE, Kind.KNOWN}
)
"""Kinds that stand at the right of their column, and that are read from the greatest down."""


TOUCHES: Final = frozenset({Kind.TOUCHED, Kind.NEXT})
"""Kinds whose values are looked up beside the standing, in one query for both."""


@dataclass(frozen=True)
class Column:
    """One column.

    Parameters
    ----------
    name
        In the address, in saved views, in the export's trail.
    label
        What its head says.
    path
        Where a standing carries its value; empty where the page itself looks it up (the manager, what was decided).
    sort
        What it is ordered by, as the database names it; empty: it cannot be ordered.
    upside_down
        It rises where `sort` falls: rank 1 has the greatest value.
    protected
        Only who sees this kind of figure sees the column.
    by_measure
        It follows the measure of the run: protected as profit where accounts are ranked by profit.
    by_profit_only
        Offered only where accounts are ranked by profit; else it would say the same twice.
    help
        What it means, where the label is short.
    """

    name: str
    label: Any
    kind: Kind
    path: str = ""
    sort: str = ""
    upside_down: bool = False
    protected: Field | None = None
    by_measure: bool = False
    by_profit_only: bool = False
    help: Any = ""
    own_label: Any = ""
    """What its head says to who sees only some accounts, and gets shares of those."""

    def label_for(self, user: "User") -> Any:
        """What its head says to a person."""
        return self.own_label if self.own_label and not knows_company(user) else self.label

    @property
    def numeric(self) -> bool:
        """Whether it holds numbers."""
        return self.kind in NUMERIC

    @property
    def first(self) -> str:
        """The order a click on its head begins with: "-" is downwards."""
        return "-" if self.numeric and not self.upside_down else ""

    @cached_property
    def _get(self) -> "attrgetter[Any]":
        return attrgetter(self.path)

    def value(self, standing: Standing) -> Any:
        """Read its value from a standing with its account."""
        return self._get(standing)


COLUMNS: Final[Sequence[Column]] = (
    Column("name", _("Account"), Kind.NAME, "account.name", "account__sort_key"),
    Column("code", _("Code"), Kind.TEXT, "account.code", "account__code"),
    Column("group", _("Group"), Kind.GROUP, "account.parent"),
    Column("kam", pgettext_lazy("short for key account manager", "KAM"), Kind.MANAGER),
    Column("abc", _("Class"), Kind.CLASS, "abc", "abc", help=_("ABC now ← a year ago, and the cell of the matrix")),
    Column("xyz", pgettext_lazy("column", "Regularity"), Kind.WORD, "xyz"),
    Column("cell", _("Cell"), Kind.TEXT, "cell", "cell"),
    Column("key", _("Key account"), Kind.KEY, "key"),
    Column(
        "decided", _("Decision on key accounts"), Kind.DECIDED, help=_("what people decided, whatever the ledger says")
    ),
    Column("types", _("Types"), Kind.TYPES, "type_list"),
    Column("last12", _("Twelve months"), Kind.MONTHS, "last12"),
    Column("revenue", _("Revenue"), Kind.MONEY, "revenue", "revenue"),
    Column(
        "revenue_change",
        pgettext_lazy("of a figure", "Change"),
        Kind.CHANGE,
        "revenue_change",
        "revenue_change",
        help=_("revenue in a year"),
    ),
    Column(
        name="revenue_share",
        label=_("Share of revenue"),
        kind=Kind.SHARE,
        path="revenue_share",
        sort="revenue",
        own_label=_("Share of your revenue"),
    ),
    Column("revenue_rank", _("Rank by revenue"), Kind.NUMBER, "revenue_rank", "revenue", upside_down=True),
    Column("group_revenue", _("Revenue with companies"), Kind.MONEY, "group_revenue", "group_revenue"),
    Column("companies", _("Companies"), Kind.NUMBER, "companies"),
    Column("profit", _("Profit"), Kind.MONEY, "profit", "profit", protected=Field.PROFIT),
    Column("margin", _("Margin"), Kind.FRACTION, "margin", "margin", protected=Field.MARGIN),
    Column(
        name="share",
        label=_("Share of profit"),
        kind=Kind.SHARE,
        path="share",
        sort="value",
        by_measure=True,
        by_profit_only=True,
        own_label=_("Share of your profit"),
    ),
    Column("change", _("Change of profit"), Kind.CHANGE, "change", "change", by_measure=True, by_profit_only=True),
    Column(
        name="rank",
        label=_("Rank by profit"),
        kind=Kind.NUMBER,
        path="rank",
        sort="value",
        upside_down=True,
        by_measure=True,
        by_profit_only=True,
    ),
    Column("trend", _("Trend"), Kind.CHANGE, "trend", "trend", help=_("the last six months against the six before")),
    Column("orders", pgettext_lazy("how many", "Orders"), Kind.NUMBER, "orders", "orders"),
    Column("silence", _("Silence"), Kind.SILENCE, "silence", "silence", help=_("days since the last purchase")),
    Column("expected_by", _("Expected by"), Kind.DAY, "expected_by", "expected_by"),
    Column("days_late", _("Days late"), Kind.NUMBER, "days_late", "days_late"),
    Column("state", pgettext_lazy("of an account's purchases", "State"), Kind.STATE, "state"),
    Column("first_purchase", _("First purchase"), Kind.DAY, "first_purchase", "first_purchase"),
    Column("last_purchase", _("Last purchase"), Kind.DAY, "last_purchase", "silence", upside_down=True),
    Column(
        "last_touch",
        _("Last touch"),
        Kind.TOUCHED,
        sort="account__touch__all_last_any",
        help=_("meeting, call, mail, visit or letter with anybody of the account or of its companies"),
    ),
    Column(
        "next_touch",
        _("Next touch"),
        Kind.NEXT,
        sort="account__touch__all_next_on",
        help=_("the next step that is agreed, and who of us does it"),
    ),
    Column(
        "completeness",
        _("Completeness"),
        Kind.KNOWN,
        sort="account__dossier__share",
        help=_("of the dossier: what is known, sure and not stale, of what an account of its type should have"),
    ),
    Column("stability", _("Stability of the class"), Kind.FRACTION, "stability", by_measure=True),
    Column("cv", _("Variation"), Kind.RATIO, "cv", by_measure=True),
    Column("city", _("City"), Kind.TEXT, "account.city"),
    Column("sector", _("Sector"), Kind.TEXT, "account.sector"),
)

BY_NAME: Final[Mapping[str, Column]] = {column.name: column for column in COLUMNS}

ALWAYS: Final = "name"
"""The column that no view is without: it leads to the account."""

_USUAL: Final = ("name", "abc", "last12", "revenue", "revenue_change", "revenue_share", "silence", "state", "kam")
_USUAL_BY_PROFIT: Final = (
    *("name", "abc", "last12", "revenue", "revenue_change", "margin", "share", "silence", "state", "kam"),
)

_WORK_WITH_ACCOUNTS: Final = frozenset({Role.KAM, Role.HEAD})
"""Whose list says what comes next with each account; others choose the column where they want it."""


def visible_columns(user: "User", run: Run) -> dict[str, Column]:
    """Give the columns a person may see, sort by and take out, by name."""
    hidden = hides_measure(user, run)
    return {
        column.name: column
        for column in COLUMNS
        if (column.protected is None or user.sees(column.protected)) and not (column.by_measure and hidden)
    }


def offered_columns(user: "User", run: Run) -> list[Column]:
    """Give the columns a person is offered: those that say something of their own."""
    by_profit = run.measure == Measure.PROFIT
    without_cost = run.profit is None
    return [
        column
        for column in visible_columns(user, run).values()
        if (by_profit or not column.by_profit_only) and not (without_cost and column.protected is not None)
    ]


def usual_columns(user: "User", run: Run) -> list[Column]:
    """Give the columns of a list nobody chose columns for."""
    by_profit = run.measure == Measure.PROFIT and not hides_measure(user, run)
    visible = visible_columns(user, run)
    names = _USUAL_BY_PROFIT if by_profit else _USUAL
    if user.role in _WORK_WITH_ACCOUNTS:
        names = (*names, "next_touch")
    return [visible[name] for name in names if name in visible]


def usual_sort(user: "User", run: Run) -> str:
    """Say what a list is ordered by where nobody chose: what accounts are ranked by, the greatest first."""
    by_profit = run.measure == Measure.PROFIT and not hides_measure(user, run)
    return "-share" if by_profit else "-revenue"
