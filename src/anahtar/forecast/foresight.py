"""Foresight of one ledger on one day: of every account, and of every direction it buys in, what its silence means.

One row per account (or account and direction): its rhythm, by when it was expected and how late it is, how often it
was silent as long before, how likely it buys nothing within the horizon, what that puts at stake, and the state that
the company's criterion gives it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa

from anahtar.engine import Engine
from anahtar.forecast.backtest.cuts import USUAL_HORIZON, median_interval
from anahtar.forecast.fitting import Fit, Model
from anahtar.forecast.models import Kind, UnableToForesee, UnableToForeseeMonths, fit
from anahtar.forecast.numbers import Real, Whole
from anahtar.forecast.priors import LEAST_ACCOUNTS
from anahtar.forecast.purchases import Known, Purchases, day_number, day_of
from anahtar.forecast.seasons import UNTOLD, seasons
from anahtar.forecast.shutdowns import Shutdowns, shutdowns
from anahtar.forecast.spend import fit_steady_value
from anahtar.metrics.rhythm import rhythm
from anahtar.money import UNITS
from anahtar.rules.evidence import Evidence
from anahtar.rules.lapse_criterion import Criterion, Judged, LapseCriterion, Silence, judge
from anahtar.rules.lapse_state import DEFAULT_INTERVAL, LEAST_PURCHASE_DAYS
from anahtar.words import Message, say

LAPSE_HORIZON: Final = 182

FORESIGHT: Final = pa.schema(
    [
        pa.field("account_id", pa.int32(), nullable=False),
        pa.field("purchase_days", pa.int64(), nullable=False),
        pa.field("gaps", pa.int64(), nullable=False),
        pa.field("gap_mean", pa.float64()),  # days, shutdowns taken out
        pa.field("gap_p95", pa.float64()),
        pa.field("last_purchase", pa.date32(), nullable=False),
        pa.field("silence", pa.int64(), nullable=False),  # days, shutdowns taken out
        pa.field("closed_days", pa.int64(), nullable=False),  # of a shutdown, within the silence
        pa.field("silences_as_long", pa.int64(), nullable=False),  # of the account's own gaps
        pa.field("expected_by", pa.date32()),
        pa.field("days_late", pa.int64(), nullable=False),
        pa.field("seasonal", pa.bool_()),  # null: less than two years of it, nobody can tell
        pa.field("state", pa.string(), nullable=False),
        # of the model; null where the base is too small for one
        pa.field("none_ahead", pa.float64()),  # probability of no purchase within the horizon
        pa.field("purchases_ahead", pa.float64()),  # to expect within the horizon
        pa.field("worth", pa.int64()),  # of a purchase, money units, a few huge ones not carrying it away
        pa.field("worth_low", pa.int64()),  # the account's own mean lies between these 19 times out of 20
        pa.field("worth_high", pa.int64()),
        pa.field("at_stake", pa.int64(), nullable=False),  # bought in the 365 days to the last purchase, money units
        pa.field("last_gaps", pa.list_(pa.int32()), nullable=False),  # the latest, days, shutdowns out, oldest first
    ]
)
"""One row per account that ever bought, or per pair of account and direction, in the order of `account_id`."""

_YEAR: Final = 365

GAPS_KEPT: Final = 12
"""How many of the latest gaps are kept of a row."""


@dataclass(frozen=True, slots=True)
class Foresight:
    """What is to be said of all accounts.

    Parameters
    ----------
    table
        `FORESIGHT`.
    evidence
        Why each row has its state, in the order of the table.
    horizon
        Days ahead that probabilities speak of.
    fitted
        The model behind them; None where the base is too small for one, or tells months: the rhythm alone decides.
    closed
        The shutdowns taken out.
    of_months
        Whether the ledger tells months, not days of purchase.
    """

    table: pa.Table
    evidence: Sequence[Evidence]
    horizon: int
    fitted: Fit[Model] | None
    closed: Shutdowns
    of_months: bool = False

    def notes(self) -> list[Message]:
        """Say what a reader should know of how this came about: too few for a model, shutdowns, no seasons yet."""
        said = [*self.without_model(), *self.shut_down()]
        young = self.table["seasonal"].null_count
        if young:
            said.append(
                say(
                    "{n} account is known for less than two years: of it nobody can tell a season from a lapse.",
                    "{n} accounts are known for less than two years: of them nobody can tell a season from a lapse.",
                    n=young,
                )
            )
        return said

    def without_model(self) -> list[Message]:
        """Say why there is no model, where there is none: a base too small for one, or a ledger of months."""
        if self.fitted is not None:
            return []
        return [UnableToForeseeMonths().message if self.of_months else UnableToForesee(self.table.num_rows).message]

    def shut_down(self) -> list[Message]:
        """Say on which days nobody bought."""
        return [
            say(
                "Nobody bought from {first} to {last}: these days are taken out of all gaps and silences.",
                first=day_of(first),
                last=day_of(last),
            )
            for first, last in self.closed.runs
        ]


def lapse_horizon(purchases: Purchases) -> int:
    """Twice the interval in which the base buys, 90 days at least; half a year where nobody has a rhythm yet."""
    interval = median_interval(purchases)
    return LAPSE_HORIZON if interval is None else max(USUAL_HORIZON, round(2 * interval))


def foresee(
    purchases: Purchases,
    *,
    as_of: date,
    engine: Engine,
    criterion: LapseCriterion | None = None,
    kind: Kind = Kind.MIXTURE,
    horizon: int | None = None,
    closed: Shutdowns | None = None,
    least_days: int = 1,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> Foresight:
    """Say of every account what its silence means on a day.

    For directions give the purchase days of pairs (`anahtar.facts.direction_days`, each pair numbered), the shutdowns
    of the whole base, and `least_days=LEAST_PURCHASE_DAYS`: below four days a pair has no rhythm to lose.

    Parameters
    ----------
    purchases
        All purchase days; later ones than `as_of` do not exist.
    as_of
        The day; the ledger's last, or everybody is late on an old file.
    engine
        Where the rhythm is reckoned.
    criterion
        The company's choice; None: the own rhythm.
    kind
        The model, as a backtest chose it.
    horizon
        Days ahead; None: `lapse_horizon`.
    closed
        Shutdowns; None: those of these purchases.
    least_days
        Purchase days below which a row is left out.
    on_progress
        Called with `foresight`, steps done and all steps.
    """
    step = on_progress or _silent
    today = day_number(as_of)
    seen = purchases.up_to(today)
    out = shutdowns(seen, as_of=today) if closed is None else closed
    ahead = lapse_horizon(seen) if horizon is None else horizon
    opened = Purchases(seen.account, out.opened(seen.day), seen.amount)
    open_today = int(out.opened(np.array([today]))[0])
    step("foresight", 1, 4)
    of_months = seen.are_months()
    fitted = None if of_months else _fitted(opened.known(open_today), kind)
    step("foresight", 2, 4)
    told = _columns(seen, opened, open_today, today, ahead, fitted, out)
    told |= _rhythms(opened, open_today, engine)
    step("foresight", 3, 4)
    rows = np.flatnonzero(told["purchase_days"] >= least_days)
    judged = _judged(told, rows, seen, as_of, ahead, criterion or LapseCriterion(), opened, open_today)
    step("foresight", 4, 4)
    return Foresight(
        _table(told, rows, judged, _last_gaps(opened, rows)),
        [one.evidence for one in judged],
        ahead,
        fitted,
        out,
        of_months,
    )


def _fitted(known: Known, kind: Kind) -> Fit[Model] | None:
    return fit(kind, known.histories) if len(known.account) >= LEAST_ACCOUNTS else None


_GAPS: Final = ("gap_mean", "gap_p95", "recent_longest")


def _rhythms(opened: Purchases, open_today: int, engine: Engine) -> dict[str, Whole | Real]:
    """The rhythm of every account on the calendar without shutdowns, by the metric's own expression."""
    days = pa.table(
        {
            "account_id": pa.array(opened.account.astype(np.int32)),
            "sold_on": pa.array(opened.day.astype(np.int32)).cast(pa.date32()),
        }
    )
    asked = rhythm(engine.arrow(days, "opened_days"), as_of=day_of(open_today))
    found = engine.rows(asked).sort_by("account_id")
    engine.forget("opened_days")
    names = ("purchase_days", "gaps", "silence", "age", "silences_as_long")
    told: dict[str, Whole | Real] = {name: found[name].to_numpy() for name in names}
    told |= {name: found[name].cast(pa.float64()).to_numpy() for name in _GAPS}
    return told


