"""One analysis of a ledger, whole: what every report prints and every later run compares itself with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, Literal, TypeAlias

import pyarrow as pa

from anahtar.ledger.manifest import Manifest
from anahtar.rules.evidence import Evidence
from anahtar.rules.lapse_criterion import LapseCriterion
from anahtar.words import Message

KEY_BAND: Final = (0.30, 0.55)
"""Share of the key accounts together that keeps a company neither scattered nor dependent."""


class Measure(StrEnum):
    """What accounts are ranked by."""

    REVENUE = "revenue"
    PROFIT = "profit"


class Span(StrEnum):
    """The periods over which regularity (XYZ) is judged."""

    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Window:
    """Whole months: the first day of the first and the last day of the last, both inside.

    With `--window all` it is the ledger from its first to its as-of day, cut months and all.
    """

    start: date
    end: date


Asked: TypeAlias = Literal["last12", "all"] | Window


@dataclass(frozen=True, slots=True)
class AnalysisOptions:
    """What the reader of the analysis decides.

    Parameters
    ----------
    as_of
        The day from which silence is counted; lines after it do not exist. None: the ledger's last day.
    window
        Months that revenue, shares and classes are taken over; default the last 12 full months up to `as_of`.
    measure
        None: profit where every line carries a cost, revenue otherwise.
    abc_cuts
        Cumulative shares above which class A and class B end.
    xyz_cuts
        Greatest coefficient of variation of X and of Y.
    period
        Periods of the coefficient of variation.
    criteria
        Path of a criteria file (TOML); None: the defaults of `anahtar.rules.criteria`.
    by_group
        Accounts of one group are one account in every figure.
    merged
        Code -> code under which the account goes on, as people decided: in every figure as if its lines carried that
        code. A merge into an account that is merged itself goes on to its end. Code, name and group are those of
        the account that remains.
    groups
        Code -> group code, as people said: wins over the ledger's; "" is no group.
    """

    as_of: date | None = None
    window: Asked = "last12"
    measure: Measure | None = None
    abc_cuts: tuple[float, float] = (0.80, 0.95)
    xyz_cuts: tuple[float, float] = (0.5, 1.0)
    period: Span = Span.QUARTER
    criteria: str | None = None
    by_group: bool = False
    merged: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)


STANDINGS: Final = pa.schema(
    [
        pa.field("account_id", pa.int32(), nullable=False),  # order of the codes; stable within one run only
        pa.field("code", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),  # the code again where the ledger has no name
        pa.field("group_code", pa.string()),
        # money of the window, int64 ten-thousandths; null: no line of the account in the window
        pa.field("revenue", pa.int64()),
        pa.field("profit", pa.int64()),  # null where no line of the account carries a cost
        pa.field("margin", pa.float64()),  # profit / revenue of the lines with a cost; null where revenue <= 0
        pa.field("value", pa.int64()),  # revenue or profit, by the measure of the run
        pa.field("value_year_ago", pa.int64()),  # the same window twelve months earlier; null: the ledger is younger
        pa.field("change", pa.float64()),  # value / value_year_ago - 1; null where that is <= 0 or unknown
        pa.field("orders", pa.int64(), nullable=False),  # invoices of positive total in the window
        pa.field("purchase_days", pa.int64(), nullable=False),  # days with an order, in the window
        pa.field("lines", pa.int64(), nullable=False),  # lines in the window
        pa.field("months_active", pa.int32(), nullable=False),  # months of the window with an order
        pa.field("first_purchase", pa.date32()),  # of the whole ledger up to as_of; null: returns only
        pa.field("last_purchase", pa.date32()),
        pa.field("last12", pa.list_(pa.int64()), nullable=False),  # revenue of the 12 full months to the window's end
        pa.field("trend", pa.float64()),  # last 6 of those months / the 6 before - 1; null where those are <= 0
        # rank by value; null for class N and for accounts outside the window
        pa.field("rank", pa.int64()),
        pa.field("share", pa.float64()),  # of the sum of positive values
        pa.field("cumulative_share", pa.float64()),  # own included
        pa.field("abc", pa.string()),  # A B C N; null: no line in the window
        pa.field("abc_year_ago", pa.string()),
        pa.field("abc_history", pa.list_(pa.string()), nullable=False),  # 13 month ends, oldest first; None, "new"…
        pa.field(
            "abc_border", pa.int64()
        ),  # the value at which the account would leave its class downwards (C: upwards)
        pa.field("abc_distance", pa.float64()),  # value / abc_border - 1: how far from that border
        pa.field("stability", pa.float64()),  # share of the grid of settings in which the class is the same
        # regularity
        pa.field("cv", pa.float64()),  # of value over the periods of the window, population, empty periods zero
        pa.field("xyz", pa.string()),  # X Y Z one_off new undefined; null: class N or outside the window
        pa.field("cell", pa.string()),  # AX..CZ, one_off and new in the Z column; null where xyz is null or undefined
        pa.field("interval_cv", pa.float64()),  # of the gaps between purchase days; null below 3 gaps
        pa.field("demand", pa.string()),  # smooth erratic intermittent lumpy (Syntetos-Boylan); null below 2 periods
        # rhythm, over the whole ledger up to as_of
        pa.field("gaps", pa.int64(), nullable=False),  # purchase days - 1
        pa.field("gap_mean", pa.float64()),  # days; null below 1 gap
        pa.field("gap_median", pa.float64()),
        pa.field("gap_p95", pa.float64()),
        pa.field("gap_longest", pa.int64()),
        pa.field("silence", pa.int64()),  # days from the last purchase to as_of; null: never bought
        pa.field("expected_by", pa.date32()),  # last purchase + own 95th percentile, floor 30 days; null below 3 gaps
        pa.field("days_late", pa.int64()),  # as_of - expected_by where positive, else 0
        pa.field("silences_as_long", pa.int64()),  # how many of the account's own gaps were at least today's silence
        pa.field("state", pa.string(), nullable=False),  # new active watch at_risk lapsed lost returned never
        # verdicts
        pa.field("key", pa.bool_(), nullable=False),  # meets the criteria that make an account key
        pa.field("types", pa.list_(pa.string()), nullable=False),  # breadwinner, prospective
        pa.field("candidate_for", pa.list_(pa.string()), nullable=False),  # image_maker, expert: never assigned
    ]
)
"""One row per account with any accepted line up to the as-of day; by rank, then the unranked by code."""


@dataclass(frozen=True, slots=True)
class LedgerTotals:
    """What was read, over all batches of the ledger; money in units."""

    rows_in_file: int
    rows_accepted: int
    rows_set_aside: int
    rows_refused: int
    customers: int
    amount_accepted: int
    unassigned_rows: int
    unassigned_amount: int
    duplicate_rows: int
    first_date: date
    last_date: date
    currency: str


@dataclass(frozen=True, slots=True)
class ClassTotal:
    """One ABC class: accounts, the measure's sum in money units, its share of the positive total."""

    customers: int
    amount: int
    share: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One of the nine cells; `one_off` and `new` are among `customers` of the Z column and told apart here."""

    name: str
    customers: int
    one_off: int
    new: int
    revenue: int
    profit: int | None
    share: float
    strategy: Message


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much hangs on how few, over accounts (or groups) of positive value.

    Shares are of the positive total. `top` maps 1, 3, 5, 10, 20 and `top_percent` 1, 5, 10, 20 (rounded up to whole
    customers) to the share of the largest. `without` maps 1, 3, 5 to the value left without them, in money units.
    """

    customers_positive: int
    total: int
    top: Mapping[int, float]
    top_percent: Mapping[int, float]
    hhi: float
    hhi_normalised: float | None
    effective_number: float
    gini: float
    gini_corrected: float | None
    customers_for_50pct: int
    customers_for_80pct: int
    without: Mapping[int, int]
    dependence: Sequence[str]
    """Codes with 20 % or more of the total."""
    mono_client: str | None
    """The code with 50 % or more."""