def _columns(
    seen: Purchases,
    opened: Purchases,
    open_today: int,
    today: int,
    ahead: int,
    fitted: Fit[Model] | None,
    out: Shutdowns,
) -> dict[str, Whole | Real]:
    known, by_calendar = opened.known(open_today), seen.known(today)
    nothing = np.full(len(known.account), np.nan)
    told: dict[str, Whole | Real] = {
        "account_id": known.account,
        "last": by_calendar.last,
        "closed_days": out.closed_between(by_calendar.last, today),
        "none_ahead": fitted.model.none_within(known.histories, ahead) if fitted else nothing,
        "purchases_ahead": fitted.model.expected(known.histories, ahead) if fitted else nothing,
        "at_stake": _last_year(seen, by_calendar),
    }
    return told | _worth(seen, known, nothing)


def _last_year(seen: Purchases, known: Known) -> Whole:
    """What each account bought in the year to its own last purchase: the year it would be missed for."""
    place = np.searchsorted(known.account, seen.account)
    recent = seen.day > known.last[place] - _YEAR
    sums = np.zeros(len(known.account), np.int64)
    np.add.at(sums, place[recent], seen.amount[recent])
    return sums


def _worth(seen: Purchases, known: Known, nothing: Real) -> dict[str, Whole | Real]:
    if not len(seen):
        return dict.fromkeys(("worth", "worth_low", "worth_high"), nothing)
    amounts = seen.amount / UNITS
    place = np.searchsorted(known.account, seen.account)
    found = fit_steady_value(seen.account, amounts).worth(
        known.histories.repeats + 1,
        np.bincount(place, np.log(amounts), minlength=len(known.account)).astype(np.float64),
    )
    return {"worth": found.mean * UNITS, "worth_low": found.low * UNITS, "worth_high": found.high * UNITS}


def _judged(
    told: dict[str, Whole | Real],
    rows: Whole,
    seen: Purchases,
    as_of: date,
    ahead: int,
    criterion: LapseCriterion,
    opened: Purchases,
    open_today: int,
) -> list[Judged]:
    base = median_interval(opened) or DEFAULT_INTERVAL
    ledger_age = open_today - int(opened.day.min(initial=open_today))
    by_season = seasons(seen, told["account_id"], as_of)
    told["seasonal"] = np.array([np.nan if one is UNTOLD else float(one is not None) for one in by_season])
    names = ("purchase_days", "silence", "age", "gap_mean", "gap_p95", "recent_longest", "silences_as_long")
    columns = [_values(told[name][rows]) for name in (*names, "last", "none_ahead", "closed_days")]
    found = []
    for at, days, silence, age, mean, p95, recent, as_long, last, none, closed in zip(
        rows.tolist(), *columns, strict=True
    ):
        own = by_season[at]
        silent = Silence(
            purchase_days=days,
            silence=silence,
            age=age,
            gap_mean=mean,
            gap_p95=p95,
            recent_longest=None if recent is None else int(recent),
            silences_as_long=as_long,
            last_purchase=day_of(last),
            none_ahead=none,
            season=None if own is UNTOLD else own,
        )
        found.append(
            judge(
                silent,
                by=criterion,
                base_interval=base,
                ledger_age=ledger_age,
                as_of=as_of,
                horizon=ahead,
                closed=closed,
            )
        )
    return found


def _values(column: Whole | Real) -> list[object]:
    values: list[object] = column.tolist()
    return [None if value != value else value for value in values]


def _last_gaps(opened: Purchases, rows: Whole) -> pa.Array:
    """The latest gaps of some accounts (their places among all)."""
    starts = np.flatnonzero(np.diff(opened.account, prepend=-1))
    ends = np.append(starts[1:], len(opened))[rows]
    counts = np.minimum(ends - starts[rows] - 1, GAPS_KEPT)
    offsets = np.concatenate([[0], np.cumsum(counts)])
    # The place of each gap's second day: those of a row run up to its end.
    second = np.arange(offsets[-1]) + np.repeat(ends - offsets[1:], counts)
    gaps = (opened.day[second] - opened.day[second - 1]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(gaps, pa.int32()))


def _table(told: dict[str, Whole | Real], rows: Whole, judged: Sequence[Judged], gaps: pa.Array) -> pa.Table:
    columns: dict[str, pa.Array] = {
        "last_gaps": gaps,
        "state": pa.array([one.state.value for one in judged], pa.string()),
        "expected_by": pa.array([one.expected_by for one in judged], pa.date32()),
        "days_late": pa.array([one.days_late for one in judged], pa.int64()),
        "last_purchase": pa.array(told["last"][rows].astype(np.int32)).cast(pa.date32()),
        "seasonal": pa.array(
            [None if one is None else bool(one) for one in _values(told["seasonal"][rows])], pa.bool_()
        ),
    }
    for field in FORESIGHT:
        if field.name not in columns:
            values = told[field.name][rows]
            missing = np.isnan(values) if values.dtype.kind == "f" else None
            whole = np.round(np.nan_to_num(values)) if pa.types.is_integer(field.type) else values
            columns[field.name] = pa.array(whole, mask=missing).cast(field.type)
    return pa.table([columns[name] for name in FORESIGHT.names], schema=FORESIGHT)


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


PAIR_DAYS: Final = LEAST_PURCHASE_DAYS
"""What `least_days` is for directions."""

__all__ = ["FORESIGHT", "PAIR_DAYS", "Criterion", "Foresight", "foresee", "lapse_horizon"]