@dataclass(frozen=True, slots=True)
class Move:
    """Accounts that went from one class to another between two consecutive month ends (`new`, `none` included)."""

    month_end: date
    before: str
    after: str
    customers: int
    amount: int


@dataclass(frozen=True, slots=True)
class KeyAccount:
    """An account that meets the criteria, or that carries a type, with all that speaks for and against it."""

    account_id: int
    code: str
    name: str
    share: float
    types: Sequence[str]
    candidate_for: Sequence[str]
    reasons: Sequence[Evidence]
    """Every criterion asked, met or not, in the order of the criteria file."""
    type_evidence: Mapping[str, Sequence[Evidence]]
    """Type or candidate type -> what speaks for it."""


@dataclass(frozen=True, slots=True)
class Base:
    """What is known of all accounts together and one account is held against.

    Parameters
    ----------
    interval
        Median of the accounts' own mean gaps between purchase days; None where nobody bought on three days.
    value_year_ago
        Sum of the positive values of a year ago, in money units; None where the ledger is younger.
    """

    interval: float | None
    value_year_ago: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One convention or threshold of the run, for the method page: what, how it is set, why."""

    topic: Message
    setting: Message


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything one run found. Tables are Arrow; money is int64 in ten-thousandths."""

    options: AnalysisOptions
    as_of: date
    window: Window
    measure: Measure
    measure_reason: Message
    ledger: LedgerTotals
    batches: Sequence[Manifest]
    problems: pa.Table
    """anahtar.ledger.schema.PROBLEMS, all batches, file order."""
    standings: pa.Table
    months: pa.Table
    """account_id, month (first day), revenue, profit (nullable), orders: every month with a line, oldest first."""
    directions: pa.Table
    """account_id, direction, revenue, revenue_year_ago: what grew and what stopped; empty where unmapped."""
    abc: Mapping[str, ClassTotal]
    xyz: Mapping[str, int]
    cells: Sequence[Cell]
    migration: Sequence[Move]
    concentration: Concentration
    group_concentration: Concentration | None
    """At group level; None where the ledger names no groups."""
    key_share: float
    """Share of the key accounts together, to be held against the policy band."""
    key_band: tuple[float, float]
    key_accounts: Sequence[KeyAccount]
    """Key first, by share; then breadwinners, and the fifty largest of each other type and candidacy."""
    silence: Mapping[str, int]
    base: Base
    notes: Sequence[Message] = field(default_factory=tuple)
    """What a careful reader should know: short history, cost on part of the lines, cut months, seasonal doubts."""
    method: Sequence[Choice] = field(default_factory=tuple)
    further_accounts: Mapping[str, KeyAccount] = field(default_factory=dict)
    """Code -> accounts with a type or a candidacy that `key_accounts` leaves out: to be looked up, not listed."""
    lapse: LapseCriterion | None = None
    """By which states were told, shutdowns and seasons looked at; None: the own rhythm, by the calendar alone."""
    silences: Mapping[str, Message] = field(default_factory=dict)
    """Code -> why an account has its state by `lapse`; of an analysis that was kept and read again there is none."""
